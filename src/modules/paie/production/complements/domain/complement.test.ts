import { expect, test } from 'vitest'
import { mois } from '#socle/dates.ts'
import { actesComplement, type EtatComplement, refusDuMoment } from './complement.ts'

test('the life of a complement', () => {
  const etats: EtatComplement[] = ['prepare', 'aApprouver', 'renvoye', 'approuve', 'diffuse', 'abandonne']
  expect(Object.fromEntries(etats.map((e) => [e, actesComplement(e).join(' ')]))).toMatchInlineSnapshot(`
    {
      "aApprouver": "approuver renvoyer",
      "abandonne": "",
      "approuve": "",
      "diffuse": "",
      "prepare": "calculer envoyer abandonner",
      "renvoye": "calculer abandonner",
    }
  `)
})

test.each`
  etat            | suivant         | genre               | refus
  ${'diffuse'}    | ${undefined}    | ${'complementaire'} | ${undefined}
  ${'approuve'}   | ${'calcule'}    | ${'urgence'}        | ${undefined}
  ${'ouvert'}     | ${undefined}    | ${'urgence'}        | ${undefined}
  ${'calcule'}    | ${undefined}    | ${'complementaire'} | ${/n’est pas approuvée/}
  ${'aApprouver'} | ${undefined}    | ${'urgence'}        | ${/chez l’ordonnateur/}
  ${'diffuse'}    | ${'aApprouver'} | ${'complementaire'} | ${/mois suivant/}
  ${'clos'}       | ${undefined}    | ${'urgence'}        | ${/close/}
`('$genre of a month $etat, the next one $suivant', ({ refus, ...moment }) => {
  const dit = refusDuMoment({ mois: mois('2025-11'), ...moment })
  if (refus === undefined) expect(dit).toBeUndefined()
  else expect(dit).toMatch(refus)
})
