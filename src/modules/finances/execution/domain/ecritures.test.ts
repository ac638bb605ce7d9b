import fc from 'fast-check'
import { expect, test } from 'vitest'
import { euros, inEuros, sum } from '#socle/argent.ts'
import { zContenu } from '../contract.ts'
import { comptesDeTiers } from '../donnees/index.ts'
import { balanceOf, ecrituresOf } from './ecritures.ts'

const montant = fc.integer({ min: 1, max: 100_000_000 }).map((c) => inEuros(BigInt(c) as never))
const ligne = fc.record({
  nature: fc.constantFrom('60612', '6411', '2131', '7067', '1641'),
  ht: montant,
  tva: fc.oneof(fc.constant('0.00'), montant),
})
const piece = fc.record({
  sens: fc.constantFrom('D' as const, 'R' as const),
  typeBordereau: fc.constantFrom('01', '02'),
  lignes: fc.array(ligne, { minLength: 1, maxLength: 6 }),
})
const entries = (p: {
  sens: 'D' | 'R'
  typeBordereau: string
  lignes: { nature: string; ht: string; tva: string }[]
}) => {
  const contenu = zContenu.parse({ typeBordereau: p.typeBordereau, lignes: p.lignes })
  return ecrituresOf(
    {
      sens: p.sens,
      contenu,
      objet: 'x',
      assujetti: true,
      lignes: contenu.lignes.map((l) => ({ ligne: l, section: 'F', chapitre: '011' })),
    },
    comptesDeTiers,
  )
}

test('whatever the pieces, debits equal credits', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const soldes = balanceOf(pieces.flatMap(entries))
      expect(sum([...soldes.values()].map(euros))).toBe(0n)
    }),
  )
})

test('a piece and its whole cancellation leave every account at zero', () => {
  fc.assert(
    fc.property(piece, (p) => {
      const soldes = balanceOf([...entries({ ...p, typeBordereau: '01' }), ...entries({ ...p, typeBordereau: '02' })])
      expect([...soldes.values()].every((s) => euros(s) === 0n)).toBe(true)
    }),
  )
})
