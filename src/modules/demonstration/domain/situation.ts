import type { Situation } from '#modules/paie/calcul/index.ts'
import { addMois, dernierJour, type Jour, type Mois, moisBetween, moisOf, premierJour } from '#socle/dates.ts'
import { latest } from './etat-civil.ts'
import type { Carriere, FonctionElu, Personne, ReglagesPex, SituationAgent, SituationElu, Variable } from './types.ts'

export type DonneesDuMois = {
  mois: Mois
  personne: Personne
  carriere: Carriere
  reglages: ReglagesPex
  /** Of the career, whatever their month. */
  variables: readonly Variable[]
  /** Legal maximum of the function, in percent of the terminal index: read in the parameters of the engine. */
  maximumElu: (fonction: FonctionElu, population: number) => number
}

const isActive = (c: Carriere, mois: Mois) =>
  c.entree <= dernierJour(mois) && (c.sortie === null || c.sortie > premierJour(mois))

/** Careers that have a payslip that month. */
export const carrieresToPay = (carrieres: readonly Carriere[], mois: Mois): Carriere[] =>
  carrieres.filter((c) => isActive(c, mois))

/** What the payroll engine reads for one career and one month; `null` when there is nothing to pay. */
export function toSituation(d: DonneesDuMois): Situation | null {
  const { carriere, personne, mois, reglages } = d
  if (!isActive(carriere, mois)) return null
  const debut = latest(premierJour(mois), carriere.entree)
  const s = carriere.situations.findLast((x) => x.depuis <= debut) ?? carriere.situations[0]
  if (!s) throw new Error(`career ${carriere.id} without situation`)
  const commun = {
    versant: 'FPT' as const,
    nir: personne.nir,
    naissance: personne.naissance,
    employeur: employeurOf(reglages),
    entree: carriere.entree,
    ...(carriere.sortie ? { sortie: carriere.sortie } : {}),
    pas: s.pas.mode === 'taux' ? { taux: `${s.pas.taux} %` } : {},
  }
  return s.statut === 'elu'
    ? { ...commun, statut: 'elu' as const, elu: eluOf(s, d.maximumElu) }
    : { ...commun, ...agentOf(s, carriere.entree, d) }
}

const employeurOf = (r: ReglagesPex) => ({
  effectif: r.effectif,
  tauxAt: `${r.tauxAt} %`,
  ...(Number(r.tauxVersementMobilite) > 0 ? { versementMobilite: `${r.tauxVersementMobilite} %` } : {}),
  ...(r.estAffilieCdg && r.cdgObligatoire ? { cdgObligatoire: `${r.cdgObligatoire} %` } : {}),
  ...(r.estAffilieCdg && r.cdgAdditionnelle ? { cdgAdditionnelle: `${r.cdgAdditionnelle} %` } : {}),
})

/**
 * Part of the maximum that was voted, to the hundredth of a percent as a délibération writes it. A maire at the maximum has
 * the barème without any vote.
 */
function eluOf(s: SituationElu, maximum: DonneesDuMois['maximumElu']) {
  const { fonction, population, autresIndemnites, mandatsIndemnises } = s
  const commun = { fonction, population, autresIndemnites, mandatsIndemnises }
  if (fonction === 'maire' && Number(s.pourcentDuMaximum) === 100) return commun
  const centiemes = Math.round(maximum(s.fonction, s.population) * Number(s.pourcentDuMaximum))
  return { ...commun, taux: `${(centiemes / 100).toFixed(2)} %` }
}

function agentOf(s: SituationAgent, entree: Jour, d: DonneesDuMois) {
  const { mois, reglages } = d
  const variables = d.variables.filter((v) => v.carriereId === d.carriere.id)
  const duMois = variables.filter((v) => v.mois === mois)
  return {
    statut: s.statut,
    categorie: s.categorie,
    caisse: s.regime.toUpperCase(),
    minutesHebdo: s.minutesHebdo,
    minutesHebdoAutres: s.minutesHebdoAutres,
    quotite: `${s.quotiteTempsPartiel} %`,
    grade: s.grade,
    echelon: s.echelon,
    im: s.im,
    nbi: s.nbiPoints,
    cti: s.ctiPoints > 0,
    enfants: s.enfantsSft,
    ancienneteMois: Math.max(0, moisBetween(moisOf(entree), mois)),
    primes: [
      ...(s.ifse
        ? [
            {
              code: 'IFSE',
              libelle: 'Indemnité de fonctions, de sujétions et d’expertise',
              montant: s.ifse.mensuel,
              maladie: reglages.ifseSuitTraitement ? ('suit' as const) : ('maintenue' as const),
            },
          ]
        : []),
      ...(s.remboursementTransport
        ? [
            {
              code: 'TRANSPORT',
              libelle: 'Remboursement de l’abonnement de transport',
              montant: s.remboursementTransport,
              nature: 'frais' as const,
              proratise: false,
            },
          ]
        : []),
      ...duMois.flatMap(({ contenu: c }) =>
        c.nature === 'prime'
          ? [
              {
                code: c.code,
                libelle: c.libelle,
                montant: c.montant,
                nature: c.code === 'CIA' ? ('prime' as const) : ('horsTransfert' as const),
                proratise: false,
                maladie: 'maintenue' as const,
              },
            ]
          : [],
      ),
    ],
    heures: duMois.flatMap(({ contenu: c }) => (c.nature === 'heures' ? c.heures : [])),
    // The rights to sickness roll over twelve months.
    absences: variables.flatMap(({ contenu: c, mois: m }) =>
      c.nature === 'absence' && m <= mois && m > addMois(mois, -13)
        ? [{ motif: c.motif, depuis: c.depuis, jusqua: c.jusqua, sansCarence: c.sansCarence }]
        : [],
    ),
  }
}
