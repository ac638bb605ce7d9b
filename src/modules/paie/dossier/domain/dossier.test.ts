import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ActeDossier, allowedActes, type EtatDossier, estModifiable, nextEtat } from './dossier.ts'

const ETATS: EtatDossier[] = ['ouvert', 'calcule', 'aApprouver', 'renvoye', 'approuve', 'diffuse', 'clos']
const ACTES: ActeDossier[] = ['calculer', 'envoyer', 'approuver', 'renvoyer', 'diffuser', 'clore']

test('every transition of a monthly dossier', () => {
  const all = ETATS.flatMap((e) => allowedActes(e).map((a) => `${e} --${a}--> ${nextEtat(e, a)}`))
  expect(all).toMatchInlineSnapshot(`
    [
      "ouvert --calculer--> calcule",
      "calcule --calculer--> calcule",
      "calcule --envoyer--> aApprouver",
      "aApprouver --approuver--> approuve",
      "aApprouver --renvoyer--> renvoye",
      "renvoye --calculer--> calcule",
      "approuve --diffuser--> diffuse",
      "diffuse --clore--> clos",
    ]
  `)
})

test('whatever is tried, an approved month can no longer be changed nor computed', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ACTES), { maxLength: 30 }), (actes) => {
      let etat: EtatDossier = 'ouvert'
      let approuve = false
      for (const acte of actes) {
        etat = nextEtat(etat, acte) ?? etat
        approuve ||= etat === 'approuve'
        expect(ETATS).toContain(etat)
        if (approuve) expect(estModifiable(etat)).toBe(false)
      }
    }),
  )
})
