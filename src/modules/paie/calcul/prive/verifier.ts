import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Bulletin, Ligne } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import type { JeuParametres } from '../parametres/jeu.ts'
import type { Cas, Comparaison } from '../verification/cas.ts'
import { situationPriveDe } from './cas.ts'

type Lecture = (b: Bulletin) => string
const total = (b: Bulletin, codes: string[], champ: 'montant' | 'montantPatronal', signe = 1n): string =>
  inEuros((sum(b.lignes.filter((l) => codes.includes(l.code)).map((l) => euros(l[champ] ?? '0'))) * signe) as never)
const agent =
  (...codes: string[]): Lecture =>
  (b) =>
    total(b, codes, 'montant')
const employeur =
  (...codes: string[]): Lecture =>
  (b) =>
    total(b, codes, 'montantPatronal')
/** Reductions are printed positive. */
const reduction =
  (...codes: string[]): Lecture =>
  (b) =>
    total(b, codes, 'montantPatronal', -1n)

const AGIRC = ['AGIRC_ARRCO_T1', 'AGIRC_ARRCO_T2']
const CEG = ['CEG_T1', 'CEG_T2']
const IRCANTEC = ['IRCANTEC_A', 'IRCANTEC_B']

/** Figures that a private-law case may expect one by one. */
const VALEURS: Record<string, Lecture> = {
  brut: (b) => b.totaux.brut,
  vieil_plaf_agent: agent('VIEIL_PLAF'),
  vieil_deplaf_agent: agent('VIEIL_DEPLAF'),
  vieil_plaf_employeur: employeur('VIEIL_PLAF'),
  vieil_deplaf_employeur: employeur('VIEIL_DEPLAF'),
  agirc_t1_agent: agent('AGIRC_ARRCO_T1'),
  agirc_t1_employeur: employeur('AGIRC_ARRCO_T1'),
  agirc_t2_agent: agent('AGIRC_ARRCO_T2'),
  agirc_t2_employeur: employeur('AGIRC_ARRCO_T2'),
  agirc_arrco_agent: agent(...AGIRC),
  agirc_arrco_employeur: employeur(...AGIRC),
  ceg_agent: agent(...CEG),
  ceg_employeur: employeur(...CEG),
  ceg_t1_agent: agent('CEG_T1'),
  ceg_t1_employeur: employeur('CEG_T1'),
  ceg_t2_agent: agent('CEG_T2'),
  ceg_t2_employeur: employeur('CEG_T2'),
  cet_agent: agent('CET'),
  cet_employeur: employeur('CET'),
  ircantec_agent: agent(...IRCANTEC),
  ircantec_employeur: employeur(...IRCANTEC),
  maladie_employeur: employeur('MALADIE', 'MALADIE_COMPLEMENT'),
  af: employeur('AF', 'AF_COMPLEMENT'),
  af_employeur: employeur('AF', 'AF_COMPLEMENT'),
  chomage_plus_ags: employeur('CHOMAGE', 'AGS'),
  chomage_employeur: employeur('CHOMAGE'),
  chomage: employeur('CHOMAGE'),
  ags: employeur('AGS'),
  apec_agent: agent('APEC'),
  apec_employeur: employeur('APEC'),
  at: employeur('AT'),
  fnal: employeur('FNAL'),
  csa: employeur('CSA'),
  versement_mobilite: employeur('VM'),
  dialogue_social: employeur('DIALOGUE_SOCIAL'),
  formation: employeur('FORMATION'),
  formation_professionnelle: employeur('FORMATION'),
  taxe_apprentissage: employeur('TAXE_APPRENTISSAGE'),
  cnfpt: employeur('CNFPT'),
  csg_crds: agent('CSG_DED', 'CSG_NON_DED', 'CRDS'),
  csg_deductible: agent('CSG_DED'),
  csg_non_deductible: agent('CSG_NON_DED'),
  crds: agent('CRDS'),
  rgdu: reduction('REDUCTION_GENERALE'),
  reduction_generale: reduction('REDUCTION_GENERALE'),
  exo_pec: reduction('EXO_PEC'),
  deduction_hs: reduction('DEDUCTION_HS'),
  reduction_hs: (b) => total(b, ['REDUCTION_HS'], 'montant', -1n),
  // Contributions of the employee, CSG and health cover left out, as the open models count them.
  cotisations_salariales: (b) =>
    inEuros(
      sum(
        b.lignes
          .filter((l) => l.groupe === 'retraite' || l.groupe === 'chomage' || l.code === 'REDUCTION_HS')
          .map((l) => euros(l.montant ?? '0')),
      ),
    ),
  cotisations_agent: (b) => b.totaux.cotisationsAgent,
  cotisations_employeur: (b) => b.totaux.cotisationsEmployeur,
  net_avant_impot: (b) => b.totaux.netAvantImpot,
  montant_net_social: (b) => b.totaux.montantNetSocial,
  net_imposable: (b) => b.totaux.netImposable,
  base_pas: (b) => b.totaux.basePas,
  pas: (b) => b.totaux.pas,
  net_a_payer: (b) => b.totaux.netAPayer,
  cout_employeur: (b) => b.totaux.coutEmployeur,
}

/** A case of private law whose figures are expected one by one. */
export function verifierPrive(cas: Cas, k: Comparaison, jeu: JeuParametres): void {
  const mois = cas.period.slice(0, 7) as Mois
  const { situation, incomprises } = situationPriveDe(cas, mois)
  for (const x of incomprises) k.remarques.push(`entrée non comprise : ${x}`)
  const { bulletin, anomalies } = computeBulletin({ mois, situation, parametres: jeu })
  if (!bulletin) {
    k.ecarts.push({ lieu: 'bulletin', attendu: 'calculé', calcule: anomalies.map((a) => a.message).join(' ') })
    return
  }
  comparerValeurs(k, '', cas.expected, bulletin)
}

/** Lists and keys that the comparison of whole payslips reads. */
const AILLEURS = new Set(['gains', 'agent', 'employeur', 'totaux', 'period', 'months', 'annee'])
/** Figures of a month expected one by one, beside the lines of a whole payslip. */
export function comparerValeurs(k: Comparaison, lieu: string, attendus: Record<string, unknown>, b: Bulletin): void {
  for (const [cle, attendu] of Object.entries(attendus)) {
    if (AILLEURS.has(cle)) continue
    const lire = VALEURS[cle]
    if (lire) k.montant(`${lieu}${cle}`, attendu, lire(b))
    else k.remarques.push(`valeur non comparée : ${cle}`)
  }
}

/** Names that the officers give to our lines. */
const AUTRES_NOMS: Record<string, string> = {
  AGIRC_T1: 'AGIRC_ARRCO_T1',
  AGIRC_T2: 'AGIRC_ARRCO_T2',
  AGIRC_ARRCO_1: 'AGIRC_ARRCO_T1',
  AGIRC_ARRCO_2: 'AGIRC_ARRCO_T2',
  CEG: 'CEG_T1',
  RGDU: 'REDUCTION_GENERALE',
  REDUCTION: 'REDUCTION_GENERALE',
  DIALOGUE: 'DIALOGUE_SOCIAL',
  HS_25: 'HEURES_SUP_1',
  HS_50: 'HEURES_SUP_2',
  MUTUELLE: 'SANTE_1',
  SANTE: 'SANTE_1',
}
export const ligneNommee = (lignes: ReadonlyMap<string, Ligne>, nom: string): Ligne | undefined =>
  lignes.get(AUTRES_NOMS[nom] ?? nom)
