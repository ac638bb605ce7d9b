import { add, type Centimes, euros, inEuros, negate, subtract, ZERO } from '#socle/argent.ts'
import { type Jour, type Mois, premierJour } from '#socle/dates.ts'
import type { Bulletin, Cumuls, Groupe, Ligne, Situation } from '../../../calcul/index.ts'

/** Why a payslip is not that of last month. `indetermine`: the engine could not follow the change. */
export const CAUSES = {
  absence: 'Absence',
  variable: 'Élément du mois',
  carriere: 'Carrière',
  impot: 'Taux d’impôt',
  employeur: 'Réglage de l’employeur',
  parametre: 'Valeur légale',
  rappel: 'Rappel',
  regularisation: 'Régularisation',
  indetermine: 'Cause non trouvée',
} as const
export type Cause = keyof typeof CAUSES

/** What a payslip is computed from; `autres` is whatever else the run froze (rappels). */
export type Entrees = { mois: Mois; situation: Situation; cumuls: Cumuls | null; [autres: string]: unknown }

/** A payslip between last month's and this one: only `cause` changed since the step before. */
export type Etape = { cause: Cause; jeu: 'avant' | 'apres'; entrees: Entrees }

const sansAbsences = ({ absences: _, ...s }: Situation): Situation => s

function sansVariables({ heures: _h, vacations: _v, ...s }: Situation, codes: ReadonlySet<string>): Situation {
  const garder = <S extends { primes?: Situation['primes'] }>(x: S): S =>
    x.primes ? { ...x, primes: x.primes.filter((p) => !codes.has(p.code)) } : x
  return garder(s.periodes ? { ...s, periodes: s.periodes.map(garder) } : s)
}

/** The situation as it ended the month, over a whole month. */
function enFinDeMois({ periodes, entree, ...s }: Situation, mois: Mois): Situation {
  const { depuis: _, ...dernier } = Object.assign({ depuis: '' as Jour }, ...(periodes ?? []))
  const debut = premierJour(mois)
  return { ...s, ...dernier, ...(entree === undefined ? {} : { entree: entree > debut ? debut : entree }) } as Situation
}

/**
 * The way from last month's payslip to this one, one cause at a time. What was punctual is taken off last month, in its
 * own month and law; then come the new month and law, the employer, the tax, the career; then what is punctual now.
 * The last step is this month's payslip itself: only the steps between are given, and those that change nothing are not.
 */
export function planEtapes(
  avant: Entrees,
  apres: Entrees,
  codesPonctuels: { avant: ReadonlySet<string>; apres: ReadonlySet<string> },
): { etapes: Etape[]; derniere: Cause } {
  const { mois: m0, situation: s0, cumuls: c0, ...autres0 } = avant
  const { mois: m1, situation: s1, cumuls: c1, ...autres1 } = apres
  const nu0 = sansVariables(sansAbsences(s0), codesPonctuels.avant)
  const nu1 = sansVariables(sansAbsences(s1), codesPonctuels.apres)
  const fin0 = enFinDeMois(nu0, m0)
  const aDesAutres = (x: object) => Object.keys(x).length > 0
  const { ancienneteMois } = nu1
  const temps = { ...fin0, ...(ancienneteMois === undefined ? {} : { ancienneteMois }) }
  const employeur = { ...temps, employeur: nu1.employeur }
  const { pas: _pas, ...sansPas } = employeur
  const impot: Situation = nu1.pas ? { ...sansPas, pas: nu1.pas } : sansPas
  const mois0 = (cause: Cause, situation: Situation): Etape => ({
    cause,
    jeu: 'avant',
    entrees: { mois: m0, situation, cumuls: c0 },
  })
  const mois1 = (cause: Cause, situation: Situation): Etape => ({
    cause,
    jeu: 'apres',
    entrees: { mois: m1, situation, cumuls: c1 },
  })
  const chemin: Etape[] = [
    ...(aDesAutres(autres0) ? [mois0('rappel', s0)] : []),
    mois0('absence', sansAbsences(s0)),
    mois0('variable', nu0),
    mois0('carriere', fin0),
    mois1('parametre', temps),
    mois1('employeur', employeur),
    mois1('impot', impot),
    mois1('carriere', nu1),
    mois1('variable', sansAbsences(s1)),
    ...(aDesAutres(autres1) ? [mois1('absence', s1)] : []),
  ]
  const texte = (e: Entrees) => canonique(e)
  const etapes: Etape[] = []
  let courant = texte(avant)
  for (const e of chemin) {
    const t = texte(e.entrees)
    if (t === courant) continue
    etapes.push(e)
    courant = t
  }
  // the last intermediate step may already be this month's payslip: it is known, and its cause is the last one
  const fin = texte(apres)
  if (etapes.length > 0 && courant === fin) {
    const derniere = etapes.pop()!.cause
    return { etapes, derniere }
  }
  return { etapes, derniere: aDesAutres(autres1) ? 'rappel' : 'absence' }
}

/** Same values, same text, whatever the order of the keys. */
export function canonique(valeur: unknown): string {
  if (Array.isArray(valeur)) return `[${valeur.map(canonique).join(',')}]`
  if (valeur !== null && typeof valeur === 'object')
    return `{${Object.entries(valeur)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonique(v)}`)
      .join(',')}}`
  return JSON.stringify(valeur)
}

export type PartDEcart = { cause: Cause; ecart: string; ecartPatronal: string }
export type EcartDeLigne = {
  code: string
  libelle: string
  groupe: Groupe
  avant: string | null
  apres: string | null
  ecart: string
  ecartPatronal: string
  parts: PartDEcart[]
  /** Its rates are the same: it follows another line, whose change is explained at its own place. */
  suitSaBase: boolean
}
export type Attribution = {
  lignes: EcartDeLigne[]
  /** What each cause does to the net; they add up to the difference. */
  causes: { cause: Cause; effetNet: string }[]
  ecartNet: string
}

type Pas = { cause: Cause; bulletin: Bulletin }

type Montants = { ligne: Ligne; montant: Centimes; patronal: Centimes }
function parLigne(b: Bulletin): Map<string, Montants> {
  const index = new Map<string, Montants>()
  for (const ligne of b.lignes) {
    const cle = `${ligne.groupe}/${ligne.code}@${ligne.origine ?? ''}`
    const connue = index.get(cle)
    const montant = euros(ligne.montant ?? '0')
    const patronal = euros(ligne.montantPatronal ?? '0')
    index.set(
      cle,
      connue
        ? { ligne, montant: add(connue.montant, montant), patronal: add(connue.patronal, patronal) }
        : { ligne, montant, patronal },
    )
  }
  return index
}

/**
 * Shares each difference between its causes: a step's difference belongs to its cause, so the shares of a line add up
 * to its difference, to the cent. A step that could not be computed hides the cause of the next one.
 */
export function attribuer(
  avant: Bulletin,
  pas: readonly { cause: Cause; bulletin: Bulletin | undefined }[],
  apres: Bulletin,
  derniere: Cause,
): Attribution {
  const suite: Pas[] = []
  let perdu = false
  for (const p of [...pas, { cause: derniere, bulletin: apres }]) {
    if (p.bulletin) suite.push({ cause: perdu ? 'indetermine' : p.cause, bulletin: p.bulletin })
    perdu = p.bulletin === undefined
  }
  const index = [avant, ...suite.map((p) => p.bulletin)].map(parLigne)
  const [premier, dernier] = [index[0]!, index.at(-1)!]
  const ecart = (a: Montants | undefined, b: Montants | undefined, quoi: 'montant' | 'patronal') =>
    subtract(b?.[quoi] ?? ZERO, a?.[quoi] ?? ZERO)
  const lignes = [...new Set([...premier.keys(), ...dernier.keys()])].flatMap((cle): EcartDeLigne[] => {
    const [a, b] = [premier.get(cle), dernier.get(cle)]
    const [e, p] = [ecart(a, b, 'montant'), ecart(a, b, 'patronal')]
    if (e === ZERO && p === ZERO) return []
    const ref = (b ?? a)!.ligne
    const parCause = new Map<Cause, { e: Centimes; p: Centimes }>()
    for (const [i, { cause }] of suite.entries()) {
      const [x, y] = [index[i]!.get(cle), index[i + 1]!.get(cle)]
      const connue = parCause.get(cause) ?? { e: ZERO, p: ZERO }
      parCause.set(cause, { e: add(connue.e, ecart(x, y, 'montant')), p: add(connue.p, ecart(x, y, 'patronal')) })
    }
    return [
      {
        code: ref.code,
        libelle: ref.libelle,
        groupe: ref.groupe,
        avant: a?.ligne.montant === undefined ? null : inEuros(a.montant),
        apres: b?.ligne.montant === undefined ? null : inEuros(b.montant),
        ecart: inEuros(e),
        ecartPatronal: inEuros(p),
        parts: [...parCause]
          .filter(([, v]) => v.e !== ZERO || v.p !== ZERO)
          .map(([cause, v]) => ({ cause, ecart: inEuros(v.e), ecartPatronal: inEuros(v.p) })),
        suitSaBase:
          a !== undefined &&
          b !== undefined &&
          a.ligne.base !== undefined &&
          a.ligne.taux === b.ligne.taux &&
          a.ligne.tauxPatronal === b.ligne.tauxPatronal,
      },
    ]
  })
  const nets = [avant, ...suite.map((p) => p.bulletin)].map((b) => euros(b.totaux.netAPayer))
  const causes = new Map<Cause, Centimes>()
  for (const [i, { cause }] of suite.entries())
    causes.set(cause, add(causes.get(cause) ?? ZERO, subtract(nets[i + 1]!, nets[i]!)))
  return {
    lignes,
    causes: [...causes].filter(([, e]) => e !== ZERO).map(([cause, e]) => ({ cause, effetNet: inEuros(e) })),
    ecartNet: inEuros(subtract(nets.at(-1)!, nets[0]!)),
  }
}

const absolu = (c: Centimes) => (c < ZERO ? negate(c) : c)

export type Faits = {
  /** A dated fact of the career between the two months: a situation, an entry, an exit. */
  carriereDatee: boolean
  /** Lines that read a legal value which changed between the two months. */
  lignesDeValeurs: ReadonlySet<string>
}

/**
 * A line is explained when each of its shares comes from a dated fact. What is left, beyond the threshold of the body, is
 * what the officer must look at: a career changed without a date, an amount that moved by itself.
 */
export function lignesInexpliquees(a: Attribution, faits: Faits, seuilLigne: string): EcartDeLigne[] {
  const seuil = euros(seuilLigne)
  return a.lignes.filter((l) => {
    const reste = l.parts.reduce((t, p) => {
      const explique =
        p.cause === 'carriere'
          ? faits.carriereDatee
          : p.cause === 'parametre'
            ? faits.lignesDeValeurs.has(l.code) || l.suitSaBase || l.groupe === 'exoneration'
            : p.cause !== 'indetermine'
      return explique ? t : add(t, add(absolu(euros(p.ecart)), absolu(euros(p.ecartPatronal))))
    }, ZERO)
    return reste > ZERO && reste >= seuil
  })
}
