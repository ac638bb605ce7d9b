import { add, type Centimes, euros, inEuros, share, subtract, ZERO } from '#socle/argent.ts'
import type { Contenu, LiquidationSaisie } from '../contract.ts'

/** NatPce of the mandat that holds the guarantee. */
export const NATURE_RETENUE = '12'

/**
 * A payment on a contract and the guarantee that is kept on it: two pieces of the same accounts, which make the amount
 * of the invoice to the cent. The second one is paid later, to the same person.
 */
export function separerRetenue(
  piece: LiquidationSaisie,
  id: LiquidationSaisie['id'],
): [LiquidationSaisie] | [LiquidationSaisie, LiquidationSaisie] {
  const { retenueGarantie, ...contenu } = piece.contenu
  const retenue = euros(retenueGarantie ?? '0.00')
  if (retenue === 0n) return [{ ...piece, contenu }]
  const ttc = contenu.lignes.map((l) => add(euros(l.ht), euros(l.tva)) as bigint)
  const parts = share(retenue, ttc)
  const tenues = contenu.lignes.map((l, i) => partOf(l, parts[i]!))
  const versees = contenu.lignes.map((l, i) => ({
    ...l,
    ht: inEuros(subtract(euros(l.ht), euros(tenues[i]!.ht))),
    tva: inEuros(subtract(euros(l.tva), euros(tenues[i]!.tva))),
  }))
  return [
    { ...piece, contenu: { ...contenu, lignes: versees } },
    {
      ...piece,
      id,
      objet: `Retenue de garantie, ${piece.objet}`.slice(0, 160),
      contenu: {
        ...contenu,
        naturePiece: NATURE_RETENUE,
        lignes: tenues.filter((l) => euros(l.ht) > 0n),
      },
    },
  ]
}

function partOf(l: Contenu['lignes'][number], montant: Centimes): Contenu['lignes'][number] {
  const total = add(euros(l.ht), euros(l.tva))
  const tva = total === 0n ? ZERO : ((((euros(l.tva) as bigint) * montant) / total) as Centimes)
  return { ...l, ht: inEuros(subtract(montant, tva)), tva: inEuros(tva) }
}
