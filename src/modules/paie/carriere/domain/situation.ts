import { centimes, euros, fraction, inEuros, sum, times } from '#socle/argent.ts'
import {
  addJours,
  dernierJour,
  formatJour,
  type Jour,
  type Mois,
  moisBetween,
  moisOf,
  premierJour,
} from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import { type JeuParametres, type Situation, tauxMaximumElu } from '../../calcul/index.ts'
import type { ContenuVariable } from '../../dossier/contract.ts'
import {
  type EmployeurPex,
  isAgent,
  type PrimeReguliere,
  type SituationAgent,
  type SituationCarriere,
  type SituationContrat,
  type SituationElu,
} from '../contract.ts'
import { POSITIONS, type PositionTenue } from '../positions/domain/positions.ts'

export type SituationDatee = { depuis: Jour; jusqua: Jour | null; contenu: SituationCarriere }

/** All that is known of one post for one month, as the tables hold it. */
export type DonneesDuMois = {
  mois: Mois
  employeur: EmployeurPex
  nir: string
  naissance: Jour
  entree: Jour
  sortie: Jour | null
  /** Those that meet the month, in order. */
  situations: SituationDatee[]
  /** Those of the month. */
  variables: ContenuVariable[]
  /** Absences of the twelve months before: the rights to sick pay roll over them. */
  absencesAnterieures: Extract<ContenuVariable, { nature: 'absence' }>[]
  retenues?: NonNullable<Situation['retenues']>
  /** Those that meet the month, other than the activité. */
  positions?: readonly PositionTenue[]
  parametres: JeuParametres
}

const absenceOf = (v: Extract<ContenuVariable, { nature: 'absence' }>): NonNullable<Situation['absences']>[number] => ({
  motif: v.motif,
  depuis: v.depuis,
  jusqua: v.jusqua,
  ...(v.sansCarence ? { sansCarence: true } : {}),
  ...(v.debutArret ? { debutArret: v.debutArret } : {}),
  ...(v.minutes ? { minutes: v.minutes } : {}),
  ...(v.ijssBrutes ? { ijssBrutes: v.ijssBrutes } : {}),
})
/** Days in a position that is not paid here; the month that follows has its own. */
const absencePosition = (mois: Mois, p: PositionTenue): NonNullable<Situation['absences']> =>
  POSITIONS[p.position].estPaye
    ? []
    : [
        {
          motif: p.position === 'congeParental' ? 'congeParental' : 'disponibilite',
          libelle: POSITIONS[p.position].libelle,
          depuis: p.depuis,
          jusqua: p.jusqua ?? addJours(dernierJour(mois), 1),
        },
      ]
/** One that was entered in an earlier month and still counts: what was received then was paid then. */
const absencePassee = ({ ijssBrutes: _, minutes: __, ...v }: Parameters<typeof absenceOf>[0]) => absenceOf(v)

const pasOf = (pas: SituationAgent['pas']): NonNullable<Situation['pas']> =>
  pas.mode === 'taux' ? { taux: `${pas.taux} %` } : {}

const primeOf = ({ deliberation: _, ...p }: PrimeReguliere): NonNullable<Situation['primes']>[number] => p

function agentPart(s: SituationAgent, { employeur, entree, mois }: DonneesDuMois): Partial<Situation> {
  const primes: NonNullable<Situation['primes']> = []
  if (s.ifse)
    primes.push({
      code: 'IFSE',
      libelle: 'Indemnité de fonctions, de sujétions et d’expertise',
      montant: s.ifse.mensuel,
      maladie: employeur.ifseSuitTraitement ? 'suit' : 'maintenue',
    })
  if (s.remboursementTransport)
    primes.push({
      code: 'TRANSPORT',
      libelle: 'Remboursement de l’abonnement de transport',
      montant: s.remboursementTransport,
      nature: 'frais',
      proratise: false,
    })
  primes.push(...(s.primes ?? []).map(primeOf))
  return {
    versant: s.versant ?? 'FPT',
    categorie: s.categorie,
    grade: s.grade,
    ...(s.echelon === null ? {} : { echelon: s.echelon }),
    ...(s.im === null ? {} : { im: s.im }),
    ...(s.traitementForfaitaire ? { traitementForfaitaire: s.traitementForfaitaire } : {}),
    ...(s.surcotisation ? { surcotisation: true } : {}),
    minutesHebdo: s.minutesHebdo,
    quotite: `${s.quotiteTempsPartiel} %`,
    caisse: s.regime.toUpperCase(),
    nbi: s.nbiPoints,
    cti: s.ctiPoints > 0,
    enfants: s.enfantsSft,
    ancienneteMois: Math.max(0, moisBetween(moisOf(entree), mois)),
    ...(s.minutesHebdoAutres ? { minutesHebdoAutres: s.minutesHebdoAutres } : {}),
    primes,
    pas: pasOf(s.pas),
  }
}

/**
 * The rate voted, to the hundredth of a percent as a délibération writes it. A maire at the maximum has the barème
 * without any vote.
 */
function eluPart(s: SituationElu, mois: Mois, parametres: JeuParametres): Partial<Situation> {
  const { fonction, population, autresIndemnites, mandatsIndemnises } = s
  const maximum = tauxMaximumElu(parametres.pour(mois), fonction, population)
  const auBareme = fonction === 'maire' && s.pourcentDuMaximum === '100'
  const vote = maximum && times(centimes(10_000), [maximum.taux, fraction(`${s.pourcentDuMaximum} %`)])
  return {
    elu: {
      fonction,
      population,
      autresIndemnites,
      mandatsIndemnises,
      ...(auBareme || vote === undefined ? {} : { taux: `${inEuros(vote)} %` }),
    },
    pas: pasOf(s.pas),
  }
}

/** A contract without grade; the number of the month (vacations, days, hours) is a variable. */
function contratPart(s: SituationContrat, { variables, entree, mois }: DonneesDuMois): Partial<Situation> {
  const quantites = variables.flatMap((v) => (v.nature === 'quantite' ? [v] : []))
  const total = (unite: (typeof quantites)[number]['unite']) => {
    const nombres = quantites.filter((q) => q.unite === unite).map((q) => euros(q.nombre))
    return nombres.length > 0 ? inEuros(sum(nombres)) : undefined
  }
  const jours = total('jours')
  const heures = total('heures')
  return {
    ...(s.minutesHebdo === null ? {} : { minutesHebdo: s.minutesHebdo }),
    ...(s.vacation
      ? {
          vacations: quantites
            .filter((q) => q.unite === 'vacations')
            .map((q) => ({ libelle: s.vacation!.libelle, nombre: q.nombre, taux: s.vacation!.taux })),
        }
      : {}),
    ...(s.accueils.length > 0 ? { accueils: s.accueils } : {}),
    ...(s.prive
      ? {
          prive: {
            ...s.prive,
            ...(s.statut === 'cee' && jours !== undefined ? { jours: Math.round(Number(jours)) } : {}),
            ...(heures !== undefined ? { heuresMois: heures } : {}),
          },
        }
      : {}),
    ...(s.indemniteConges ? { indemniteConges: `${s.indemniteConges} %` } : {}),
    enfants: s.enfantsSft,
    ancienneteMois: Math.max(0, moisBetween(moisOf(entree), mois)),
    primes: (s.primes ?? []).map(primeOf),
    pas: pasOf(s.pas),
  }
}

const bloquante = (code: string, message: string, conseil: string): Anomalie => ({
  code: `carriere.${code}`,
  message,
  lieu: 'carrière',
  conseil,
  bloquante: true,
})

/** The days of the month that the post lasts must all have a situation: nothing is computed on a guess. */
function couverture(d: DonneesDuMois): Anomalie | undefined {
  const debut = premierJour(d.mois)
  const fin = addJours(dernierJour(d.mois), 1)
  const dernier = d.sortie !== null && d.sortie < fin ? d.sortie : fin
  // a day is a text, that Math.max does not compare
  let couvert = [d.entree, debut].sort()[1]!
  for (const s of d.situations) {
    if (s.depuis > couvert) break
    couvert = s.jusqua ?? dernier
  }
  if (couvert >= dernier) return undefined
  return bloquante(
    'sansSituation',
    d.situations.length === 0
      ? 'Aucune situation administrative ne couvre ce mois.'
      : `Aucune situation administrative ne couvre le ${formatJour(couvert)}.`,
    'Ouvrez la fiche de l’agent et saisissez sa situation à partir de son arrêté ou de son contrat.',
  )
}

const FONCTIONNAIRES: readonly string[] = ['titulaire', 'stagiaire', 'emploiFonctionnel']

/** Between two situations of one month, what cannot be shared on one payslip. A titularisation changes no rule of pay. */
function impossible(avant: SituationCarriere, apres: SituationCarriere): string | undefined {
  if (!isAgent(avant) || !isAgent(apres)) {
    const { pas: _a, ...a } = avant
    const { pas: _b, ...b } = apres
    if (JSON.stringify(a) === JSON.stringify(b)) return undefined
    return apres.statut === 'elu' ? 'Le mandat ou l’indemnité' : 'Le contrat'
  }
  if (
    avant.statut !== apres.statut &&
    !(FONCTIONNAIRES.includes(avant.statut) && FONCTIONNAIRES.includes(apres.statut))
  )
    return 'Le statut'
  if (avant.regime !== apres.regime) return 'La caisse de retraite'
  if ((avant.im === null) !== (apres.im === null)) return 'Le mode de rémunération (indice ou forfait)'
  if ((avant.surcotisation ?? false) !== (apres.surcotisation ?? false)) return 'La surcotisation'
  if (avant.zoneIndemniteResidence !== apres.zoneIndemniteResidence) return 'La zone d’indemnité de résidence'
  return undefined
}

/** What the engine can change on a day of the month. */
const CHANGEANTS = [
  'categorie',
  'grade',
  'echelon',
  'im',
  'traitementForfaitaire',
  'minutesHebdo',
  'quotite',
  'nbi',
  'cti',
  'enfants',
  'primes',
] as const

function changement(depuis: Jour, avant: Partial<Situation>, apres: Partial<Situation>): Periode | undefined {
  const changes = CHANGEANTS.filter((k) => JSON.stringify(avant[k]) !== JSON.stringify(apres[k]))
  if (changes.length === 0) return undefined
  return { depuis, ...Object.fromEntries(changes.map((k) => [k, apres[k]])) }
}
type Periode = NonNullable<Situation['periodes']>[number]

/**
 * An agent who left before the month, for a payslip that carries rappels alone: who he was on his last day, and nothing
 * to pay of the month itself.
 */
export function toSituationDepart(
  d: Omit<DonneesDuMois, 'mois' | 'variables' | 'absencesAnterieures'> & { sortie: Jour },
) {
  const mois = moisOf(addJours(d.sortie, -1))
  const { situation, anomalies } = toSituation({ ...d, mois, variables: [], absencesAnterieures: [], retenues: [] })
  if (!situation) return { anomalies }
  const { primes: _p, periodes: _q, enfants: _e, ...reste } = situation
  return { situation: reste as Situation, anomalies }
}

/**
 * From the dated file of an agent to the situation that the engine computes. Situations that follow one another within
 * the month are its periods, each paid on its own days; what one payslip cannot hold is told to the officer.
 */
export function toSituation(d: DonneesDuMois): { situation?: Situation; anomalies: Anomalie[] } {
  const trou = couverture(d)
  if (trou) return { anomalies: [trou] }
  const duMois = d.situations.filter((x) => x.depuis <= dernierJour(d.mois))
  for (const [i, x] of duMois.entries()) {
    const quoi = i > 0 ? impossible(duMois[i - 1]!.contenu, x.contenu) : undefined
    if (quoi)
      return {
        anomalies: [
          bloquante(
            'changementEnCoursDeMois',
            `${quoi} change le ${formatJour(x.depuis)}, en cours de mois.`,
            'Datez ce changement du premier d’un mois, ou fermez cet emploi et ouvrez-en un autre ce jour-là : deux bulletins seront faits.',
          ),
        ],
      }
  }
  const courante = duMois.at(-1)!
  const s = courante.contenu
  const partOf = (x: SituationCarriere) => {
    if (x.statut === 'elu') return eluPart(x, d.mois, d.parametres)
    return isAgent(x) ? agentPart(x, d) : contratPart(x, d)
  }
  const parts = duMois.map((x) => ({ depuis: x.depuis, part: partOf(x.contenu) }))
  const part = { ...parts[0]!.part, pas: pasOf(s.pas) }
  const primes = d.variables.flatMap((v) =>
    v.nature === 'prime'
      ? [
          {
            code: v.code,
            libelle: v.libelle,
            montant: v.montant,
            // only the CIA belongs to the RIFSEEP, whose primes bear the transfert primes/points
            nature: v.code === 'CIA' ? ('prime' as const) : ('horsTransfert' as const),
            proratise: false,
            maladie: 'maintenue' as const,
          },
        ]
      : [],
  )
  const absences = [
    ...(d.positions ?? []).flatMap((p) => absencePosition(d.mois, p)),
    ...d.absencesAnterieures.map(absencePassee),
    ...d.variables.flatMap((v) => (v.nature === 'absence' ? [absenceOf(v)] : [])),
  ]
  // those of the month are paid once, with the last situation
  const avecVariables = (x: Partial<Situation>): Partial<Situation> =>
    x.primes || primes.length > 0 ? { ...x, primes: [...(x.primes ?? []), ...primes] } : x
  const periodes = parts
    .slice(1)
    .flatMap((x, i) => changement(x.depuis, avecVariables(parts[i]!.part), avecVariables(x.part)) ?? [])
  const heures = d.variables.flatMap((v) => (v.nature === 'heures' ? v.heures : []))
  const situation: Situation = {
    ...avecVariables(part),
    statut: s.statut,
    nir: d.nir,
    naissance: d.naissance,
    entree: d.entree,
    ...(d.sortie ? { sortie: d.sortie } : {}),
    employeur: {
      effectif: d.employeur.effectif,
      tauxAt: `${d.employeur.tauxAt} %`,
      versementMobilite: `${d.employeur.tauxVersementMobilite} %`,
      ...(d.employeur.estAffilieCdg && d.employeur.cdgObligatoire
        ? { cdgObligatoire: `${d.employeur.cdgObligatoire} %` }
        : {}),
      ...(d.employeur.estAffilieCdg && d.employeur.cdgAdditionnelle
        ? { cdgAdditionnelle: `${d.employeur.cdgAdditionnelle} %` }
        : {}),
      ...(d.employeur.adhesionChomage ? { adhesionChomage: true } : {}),
      ...(isAgent(s) ? { zoneIr: s.zoneIndemniteResidence } : {}),
    },
    ...(periodes.length > 0 ? { periodes } : {}),
    ...(heures.length > 0 ? { heures } : {}),
    ...(absences.length > 0 ? { absences } : {}),
    ...(d.retenues?.length ? { retenues: d.retenues } : {}),
  }
  return { situation, anomalies: [] }
}
