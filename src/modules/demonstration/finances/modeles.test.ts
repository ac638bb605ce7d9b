import fc from 'fast-check'
import { expect, test } from 'vitest'
import { getPlan } from '#modules/finances/index.ts'
import { budgetAssainissement, budgetCommunaute, budgetCommune, budgetDechets } from './modeles.ts'

const MODELES = [
  ['M57_A', budgetCommune],
  ['M49_A', budgetAssainissement],
  ['M57_D', budgetCommunaute],
  ['M4', budgetDechets],
] as const

test.each(MODELES)(
  'a made-up budget in %s is balanced and uses accounts of its plan, whatever the size',
  (code, modele) => {
    const plan = getPlan(code, 2025)
    fc.assert(
      fc.property(
        fc.record({
          habitants: fc.double({ min: 150, max: 60_000, noNaN: true }),
          agents: fc.double({ min: 1, max: 400, noNaN: true }),
          elus: fc.integer({ min: 1, max: 40 }),
        }),
        (taille) => {
          const soldes = { F: 0, I: 0 }
          for (const l of modele(taille)) {
            const possibles = plan.comptes.get(l.nature)!.chapitres[l.sens]
            const chapitre = l.mouvement ? possibles[l.mouvement] : (possibles.reel ?? possibles.entreSections)
            expect(chapitre, `${l.nature} ${l.sens}`).toBeDefined()
            soldes[plan.chapitres.get(chapitre!)!.section] += l.sens === 'R' ? l.montant : -l.montant
          }
          expect(soldes).toEqual({ F: 0, I: 0 })
        },
      ),
      { numRuns: 60 },
    )
  },
)
