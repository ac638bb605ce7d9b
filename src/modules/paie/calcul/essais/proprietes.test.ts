import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, euros, fraction, inEuros, sum, times } from '#socle/argent.ts'
import { type Mois, moisRange } from '#socle/dates.ts'
import type { Bulletin, Cumuls } from '../bulletin.ts'
import { computeBulletin, type Resultat } from '../calculer.ts'
import { controlerBulletin } from '../controler.ts'
import { expliquer } from '../expliquer.ts'
import type { Rappel } from '../rappels.ts'
import type { Situation } from '../situation.ts'
import { agent, mois, situation } from './arbitraires.ts'
import { jeuEssai } from './jeu-essai.ts'

const parametres = jeuEssai()
const m = (text: string) => text as Mois
const MOIS = m('2025-06')
const compute = (s: Situation, cumuls?: Cumuls, at = MOIS, rappels?: Rappel[]) =>
  computeBulletin({ mois: at, situation: s, cumuls, parametres, rappels })
const bulletin = (r: Resultat): Bulletin => {
  if (!r.bulletin) throw new Error(r.anomalies.map((a) => a.message).join(' '))
  return r.bulletin
}
const ligne = (b: Bulletin, code: string) => b.lignes.find((l) => l.code === code)

describe('any situation', () => {
  test('gives a payslip whose lines add up, or says why not, and every line explains itself', () => {
    fc.assert(
      fc.property(situation, mois, (s, at) => {
        const r = compute(s, undefined, at)
        if (!r.bulletin) {
          expect(r.anomalies.some((a) => a.bloquante && a.message !== '' && a.conseil)).toBe(true)
          return
        }
        expect(controlerBulletin(r.bulletin)).toEqual([])
        expect(euros(r.bulletin.totaux.netAPayer) >= 0n).toBe(true)
        const explications = expliquer({ mois: at, situation: s, parametres })
        expect(explications.map((e) => e.ligne)).toEqual(r.bulletin.lignes)
        for (const e of explications) expect(e.phrases.length).toBeGreaterThan(1)
      }),
      { numRuns: 3000 },
    )
  })
  test('every contribution is its base times its rate, rounded once', () => {
    const cotise = new Set(['sante', 'retraite', 'famille', 'chomage', 'autres', 'csg', 'impot'])
    fc.assert(
      fc.property(situation, mois, (s, at) => {
        for (const l of compute(s, undefined, at).bulletin?.lignes ?? []) {
          if (!cotise.has(l.groupe) || l.base === undefined) continue
          if (l.montant !== undefined && l.taux?.endsWith('%'))
            expect([l.code, l.montant]).toEqual([l.code, inEuros(times(euros(l.base), [fraction(l.taux)]))])
          if (l.montantPatronal !== undefined && l.tauxPatronal?.endsWith('%'))
            expect([l.code, l.montantPatronal]).toEqual([
              l.code,
              inEuros(times(euros(l.basePatronale ?? l.base), [fraction(l.tauxPatronal)])),
            ])
        }
      }),
      { numRuns: 1500 },
    )
  })
  test('same input, same bytes', () => {
    fc.assert(
      fc.property(
        situation,
        mois,
        (s, at) =>
          JSON.stringify(compute(s, undefined, at)) === JSON.stringify(compute(structuredClone(s), undefined, at)),
      ),
      { numRuns: 500 },
    )
  })
  test('the input is not touched', () => {
    fc.assert(
      fc.property(situation, mois, (s, at) => {
        const before = JSON.stringify(s)
        compute(s, undefined, at)
        return JSON.stringify(s) === before
      }),
      { numRuns: 300 },
    )
  })
})

describe('a coherent agent', () => {
  test('the net never rises when a retenue rises', () => {
    fc.assert(
      fc.property(
        agent,
        fc.integer({ min: 0, max: 300_000 }),
        fc.integer({ min: 0, max: 300_000 }),
        fc.constantFrom('acompte', 'saisie', 'pensionAlimentaire'),
        (s, a, b, type) => {
          const net = (n: number) =>
            euros(
              bulletin(
                compute({ ...s, retenues: [{ code: 'R', type: type as 'acompte', montant: (n / 100).toFixed(2) }] }),
              ).totaux.netAPayer,
            )
          return net(Math.max(a, b)) <= net(Math.min(a, b))
        },
      ),
      { numRuns: 300 },
    )
  })
  test('the gross and the cost never fall when the working time rises', () => {
    fc.assert(
      fc.property(agent, fc.integer({ min: 1680, max: 2100 }), fc.integer({ min: 1680, max: 2100 }), (s, a, b) => {
        const t = (n: number) => bulletin(compute({ ...s, minutesHebdo: n })).totaux
        const [peu, plus] = [t(Math.min(a, b)), t(Math.max(a, b))]
        return euros(peu.brut) <= euros(plus.brut) && euros(peu.coutEmployeur) <= euros(plus.coutEmployeur)
      }),
      { numRuns: 300 },
    )
  })
  test('a better index never lowers the gross nor the pension contribution', () => {
    fc.assert(
      fc.property(agent, fc.integer({ min: 366, max: 1100 }), fc.integer({ min: 366, max: 1100 }), (s, a, b) => {
        const x = bulletin(compute({ ...s, im: Math.min(a, b) }))
        const y = bulletin(compute({ ...s, im: Math.max(a, b) }))
        const code = s.statut === 'titulaire' ? 'CNRACL' : 'VIEIL_DEPLAF'
        return (
          euros(x.totaux.brut) <= euros(y.totaux.brut) &&
          euros(ligne(x, code)?.montant ?? '0') <= euros(ligne(y, code)?.montant ?? '0')
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('the year', () => {
  const ANNEE = moisRange(m('2025-01'), m('2025-12'))
  test('twelve months with régularisation give the yearly bases', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_200_000 }), { minLength: 12, maxLength: 12 }), (primes) => {
        let cumuls: Cumuls | undefined
        let brut = 0n
        let plafonnee = 0n
        let b = 0n
        for (const [i, at] of ANNEE.entries()) {
          const s: Situation = {
            statut: 'contractuel',
            im: 400,
            employeur: { effectif: 10 },
            primes: [{ code: 'P', montant: (primes[i]! / 100).toFixed(2) }],
          }
          const r = compute(s, cumuls, at)
          const l = bulletin(r)
          cumuls = r.cumuls
          brut += euros(l.totaux.brut)
          plafonnee += euros(ligne(l, 'VIEIL_PLAF')?.base ?? '0')
          b += euros(ligne(l, 'IRCANTEC_B')?.base ?? '0')
        }
        const pass = 4_710_000n
        const min = (x: bigint, y: bigint) => (x < y ? x : y)
        expect(plafonnee).toBe(min(brut, pass))
        expect(b).toBe(min(brut, 8n * pass) - min(brut, pass))
      }),
      { numRuns: 200 },
    )
  })
  test('a new year starts from zero', () => {
    const s: Situation = { statut: 'contractuel', im: 900, employeur: { effectif: 10, tauxAt: '1.72 %' } }
    const decembre = compute(s, undefined, m('2024-12'))
    const janvier = compute(s, decembre.cumuls, m('2025-01'))
    expect(janvier.cumuls?.annee).toBe(2025)
    expect(janvier.cumuls?.caisses.annee?.brut).toBe(bulletin(janvier).totaux.brut)
  })
  test('a month already counted is refused', () => {
    const s: Situation = { statut: 'contractuel', im: 400, employeur: { effectif: 10 } }
    const r = compute(s, compute(s).cumuls)
    expect(r.anomalies.map((a) => a.code)).toEqual(['paie.moisDejaCompte'])
  })
})

describe('rappels', () => {
  const passes = moisRange(m('2025-02'), m('2025-05'))
  /** Four months paid on `avant`, then the accumulators that entered each of them. */
  function payer(s: Situation): { entrees: (Cumuls | undefined)[]; sortie: Cumuls | undefined } {
    const entrees: (Cumuls | undefined)[] = []
    let cumuls: Cumuls | undefined
    for (const at of passes) {
      entrees.push(cumuls)
      cumuls = compute(s, cumuls, at).cumuls
    }
    return { entrees, sortie: cumuls }
  }
  const totaux = (b: Bulletin) => {
    const r = b.lignes.filter((l) => l.origine !== undefined)
    return {
      agent: inEuros(sum(r.map((l) => euros(l.montant ?? '0')))),
      patronal: inEuros(sum(r.map((l) => euros(l.montantPatronal ?? '0')))),
    }
  }

  test('a rappel leaves the accumulators and the year as if the past had been right', () => {
    fc.assert(
      fc.property(agent, fc.integer({ min: 366, max: 1100 }), (s, im) => {
        const apres = { ...s, im }
        const { entrees, sortie } = payer(s)
        const rappels = passes.map((at, i) => ({ mois: at, avant: s, apres, cumuls: entrees[i] }))
        const r = compute(apres, sortie, MOIS, rappels)
        const juste = compute(apres, payer(apres).sortie, MOIS)
        const { annee: _a, ...caisses } = r.cumuls!.caisses
        const { annee: _b, ...attendues } = juste.cumuls!.caisses
        expect(caisses).toEqual(attendues)
        expect(controlerBulletin(bulletin(r))).toEqual([])
        // Every cent that the right months would have shown is on the lines of rappel.
        const du = passes.map((at, i) => {
          const faux = bulletin(compute(s, entrees[i], at))
          const vrai = bulletin(compute(apres, payer(apres).entrees[i], at))
          return euros(vrai.totaux.brut) - euros(faux.totaux.brut)
        })
        const rappele = sum(
          bulletin(r)
            .lignes.filter((l) => l.origine !== undefined && l.groupe === 'remuneration')
            .map((l) => euros(l.montant!)),
        )
        expect(rappele).toBe(du.reduce((a, b) => a + b, 0n))
      }),
      { numRuns: 100 },
    )
  })
  test('a rappel followed by its reversal gives zero', () => {
    fc.assert(
      fc.property(agent, fc.integer({ min: 366, max: 1100 }), (s, im) => {
        const apres = { ...s, im }
        const { entrees, sortie } = payer(s)
        const aller = compute(
          s,
          sortie,
          MOIS,
          passes.map((at, i) => ({ mois: at, avant: s, apres, cumuls: entrees[i] })),
        )
        const corriges = payer(apres)
        const retour = compute(
          s,
          aller.cumuls,
          m('2025-07'),
          passes.map((at, i) => ({ mois: at, avant: apres, apres: s, cumuls: corriges.entrees[i] })),
        )
        const [x, y] = [totaux(bulletin(aller)), totaux(bulletin(retour))]
        expect(inEuros(add(euros(x.agent), euros(y.agent)))).toBe('0.00')
        expect(inEuros(add(euros(x.patronal), euros(y.patronal)))).toBe('0.00')
      }),
      { numRuns: 100 },
    )
  })
  test('a month never paid is paid whole, a month paid too much is taken back whole', () => {
    const s: Situation = { statut: 'contractuel', im: 900, employeur: { effectif: 10 } }
    const mai = bulletin(compute(s, undefined, m('2025-05')))
    const entree = compute(s, undefined, MOIS, [{ mois: m('2025-05'), apres: s }])
    const cotise = (b: Bulletin, signe: bigint) =>
      b.lignes
        .filter((l) => l.origine !== undefined && l.groupe !== 'remuneration')
        .map((l) => [l.code, signe * euros(l.montant ?? '0')])
    expect(euros(bulletin(entree).totaux.brut)).toBe(2n * euros(mai.totaux.brut))
    const sortie = compute(s, compute(s, undefined, m('2025-05')).cumuls, MOIS, [{ mois: m('2025-05'), avant: s }])
    expect(bulletin(sortie).totaux.brut).toBe('0.00')
    expect(cotise(bulletin(sortie), -1n)).toEqual(cotise(bulletin(entree), 1n))
    expect(controlerBulletin(bulletin(entree))).toEqual([])
  })
  test('an avancement in the middle of a past month is one line of rappel', () => {
    const s: Situation = { statut: 'titulaire', im: 373, employeur: { effectif: 10 } }
    const apres: Situation = { ...s, periodes: [{ depuis: '2025-05-15' as never, im: 376 }] }
    const b = bulletin(compute({ ...s, im: 376 }, undefined, MOIS, [{ mois: m('2025-05'), avant: s, apres }]))
    expect(
      b.lignes.filter((l) => l.origine !== undefined && l.groupe === 'remuneration').map((l) => [l.libelle, l.montant]),
    ).toEqual([['Rappel mai 2025 : Traitement indiciaire', '7.87']])
    expect(controlerBulletin(b)).toEqual([])
  })
  test('a rate published late is a rappel of the difference', () => {
    const s: Situation = { statut: 'titulaire', im: 409, employeur: { effectif: 10 } }
    const publie = parametres.avec([
      { code: 'cnracl.employeur', depuis: '2026-01-01' as never, valeur: '40 %', source: 'essai', verifie: false },
    ])
    const r = computeBulletin({
      mois: m('2026-02'),
      situation: s,
      parametres: publie,
      rappels: [{ mois: m('2026-01'), avant: s, apres: s, parametresAvant: parametres }],
    })
    const rappel = bulletin(r).lignes.filter((l) => l.origine !== undefined)
    expect(rappel.map((l) => [l.code, l.montant, l.montantPatronal])).toEqual([['CNRACL', '0.00', '47.32']])
  })
  test('a rappel that changes nothing has no line', () => {
    const s: Situation = { statut: 'titulaire', categorie: 'C', im: 376, employeur: { effectif: 10 } }
    const b = bulletin(compute(s, undefined, MOIS, [{ mois: m('2025-05'), avant: s, apres: s }]))
    expect(b.lignes.filter((l) => l.origine !== undefined)).toEqual([])
  })
  test('a negative net is carried over, never paid', () => {
    const s: Situation = { statut: 'titulaire', categorie: 'C', im: 700, employeur: { effectif: 10 } }
    const trop = moisRange(m('2025-01'), m('2025-05')).map((at) => ({ mois: at, avant: s, apres: { ...s, im: 400 } }))
    const juin = compute({ ...s, im: 400 }, undefined, MOIS, trop)
    expect(bulletin(juin).totaux.netAPayer).toBe('0.00')
    expect(juin.anomalies.map((a) => a.code)).toEqual(['paie.netNegatif'])
    const du = euros(juin.cumuls?.reportNegatif ?? '0')
    expect(du > 0n).toBe(true)
    const juillet = compute({ ...s, im: 400 }, juin.cumuls, m('2025-07'))
    expect(ligne(bulletin(juillet), 'REPORT_NEGATIF')?.montant).toBe(inEuros(du))
  })
})
