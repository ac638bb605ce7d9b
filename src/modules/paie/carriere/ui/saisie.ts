import type { SituationCarriere, StatutCarriere } from '../contract.ts'
import { isAgent, STATUTS_CONTRAT, STATUTS_INDICIAIRES } from '../contract.ts'

/** Texts of the fields, as a form holds them. */
export type Saisie = { [cle: string]: unknown }

export type GradeDeGrille = {
  grade: string
  filiere: string
  cadreEmplois: string
  categorie: 'A' | 'B' | 'C'
  echelle: string
  echelons: {
    echelon: number
    ib: number | null
    im: number
    dureeMois: number | null
    depuis: string
    verifie: boolean
  }[]
}

const ENTIERS = new Set([
  'echelon',
  'ib',
  'im',
  'minutesHebdo',
  'minutesHebdoAutres',
  'quotiteTempsPartiel',
  'nbiPoints',
  'ctiPoints',
  'enfantsSft',
  'zoneIndemniteResidence',
  'rang',
  'population',
  'mandatsIndemnises',
  'coefficient',
  'anneeContrat',
])
/** Written with their sign in the contract, typed without it. */
const POURCENTS = new Set(['pourcentageSmic', 'exonerationAideADomicile'])

export const familleOf = (statut: StatutCarriere): 'indiciaire' | 'contrat' | 'elu' => {
  if ((STATUTS_INDICIAIRES as readonly string[]).includes(statut)) return 'indiciaire'
  return (STATUTS_CONTRAT as readonly string[]).includes(statut) ? 'contrat' : 'elu'
}

/** A situation as the fields show it. */
export function enSaisie(v: unknown): unknown {
  if (v === null || v === undefined) return undefined
  if (typeof v === 'number') return String(v)
  if (Array.isArray(v)) return v.map(enSaisie)
  if (typeof v === 'object')
    return Object.fromEntries(
      Object.entries(v).map(([k, x]) => [k, POURCENTS.has(k) ? String(x).replace(/ ?%$/, '') : enSaisie(x)]),
    )
  return v
}

/** What was typed, in the values of the contract: empty fields and empty groups are absent. */
export function lireSaisie(v: unknown, cle = ''): unknown {
  if (v === '' || v === null || v === undefined) return undefined
  if (Array.isArray(v)) {
    const l = v.map((x) => lireSaisie(x)).filter((x) => x !== undefined)
    return l.length > 0 ? l : undefined
  }
  if (typeof v === 'object') {
    const paires = Object.entries(v).flatMap(([k, x]) => {
      const lu = lireSaisie(x, k)
      return lu === undefined ? [] : [[k, lu] as const]
    })
    // a box that is not ticked says nothing by itself
    return paires.some(([, x]) => x !== false) ? Object.fromEntries(paires) : undefined
  }
  if (typeof v === 'string' && ENTIERS.has(cle)) return /^\d+$/.test(v) ? Number(v) : v
  if (typeof v === 'string' && POURCENTS.has(cle)) return `${v} %`
  return v
}

/** Index of a grade and échelon on a day, as the grids give it. */
export function indiceDe(grades: readonly GradeDeGrille[], grade: string, echelon: number, le: string) {
  const g = grades.find((x) => x.grade === grade)
  const e = g?.echelons.findLast((x) => x.echelon === echelon && x.depuis <= le)
  return g && e ? { g, e } : undefined
}

const sansPrimes = (s: Saisie) => {
  const primes = s.primes
  return Array.isArray(primes) ? { ...s, primes: primes.filter((p) => p && Object.keys(p).length > 0) } : s
}

/**
 * The situation typed: what the statut has no use for is left out, and the grids give the index of a grade that they
 * know.
 */
export function lireSituation(saisie: Saisie, grades: readonly GradeDeGrille[], depuis: string): unknown {
  const s = sansPrimes((lireSaisie(saisie) as Saisie | undefined) ?? {})
  const statut = s.statut as StatutCarriere
  if (familleOf(statut) !== 'indiciaire') return s
  const g = grades.find((x) => x.grade === s.grade)
  const trouve = typeof s.echelon === 'number' ? indiceDe(grades, String(s.grade), s.echelon, depuis) : undefined
  return {
    filiere: '',
    cadreEmplois: '',
    echelle: '',
    ...s,
    ...(g ? { filiere: g.filiere, cadreEmplois: g.cadreEmplois, categorie: g.categorie, echelle: g.echelle } : {}),
    ...(trouve ? { im: trouve.e.im, ...(trouve.e.ib === null ? {} : { ib: trouve.e.ib }) } : {}),
  }
}

/** The first values of a form for a statut, from the situation in force when it has the same nature. */
export function departDe(statut: StatutCarriere, actuelle: SituationCarriere | undefined): Saisie {
  if (actuelle && familleOf(actuelle.statut) === familleOf(statut)) {
    const s = enSaisie(actuelle) as Saisie
    const passeContractuel = isAgent(actuelle) && statut !== actuelle.statut && statut === 'contractuel'
    return { ...s, statut, ...(passeContractuel ? { regime: 'ircantec' } : {}) }
  }
  const pas = { mode: 'neutre' }
  if (statut === 'elu')
    return {
      statut,
      fonction: 'adjoint',
      rang: '1',
      pourcentDuMaximum: '100',
      autresIndemnites: '0.00',
      mandatsIndemnises: '1',
      pas,
    }
  if (familleOf(statut) === 'contrat')
    return {
      statut,
      pas,
      ...(statut === 'assistantMaternel' || statut === 'vacataire' ? {} : { minutesHebdo: '2100' }),
    }
  return {
    statut,
    versant: 'FPT',
    minutesHebdo: '2100',
    quotiteTempsPartiel: '100',
    regime: statut === 'contractuel' || statut === 'collaborateurCabinet' ? 'ircantec' : 'cnracl',
    zoneIndemniteResidence: '3',
    pas,
  }
}
