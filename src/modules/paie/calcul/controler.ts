import { add, type Centimes, euros, formatEuros, inEuros, max, subtract, sum, ZERO } from '#socle/argent.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { Bulletin, Groupe, Ligne, Totaux } from './bulletin.ts'

const COTISATIONS: ReadonlySet<Groupe> = new Set<Groupe>([
  'sante',
  'retraite',
  'famille',
  'chomage',
  'autres',
  'exoneration',
])

/** The totals again, from the printed lines alone. */
function totauxDesLignes(lignes: readonly Ligne[]): Record<string, Centimes> {
  const somme = (quoi: (l: Ligne) => boolean) => sum(lignes.filter(quoi).map((l) => euros(l.montant ?? '0')))
  const brut = somme((l) => l.groupe === 'remuneration')
  const cotisationsAgent = somme((l) => COTISATIONS.has(l.groupe))
  const csgDeductible = somme((l) => l.code === 'CSG_DED')
  const csgNonDeductible = somme((l) => l.code === 'CSG_NON_DED')
  const crds = somme((l) => l.code === 'CRDS')
  const csg = somme((l) => l.groupe === 'csg')
  const ij = somme((l) => l.groupe === 'indemnitesJournalieres')
  const pas = somme((l) => l.groupe === 'impot')
  const netAvantImpot = add(subtract(subtract(brut, cotisationsAgent), csg), ij)
  const cotisationsEmployeur = sum(lignes.map((l) => euros(l.montantPatronal ?? '0')))
  const solde = subtract(
    add(
      subtract(netAvantImpot, pas),
      somme((l) => l.groupe === 'frais'),
    ),
    somme((l) => l.groupe === 'retenues'),
  )
  return {
    brut,
    cotisationsAgent,
    csgDeductible,
    csgNonDeductible,
    crds,
    netAvantImpot,
    montantNetSocial: netAvantImpot,
    pas,
    netAPayer: max(ZERO, solde),
    cotisationsEmployeur,
    coutEmployeur: add(brut, cotisationsEmployeur),
  }
}

/** A payslip whose printed lines do not give its totals must never leave. */
export function controlerBulletin(b: Bulletin): Anomalie[] {
  return Object.entries(totauxDesLignes(b.lignes)).flatMap(([nom, attendu]) => {
    const imprime = b.totaux[nom as keyof Totaux]
    return imprime === inEuros(attendu)
      ? []
      : [
          {
            code: 'paie.totalFaux',
            lieu: nom,
            message: `Le total « ${nom} » (${formatEuros(imprime ?? '0')}) n’est pas la somme des lignes (${formatEuros(attendu)}).`,
            conseil: 'Ne pas payer ce bulletin ; signaler l’erreur avec ses entrées.',
            bloquante: true,
          },
        ]
  })
}
