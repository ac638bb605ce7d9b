import { add, type Centimes, euros, inEuros, negate, subtract, sum, ZERO } from '#socle/argent.ts'
import type { Bulletin } from '../../calcul/bulletin.ts'
import { grouperLignes, LIBELLES_RUBRIQUE, type RubriqueResumee } from './groupes.ts'

/** The five figures and the grouped lines: what the screen shows and what the document prints. */
export type ResumeBulletin = {
  chiffres: {
    brut: string
    /** Contributions of the agent, CSG and CRDS. */
    cotisations: string
    impot: string
    /** What is neither gross, contribution nor tax: daily allowances, refunds, less retenues. Absent when it is zero. */
    autres?: string
    netPaye: string
    montantNetSocial: string
  }
  rubriques: RubriqueResumee[]
}

const REPORT = 'REPORT'
/** A net under zero pays nothing: the line says what next payslips will take back. */
function avecReport(rubriques: RubriqueResumee[], manque: Centimes): RubriqueResumee[] {
  const effet = inEuros(manque)
  const ligne = { code: REPORT, libelle: 'Net négatif, repris sur les prochains bulletins', effet }
  const derniere = rubriques.find((r) => r.rubrique === 'frais')
  if (!derniere)
    return [
      ...rubriques,
      { rubrique: 'frais', libelle: LIBELLES_RUBRIQUE.frais, lignes: [ligne], total: effet, totalEmployeur: '0.00' },
    ]
  const complete = {
    ...derniere,
    lignes: [...derniere.lignes, ligne],
    total: inEuros(add(euros(derniere.total), manque)),
  }
  return rubriques.map((r) => (r === derniere ? complete : r))
}

/** Throws when the lines do not add up to the net paid. */
export function resumerBulletin({ lignes, totaux: t, mois }: Bulletin): ResumeBulletin {
  let rubriques = grouperLignes(lignes)
  const net = euros(t.netAPayer)
  const solde = sum(rubriques.map((r) => euros(r.total)))
  if (solde < ZERO && net === ZERO) rubriques = avecReport(rubriques, negate(solde))
  else if (solde !== net)
    throw new Error(`payslip of ${mois}: its lines add up to ${inEuros(solde)}, not to the net ${t.netAPayer}`)
  const cotisations = sum([t.cotisationsAgent, t.csgDeductible, t.csgNonDeductible, t.crds].map(euros))
  const autres = subtract(net, [cotisations, euros(t.pas)].reduce(subtract, euros(t.brut)))
  return {
    chiffres: {
      brut: t.brut,
      cotisations: inEuros(cotisations),
      impot: t.pas,
      ...(autres !== ZERO && { autres: inEuros(autres) }),
      netPaye: t.netAPayer,
      montantNetSocial: t.montantNetSocial,
    },
    rubriques,
  }
}
