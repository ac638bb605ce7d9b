import { add, type Centimes, euros, formatEuros, inEuros, subtract, ZERO } from '#socle/argent.ts'
import { formatMois, type Jour, type Mois } from '#socle/dates.ts'
import type { Cumuls, Ligne } from './bulletin.ts'
import type { Contexte, LigneTravail } from './moteur/contexte.ts'
import type { AvantImpot } from './moteur/nets.ts'
import type { JeuParametres } from './parametres/jeu.ts'
import type { Situation } from './situation.ts'

/** A past month to compute again: what was known then, what is known now. */
export type Rappel = {
  mois: Mois
  /** Absent: the month had not been paid at all (an entry known late). */
  avant?: Situation | undefined
  /** Absent: nothing was due (an exit known late). */
  apres?: Situation | undefined
  /** Parameters that the month was paid with, when a value has been published since. */
  parametresAvant?: JeuParametres | undefined
  /** Accumulators that entered this month when it was paid. */
  cumuls?: Cumuls | undefined
}

/** A month computed up to the tax, by whoever holds the rules. */
export type Calcul = (
  mois: Mois,
  situation: Situation,
  cumuls: Cumuls | undefined,
  parametres?: JeuParametres,
) => { c: Contexte; avant: AvantImpot; cumuls: Cumuls }

const SANS_RAPPEL: ReadonlySet<string> = new Set(['impot', 'retenues'])
/** Yearly totals follow the month of payment: they are not moved by a correction of the past. */
const ANNEE = 'annee'

type Ecart = Cumuls['caisses']

function ecartCumuls(avant: Cumuls, apres: Cumuls): Ecart {
  const ecart: Ecart = {}
  for (const nom of new Set([...Object.keys(avant.caisses), ...Object.keys(apres.caisses)])) {
    if (nom === ANNEE) continue
    const a = avant.caisses[nom] ?? {}
    const b = apres.caisses[nom] ?? {}
    const d: Record<string, string> = {}
    for (const g of new Set([...Object.keys(a), ...Object.keys(b)]))
      d[g] = inEuros(subtract(euros(b[g] ?? '0'), euros(a[g] ?? '0')))
    ecart[nom] = d
  }
  return ecart
}

/** Accumulators of a later month, corrected by what the past has become. */
function corriger(cumuls: Cumuls | undefined, ecart: Ecart, annee: number, mois: Mois): Cumuls | undefined {
  if (Object.keys(ecart).length === 0) return cumuls
  const base: Cumuls = cumuls && cumuls.annee === annee ? cumuls : { annee, mois, caisses: {} }
  const caisses: Ecart = { ...base.caisses }
  for (const [nom, d] of Object.entries(ecart)) {
    const k: Record<string, string> = { ...caisses[nom] }
    for (const [g, x] of Object.entries(d)) k[g] = inEuros(add(euros(k[g] ?? '0'), euros(x)))
    caisses[nom] = k
  }
  return { ...base, caisses }
}

/** Rates of a line as they were, then as they are: shown only when they agree. */
const same = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || b === undefined || a === b ? (b ?? a) : undefined
const difference = (a: string | undefined, b: string | undefined): Centimes =>
  subtract(euros(b ?? '0'), euros(a ?? '0'))

/** What tells a difference from the lines it comes from. */
export type Presentation = Pick<LigneTravail, 'libelle' | 'origine'> & { regle: string; jour?: string }

/** What a line has become, less what it was: `undefined` when nothing of it is paid or taken back. */
export function ligneDifference(
  a: Ligne | undefined,
  b: Ligne | undefined,
  { libelle, origine, regle, jour }: Presentation,
  tracer: boolean,
): LigneTravail | undefined {
  const montant = difference(a?.montant, b?.montant)
  const patronal = difference(a?.montantPatronal, b?.montantPatronal)
  if (montant === ZERO && patronal === ZERO) return undefined
  const ref = (b ?? a)!
  const ligne: LigneTravail = {
    code: ref.code,
    libelle,
    groupe: ref.groupe,
    ...(origine !== undefined && { origine }),
  }
  // A side that only one of the two has (an exemption gained or lost) counts as much as the others.
  const existe = (k: 'base' | 'montant' | 'montantPatronal') => a?.[k] !== undefined || b?.[k] !== undefined
  if (existe('base')) ligne.base = inEuros(difference(a?.base, b?.base))
  const taux = same(a?.taux, b?.taux)
  if (existe('montant')) {
    if (taux !== undefined) ligne.taux = taux
    ligne.montant = inEuros(montant)
  }
  if (existe('montantPatronal')) {
    if (a?.basePatronale !== undefined || b?.basePatronale !== undefined)
      ligne.basePatronale = inEuros(difference(a?.basePatronale ?? a?.base, b?.basePatronale ?? b?.base))
    const tauxPatronal = same(a?.tauxPatronal, b?.tauxPatronal)
    if (tauxPatronal !== undefined) ligne.tauxPatronal = tauxPatronal
    ligne.montantPatronal = inEuros(patronal)
  }
  if (tracer) {
    const part = (nom: string, x: string | undefined, y: string | undefined, d: Centimes) =>
      x === undefined && y === undefined
        ? []
        : [`${nom} : ${formatEuros(y ?? '0')} au lieu de ${formatEuros(x ?? '0')}, soit ${formatEuros(d)}`]
    ligne.trace = {
      regle,
      parametres: [],
      ...(jour !== undefined && { jour: jour as Jour }),
      composants: [],
      calcul: [
        ...part('montant', a?.montant, b?.montant, montant),
        ...part('part de l’employeur', a?.montantPatronal, b?.montantPatronal, patronal),
      ].join(' ; '),
    }
  }
  return ligne
}

const somme = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined && b === undefined ? undefined : inEuros(add(euros(a ?? '0'), euros(b ?? '0')))

/** Two lines of a code (a change inside the month) are one amount for a rappel. */
function fusion(a: Ligne, b: Ligne): Ligne {
  const { nombre: _, base: _b, montant: _m, basePatronale: _bp, montantPatronal: _mp, ...reste } = a
  const base = somme(a.base, b.base)
  const montant = somme(a.montant, b.montant)
  const montantPatronal = somme(a.montantPatronal, b.montantPatronal)
  const distincte = a.basePatronale !== undefined || b.basePatronale !== undefined
  const basePatronale = distincte ? somme(a.basePatronale ?? a.base, b.basePatronale ?? b.base) : undefined
  return {
    ...reste,
    libelle: a.libelle.replace(/ \(du \d+ au \d+\)$/, ''),
    ...(base !== undefined && { base }),
    ...(montant !== undefined && { montant }),
    ...(basePatronale !== undefined && { basePatronale }),
    ...(montantPatronal !== undefined && { montantPatronal }),
  }
}

/** A code that changes group (a prime that becomes a refund) is one line gone and one line come. */
export function indexer(lignes: readonly Ligne[]): Map<string, Ligne> {
  const index = new Map<string, Ligne>()
  for (const l of lignes) {
    const key = `${l.groupe}/${l.code}/${l.origine ?? ''}`
    const known = index.get(key)
    index.set(key, known ? fusion(known, l) : l)
  }
  return index
}

export type Rappeles = { lignes: LigneTravail[]; ecarts: AvantImpot; cumuls: Cumuls | undefined }

const CHAMPS = [
  'brut',
  'cotisationsAgent',
  'csgDeductible',
  'csgNonDeductible',
  'crds',
  'netAvantImpot',
  'montantNetSocial',
  'netImposable',
  'basePas',
  'cotisationsEmployeur',
  'heuresExonerees',
  'frais',
  'nature',
] as const

/**
 * Computes the corrected months again with the parameters of their time, as they were and as they are now.
 * The accumulators of the current month follow, for its own year: those of a closed year do not move any more.
 */
export function rappeler(
  rappels: readonly Rappel[],
  mois: Mois,
  cumuls: Cumuls | undefined,
  calculer: Calcul,
  tracer: boolean,
): Rappeles {
  const lignes: LigneTravail[] = []
  const ecarts = Object.fromEntries(CHAMPS.map((k) => [k, ZERO])) as AvantImpot
  let ecart: Ecart = {}
  let annee = 0
  let suite: Cumuls | undefined
  for (const r of [...rappels].sort((a, b) => (a.mois < b.mois ? -1 : 1))) {
    const an = Number(r.mois.slice(0, 4))
    if (an !== annee) {
      ecart = {}
      suite = undefined
      annee = an
    }
    const entree = r.cumuls ?? suite
    const a = r.avant && calculer(r.mois, r.avant, entree, r.parametresAvant)
    const b = r.apres && calculer(r.mois, r.apres, corriger(entree, ecart, an, entree?.mois ?? r.mois))
    const vide: Cumuls = { annee: an, mois: r.mois, caisses: entree?.annee === an ? entree.caisses : {} }
    const sortieAvant = a?.cumuls ?? vide
    const sortieApres = b?.cumuls ?? corriger(vide, ecart, an, r.mois) ?? vide
    suite = sortieAvant
    ecart = ecartCumuls(sortieAvant, sortieApres)
    for (const k of CHAMPS) ecarts[k] = add(ecarts[k], subtract(b?.avant[k] ?? ZERO, a?.avant[k] ?? ZERO))
    const aRappeler = (x: typeof a) => indexer((x?.c.lignes ?? []).filter((l) => !SANS_RAPPEL.has(l.groupe)))
    const avant = aRappeler(a)
    const apres = aRappeler(b)
    for (const key of new Set([...apres.keys(), ...avant.keys()])) {
      const [x, y] = [avant.get(key), apres.get(key)]
      const libelle = `Rappel ${formatMois(r.mois)} : ${(y ?? x)!.libelle}`
      const l = ligneDifference(x, y, { libelle, origine: r.mois, regle: 'rappel', jour: `${r.mois}-01` }, tracer)
      if (l) lignes.push(l)
    }
  }
  return { lignes, ecarts, cumuls: annee === Number(mois.slice(0, 4)) ? corriger(cumuls, ecart, annee, mois) : cumuls }
}
