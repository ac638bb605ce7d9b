import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { formatEuros } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import type { Ligne } from './bulletin.ts'
import { type Entree, travailler } from './calculer.ts'
import type { Trace } from './moteur/contexte.ts'
import type { JeuParametres } from './parametres/jeu.ts'

const zRegle = z.strictObject({
  code: z.string(),
  titre: z.string().min(1),
  enonce: z.string().min(1),
  texte: z.string().min(1),
  source: z.string().min(1),
  verifie: z.boolean(),
})
/** A rule of the law as people read it. */
export type Regle = z.output<typeof zRegle>

let regles: Map<string, Regle> | undefined
export function listRegles(): Regle[] {
  return [...catalogue().values()]
}
function catalogue(): Map<string, Regle> {
  regles ??= new Map(
    zRegle
      .array()
      .parse(parse(readFileSync(`${import.meta.dirname}/parametres/regles.yaml`, 'utf8'), { schema: 'core' }))
      .map((r) => [r.code, r]),
  )
  return regles
}

/** A parameter that a line read, in the version of its date. */
export type ParametreLu = {
  code: string
  libelle: string
  valeur: string
  depuis: Jour
  jusqua?: Jour
  texte?: string
  source: string
  verifie: boolean
  note?: string
}

/** Everything behind one line: rule, base and its components, rate, rounding, versions of the parameters, law and marks. */
export type Explication = {
  ligne: Ligne
  regle: Regle
  composants: { libelle: string; montant: string; ligne?: string }[]
  calcul: string
  arrondi: string
  parametres: ParametreLu[]
  /** False when the rule or one of its values is not verified. */
  verifie: boolean
  /** Sentences that can be read out on the phone. */
  phrases: string[]
}

function lire(jeu: JeuParametres, code: string, jour: Jour): ParametreLu {
  const r = jeu.au(jour).get(code)
  const v = r.valeur
  return {
    code,
    libelle: r.parametre.libelle,
    valeur: v.tranches ? 'barème' : r.texte,
    depuis: v.depuis,
    ...(v.jusqua !== undefined && { jusqua: v.jusqua }),
    ...(v.texte !== undefined && { texte: v.texte }),
    source: v.source,
    verifie: v.verifie,
    ...(v.note !== undefined && { note: v.note }),
  }
}

/** Rates are stored with a point, people read a comma. */
const virgules = (s: string): string => s.replace(/(\d)\.(\d)/g, '$1,$2')
const point = (s: string): string => (/[.!?»]$/.test(s) ? s : `${s}.`)
const capitale = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1)

function phrasesDe(ligne: Ligne, regle: Regle, trace: Trace, parametres: ParametreLu[]): string[] {
  const phrases: string[] = []
  const montant = ligne.montant === undefined ? undefined : formatEuros(ligne.montant)
  const patronal = ligne.montantPatronal === undefined ? undefined : formatEuros(ligne.montantPatronal)
  if (ligne.groupe === 'remuneration' || ligne.groupe === 'frais') phrases.push(`${ligne.libelle} : ${montant}.`)
  else {
    const parts = [montant && `${montant} pour l’agent`, patronal && `${patronal} pour l’employeur`]
      .filter(Boolean)
      .join(' et ')
    phrases.push(`${ligne.libelle} : ${parts}.`)
  }
  phrases.push(regle.enonce)
  if (trace.composants.length > 0)
    phrases.push(
      `La base réunit ${trace.composants.map((c) => `${c.libelle} (${formatEuros(c.montant)})`).join(', ')}.`,
    )
  if (trace.calcul) phrases.push(point(`Le calcul : ${trace.calcul}`))
  for (const p of parametres)
    if (p.valeur !== 'barème')
      phrases.push(
        `${point(`${p.libelle} : ${p.valeur.replace('.', ',')} depuis le ${formatJour(p.depuis)}${p.texte ? ` (${p.texte})` : ''}`)}`,
      )
  const doutes = [
    !regle.verifie && 'la règle',
    ...parametres.filter((p) => !p.verifie).map((p) => `la valeur « ${p.libelle} »`),
  ].filter(Boolean)
  if (doutes.length > 0)
    phrases.push(
      `À confirmer : ${doutes.join(', ')} ${doutes.length > 1 ? 'ne sont pas vérifiées' : 'n’est pas vérifiée'} à la source officielle.`,
    )
  return phrases.map(capitale)
}

/** Computes the payslip again from its frozen inputs and explains each of its lines, in their order. */
export function expliquer(entree: Entree): Explication[] {
  const { c, bulletin } = travailler(entree, true)
  if (!bulletin) return []
  return c.lignes.map((travail, i) => {
    const ligne = bulletin.lignes[i]!
    const trace = travail.trace
    if (!trace) throw new Error(`the line ${ligne.code} keeps no trace`)
    const regle = catalogue().get(trace.regle)
    if (!regle) throw new Error(`the rule ${trace.regle} is not in the catalogue`)
    const jour = (trace.jour ?? `${entree.mois}-01`) as Jour
    const parametres = trace.parametres.map((code) => lire(entree.parametres, code, jour))
    return {
      ligne,
      regle,
      composants: trace.composants,
      calcul: virgules(trace.calcul),
      arrondi: 'au centime le plus proche, le demi-centime vers le haut',
      parametres,
      verifie: regle.verifie && parametres.every((p) => p.verifie),
      phrases: phrasesDe(ligne, regle, { ...trace, calcul: virgules(trace.calcul) }, parametres),
    }
  })
}

/** The explanation of one line: its code, and its month of origin for a rappel. */
export const expliquerLigne = (entree: Entree, code: string, origine?: string): Explication | undefined =>
  expliquer(entree).find((e) => e.ligne.code === code && e.ligne.origine === origine)
