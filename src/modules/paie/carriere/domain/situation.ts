import { centimes, fraction, inEuros, times } from '#socle/argent.ts'
import { dernierJour, formatJour, type Jour, type Mois, moisBetween, moisOf, premierJour } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import { type JeuParametres, type Situation, tauxMaximumElu } from '../../calcul/index.ts'
import type { ContenuVariable } from '../../dossier/contract.ts'
import type { EmployeurPex, SituationAgent, SituationCarriere, SituationElu } from '../contract.ts'

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
  parametres: JeuParametres
}

const absenceOf = (v: Extract<ContenuVariable, { nature: 'absence' }>): NonNullable<Situation['absences']>[number] => ({
  motif: v.motif,
  depuis: v.depuis,
  jusqua: v.jusqua,
  ...(v.sansCarence ? { sansCarence: true } : {}),
})

const pasOf = (pas: SituationAgent['pas']): NonNullable<Situation['pas']> =>
  pas.mode === 'taux' ? { taux: `${pas.taux} %` } : {}

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
  return {
    versant: 'FPT',
    categorie: s.categorie,
    grade: s.grade,
    echelon: s.echelon,
    im: s.im,
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

/**
 * From the dated file of an agent to the situation that the engine computes. Two situations within one month are not
 * averaged: the officer is told, and nothing is computed on a guess.
 */
export function toSituation(d: DonneesDuMois): { situation?: Situation; anomalies: Anomalie[] } {
  const [courante, ...autres] = d.situations.slice().reverse()
  if (!courante)
    return {
      anomalies: [
        {
          code: 'carriere.sansSituation',
          message: 'Aucune situation administrative ne couvre ce mois.',
          lieu: 'carrière',
          conseil: 'Ouvrez la fiche de l’agent et saisissez sa situation à partir de son arrêté ou de son contrat.',
          bloquante: true,
        },
      ],
    }
  const changement = autres.find((s) => s.depuis <= dernierJour(d.mois))
  if (changement && courante.depuis > premierJour(d.mois))
    return {
      anomalies: [
        {
          code: 'carriere.changementEnCoursDeMois',
          message: `La situation change le ${formatJour(courante.depuis)}, en cours de mois.`,
          lieu: 'carrière',
          conseil:
            'Faites prendre effet au changement le premier du mois suivant et régularisez par un rappel, ou datez-le du premier de ce mois.',
          bloquante: true,
        },
      ],
    }
  const s = courante.contenu
  const part = s.statut === 'elu' ? eluPart(s, d.mois, d.parametres) : agentPart(s, d)
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
    ...d.absencesAnterieures.map(absenceOf),
    ...d.variables.flatMap((v) => (v.nature === 'absence' ? [absenceOf(v)] : [])),
  ]
  const heures = d.variables.flatMap((v) => (v.nature === 'heures' ? v.heures : []))
  const situation: Situation = {
    ...part,
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
      ...(s.statut === 'elu' ? {} : { zoneIr: s.zoneIndemniteResidence }),
    },
    ...(part.primes || primes.length > 0 ? { primes: [...(part.primes ?? []), ...primes] } : {}),
    ...(heures.length > 0 ? { heures } : {}),
    ...(absences.length > 0 ? { absences } : {}),
  }
  return { situation, anomalies: [] }
}
