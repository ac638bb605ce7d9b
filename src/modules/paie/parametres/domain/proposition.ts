import { addJours, addMois, formatJour, type Jour, type Mois, moisOf, premierJour } from '#socle/dates.ts'
import { Refus } from '#socle/refus.ts'
import type { JeuParametres, Parametre, Tranche, Valeur, ValeurPubliee } from '../../calcul/index.ts'
import type { ACTES, ETATS_PROPOSITION } from '../contract.ts'

export type Etat = (typeof ETATS_PROPOSITION)[number]
export type Acte = (typeof ACTES)[number]

const transitions: Record<Etat, Partial<Record<Acte, Etat>>> = {
  proposee: { publier: 'publiee', refuser: 'refusee', retirer: 'retiree' },
  publiee: { retirer: 'retiree' },
  refusee: {},
  retiree: {},
}
export const nextEtat = (etat: Etat, acte: Acte): Etat | undefined => transitions[etat][acte]

/** The state, from the acts in their order. */
export const etatOf = (actes: readonly Acte[]): Etat =>
  actes.reduce<Etat>((etat, acte) => {
    const next = nextEtat(etat, acte)
    if (!next) throw new Error(`${acte} after ${etat}`)
    return next
  }, 'proposee')

/**
 * Four eyes: the one who proposed can only take it back; another person releases, turns down, or takes back what was
 * released. The rights are those of the person, the table decides the rest.
 */
export function actesPermis(
  etat: Etat,
  { proposePar, personne, peutPublier }: { proposePar: string; personne: string; peutPublier: boolean },
): Acte[] {
  const sienne = proposePar === personne
  return (Object.keys(transitions[etat]) as Acte[]).filter((acte) => {
    if (acte !== 'retirer') return peutPublier && !sienne
    return etat === 'proposee' ? sienne : peutPublier
  })
}

const virgule = (t: string) => t.replace(/(\d)\.(\d)/g, '$1,$2')
/** « 49 999,5 » */
function lireSeuil(n: number): string {
  const [entier, decimales] = String(n).split('.') as [string, string?]
  return entier.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (decimales ? `,${decimales}` : '')
}
/** A scale as people read it, one step a line. */
export const ecrireTranches = (tranches: readonly Tranche[]): string[] =>
  tranches.map((t) => {
    const seuil = t.jusqua ?? t.moinsDe
    const debut =
      seuil === null || seuil === undefined
        ? 'au-delà'
        : t.jusqua !== undefined && t.jusqua !== null
          ? `jusqu’à ${lireSeuil(seuil)}`
          : `moins de ${lireSeuil(seuil)}`
    return `${debut}\u00a0: ${virgule(t.valeur)}`
  })

/** A value as people read it in one line. */
export function ecrireValeur(v: Pick<Valeur, 'valeur' | 'tranches'>): string | null {
  if (v.tranches) return `barème de ${v.tranches.length} tranches`
  return v.valeur ?? null
}

const saisie = (champ: string, message: string) =>
  new Refus('saisie.invalide', 'Certaines valeurs sont à corriger ; rien n’a été enregistré.', {
    status: 400,
    champs: { [champ]: message },
  })

const FORMES: Record<Parametre['unite'], { forme: RegExp; exemple: string }> = {
  taux: { forme: /^(\d+(\.\d+)? %|totale)$/, exemple: 'un pourcentage, par exemple 2,80 %' },
  euros: { forme: /^\d+(\.\d+)?$/, exemple: 'un montant en euros, par exemple 12,02' },
  points: { forme: /^\d+$/, exemple: 'un nombre entier de points' },
  heures: { forme: /^\d+(\.\d+)?$/, exemple: 'un nombre d’heures' },
  jours: { forme: /^\d+$/, exemple: 'un nombre entier de jours' },
  mois: { forme: /^\d+$/, exemple: 'un nombre entier de mois' },
  agents: { forme: /^\d+$/, exemple: 'un nombre entier d’agents' },
  coefficient: { forme: /^(\d+(\.\d+)?|\d+\/\d+)$/, exemple: 'un coefficient, par exemple 1,25' },
  fraction: { forme: /^\d+\/[1-9]\d*$/, exemple: 'une fraction, par exemple 6/7' },
  grille: { forme: /^$/, exemple: 'une tranche par ligne' },
}

/** `2,80%` as people type it is `2.80 %` in the data. */
const nombre = (t: string) =>
  t
    .replace(/[\s\u00a0\u202f]+/g, '')
    .replace(',', '.')
    .replace(/%$/, ' %')

const LIGNE = /^(?:(jusqu[’']?\s*à|moins\s+de)\s+([\d\s\u00a0\u202f.,]+)|au[-\s]delà)\s*:\s*(.+)$/i
const VALEUR_TRANCHE = /^(\d+(\.\d+)?( %)?|\d+\/[1-9]\d*)$/

function lireTranches(texte: string, modele: readonly Tranche[]): Tranche[] {
  const parJusqua = modele.some((t) => t.jusqua !== undefined)
  const lignes = texte.split('\n').flatMap((l) => (l.trim() === '' ? [] : [l.trim()]))
  let precedent = -1
  return lignes.map((ligne, i): Tranche => {
    const m = LIGNE.exec(ligne)
    const valeur = m && nombre(m[3]!)
    if (!m || !valeur || !VALEUR_TRANCHE.test(valeur))
      throw saisie(
        'valeur',
        `Ligne ${i + 1} : écrivez « ${parJusqua ? 'jusqu’à 499' : 'moins de 1500'} : 28,1 % », ou « au-delà : … » pour la dernière.`,
      )
    const derniere = i === lignes.length - 1
    if (m[2] === undefined) {
      if (!derniere) throw saisie('valeur', `Ligne ${i + 1} : « au-delà » est la dernière tranche.`)
      return parJusqua ? { jusqua: null, valeur } : { moinsDe: null, valeur }
    }
    const seuil = Number(nombre(m[2]))
    const ecritJusqua = m[1]!.toLowerCase().startsWith('jusqu')
    if (ecritJusqua !== parJusqua)
      throw saisie('valeur', `Ligne ${i + 1} : ce barème se lit « ${parJusqua ? 'jusqu’à' : 'moins de'} ».`)
    if (!Number.isFinite(seuil) || seuil <= precedent)
      throw saisie('valeur', `Ligne ${i + 1} : les seuils se suivent du plus petit au plus grand.`)
    precedent = seuil
    return parJusqua ? { jusqua: seuil, valeur } : { moinsDe: seuil, valeur }
  })
}

export type Saisie = {
  code: string
  depuis: Jour
  jusqua?: Jour | undefined
  valeur: string
  texte: string
  source: string
  verifie: boolean
  note?: string | undefined
}

/**
 * From what a person typed to a value that the engine can read, checked by the engine's own schema: unit, dates, holes,
 * overlaps.
 * @throws Refus with the field at fault
 */
export function lireSaisie(jeu: JeuParametres, s: Saisie): ValeurPubliee {
  const parametre = jeu.parametres.get(s.code)
  if (!parametre) throw saisie('code', 'Ce paramètre n’existe pas.')
  if (s.jusqua !== undefined && s.jusqua <= s.depuis) throw saisie('jusqua', 'La fin doit suivre le début.')
  const modele = parametre.valeurs.findLast((v) => v.tranches)?.tranches
  const commun = {
    code: s.code,
    depuis: s.depuis,
    ...(s.jusqua === undefined ? {} : { jusqua: s.jusqua }),
    texte: s.texte,
    source: s.source,
    verifie: s.verifie,
    ...(s.note ? { note: s.note } : {}),
  }
  let valeur: ValeurPubliee
  if (modele) valeur = { ...commun, tranches: lireTranches(s.valeur, modele) }
  else {
    const texte = nombre(s.valeur)
    const { forme, exemple } = FORMES[parametre.unite]
    if (!forme.test(texte)) throw saisie('valeur', `Pour ce paramètre, écrivez ${exemple}.`)
    valeur = { ...commun, valeur: texte }
  }
  const premiere = parametre.valeurs[0]!.depuis
  if (s.depuis < premiere && (s.jusqua === undefined || s.jusqua < premiere))
    throw saisie(
      s.jusqua === undefined ? 'depuis' : 'jusqua',
      `Ce paramètre commence le ${formatJour(premiere)} : une valeur d’avant doit finir ce jour-là ou après, sans trou.`,
    )
  try {
    jeu.avec([valeur])
  } catch {
    throw saisie('depuis', 'Ces dates laissent un trou ou se chevauchent avec une autre valeur de ce paramètre.')
  }
  return valeur
}

/**
 * The month on which values can be seen at work: the last one that was paid when one of them touches it, or else the
 * nearest month that they touch, with the agents as they are in their files for that month.
 */
export function moisDeSimulation(dernier: Mois, valeurs: readonly Pick<ValeurPubliee, 'depuis' | 'jusqua'>[]): Mois {
  const debut = premierJour(dernier)
  const months = valeurs.map(({ depuis, jusqua }): Mois => {
    if (depuis > debut) return premierMoisDe(depuis)
    return jusqua === undefined || jusqua > debut ? dernier : moisOf(addJours(jusqua, -1))
  })
  const ahead = months.filter((m) => m >= dernier).sort()
  return ahead[0] ?? months.sort().at(-1)!
}

/** Values are read on the first of the month: one that starts on the 15th is first seen the month after. */
const premierMoisDe = (j: Jour): Mois => (j === premierJour(moisOf(j)) ? moisOf(j) : addMois(moisOf(j), 1))
