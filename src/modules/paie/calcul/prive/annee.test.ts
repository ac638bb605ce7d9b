import fc from 'fast-check'
import { expect, test } from 'vitest'
import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Bulletin, Cumuls } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import { controlerBulletin } from '../controler.ts'
import { jeuLivre } from '../parametres/livre.ts'
import { type Situation, zSituation } from '../situation.ts'

const parametres = jeuLivre()
const at = (i: number) => `2025-${String(i).padStart(2, '0')}` as Mois
const PASSES = [2, 3, 4, 5].map(at)
const salarie = (salaire: string): Situation =>
  zSituation.parse({
    statut: 'prive',
    employeur: { effectif: 30, tauxAt: '2.08 %' },
    prive: { employeur: 'association', contrat: 'cdi', salaireMensuel: salaire },
  })
const compute = (
  situation: Situation,
  mois: Mois,
  cumuls?: Cumuls,
  rappels?: Parameters<typeof computeBulletin>[0]['rappels'],
) => {
  const r = computeBulletin({ mois, situation, cumuls, parametres, rappels })
  if (!r.bulletin) throw new Error(r.anomalies.map((a) => a.message).join(' '))
  return { bulletin: r.bulletin, cumuls: r.cumuls! }
}
function payer(s: Situation) {
  const entrees: (Cumuls | undefined)[] = []
  let cumuls: Cumuls | undefined
  for (const m of PASSES) {
    entrees.push(cumuls)
    cumuls = compute(s, m, cumuls).cumuls
  }
  return { entrees, sortie: cumuls }
}
const patronal = (b: Bulletin, rappel: boolean) =>
  sum(b.lignes.filter((l) => (l.origine !== undefined) === rappel).map((l) => euros(l.montantPatronal ?? '0')))
const salaire = fc.integer({ min: 180_180, max: 900_000 }).map((n) => inEuros(BigInt(n) as never))

test('a raise known late leaves the reductions and the ceilings as if the past had been right', () => {
  fc.assert(
    fc.property(salaire, salaire, (a, b) => {
      const [avant, apres] = [salarie(a), salarie(b)]
      const paye = payer(avant)
      const juste = payer(apres)
      const rappels = PASSES.map((mois, i) => ({ mois, avant, apres, cumuls: paye.entrees[i] }))
      const r = compute(apres, at(6), paye.sortie, rappels)
      const attendu = compute(apres, at(6), juste.sortie)
      const { annee: _a, ...caisses } = r.cumuls.caisses
      const { annee: _b, ...attendues } = attendu.cumuls.caisses
      // A fund that the wrong months opened stays, empty of what it no longer holds.
      for (const [nom, grandeurs] of Object.entries(attendues)) expect(caisses[nom]).toMatchObject(grandeurs)
      expect(controlerBulletin(r.bulletin)).toEqual([])
      // June itself is that of the right year; the lines of rappel bring what the past months lacked.
      expect(patronal(r.bulletin, false)).toBe(patronal(attendu.bulletin, false))
      const du = PASSES.map((m, i) => {
        const faux = compute(avant, m, paye.entrees[i]).bulletin
        const vrai = compute(apres, m, juste.entrees[i]).bulletin
        return euros(vrai.totaux.cotisationsEmployeur) - euros(faux.totaux.cotisationsEmployeur)
      })
      expect(patronal(r.bulletin, true)).toBe(du.reduce((x, y) => x + y, 0n))
    }),
    { numRuns: 60 },
  )
})
