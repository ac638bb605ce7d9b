import { add, euros, formatEuros, inEuros, subtract, ZERO } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Bulletin, Totaux } from './bulletin.ts'
import type { LigneTravail } from './moteur/contexte.ts'
import { indexer, ligneDifference } from './rappels.ts'

const sommes = (a: Totaux, b: Totaux, faire: typeof subtract): Totaux => {
  const { tauxPas, ...montants } = a
  const champs = new Set([...Object.keys(montants), ...Object.keys(b)]) as Set<keyof typeof montants | 'tauxPas'>
  champs.delete('tauxPas')
  return {
    ...Object.fromEntries([...champs].map((k) => [k, inEuros(faire(euros(a[k] ?? '0'), euros(b[k] ?? '0')))])),
    tauxPas,
  } as Totaux
}

/**
 * What a payslip of the whole month still owes once others of that month were paid: the same month, line by line, less
 * what they paid and declared. Tax and retenues too: it is the same month of payment.
 */
export function completer(
  entier: { lignes: readonly LigneTravail[]; totaux: Totaux },
  deja: readonly Bulletin[],
  tracer: boolean,
): { lignes: LigneTravail[]; totaux: Totaux; manque: bigint } {
  const apres = indexer(entier.lignes)
  const avant = indexer(deja.flatMap((b) => b.lignes))
  const lignes = [...new Set([...apres.keys(), ...avant.keys()])].flatMap((cle) => {
    const [a, b] = [avant.get(cle), apres.get(cle)]
    const ref = (b ?? a)!
    const libelle = a === undefined || ref.code === 'ACOMPTE' ? ref.libelle : `Complément : ${ref.libelle}`
    const { origine } = ref
    const presentation = { libelle, regle: 'complement', ...(origine !== undefined && { origine }) }
    return ligneDifference(a, b, presentation, tracer) ?? []
  })
  const paye = deja.map((b) => b.totaux).reduce((x, y) => sommes(x, y, add))
  const totaux = sommes(entier.totaux, paye, subtract)
  const net = euros(totaux.netAPayer)
  return net < ZERO
    ? { lignes, totaux: { ...totaux, netAPayer: '0.00' }, manque: -net }
    : { lignes, totaux, manque: 0n }
}

/** Money paid before the payslip of its month: nothing is earned nor declared yet, and the payslip takes it off. */
export function acompte(mois: Mois, population: string, montant: string, tracer: boolean) {
  const zero = '0.00'
  const ligne: LigneTravail = {
    code: 'ACOMPTE',
    libelle: 'Acompte',
    groupe: 'retenues',
    montant: inEuros(subtract(ZERO, euros(montant))),
    ...(tracer && {
      trace: {
        regle: 'acompte',
        parametres: [],
        composants: [],
        calcul: `${formatEuros(montant)} versés d’avance, repris sur le bulletin du mois`,
      },
    }),
  }
  const totaux: Totaux = {
    brut: zero,
    cotisationsAgent: zero,
    csgDeductible: zero,
    csgNonDeductible: zero,
    crds: zero,
    netAvantImpot: zero,
    montantNetSocial: zero,
    netImposable: zero,
    basePas: zero,
    tauxPas: '',
    pas: zero,
    netAPayer: inEuros(euros(montant)),
    cotisationsEmployeur: zero,
    coutEmployeur: zero,
  }
  return { mois, population, lignes: [ligne], totaux }
}
