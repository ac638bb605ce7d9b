import fc from 'fast-check'
import { expect, test } from 'vitest'
import { centimes, euros, inEuros, sum } from '#socle/argent.ts'
import { mois } from '#socle/dates.ts'
import type { Bulletin } from '../../calcul/index.ts'
import { type BulletinAPayer, type Comptes, type Part, ventiler } from './ventiler.ts'

const COMPTES: Comptes = { patronal: { CNRACL: 'cnracl' }, defaut: 'urssaf', caisses: {} }
const PRINCIPAL: Part = { budgetId: 'principal', fonction: '', quotite: '100.00' }

const bulletin = (traitement: string, retenue: string, patronal: string): Bulletin => ({
  mois: mois('2025-11'),
  population: 'titulaire',
  lignes: [
    { code: 'TRAITEMENT', libelle: 'Traitement', groupe: 'remuneration', montant: traitement },
    { code: 'CNRACL', libelle: 'CNRACL', groupe: 'retraite', montant: retenue, montantPatronal: patronal },
  ],
  totaux: { netAPayer: inEuros(centimes(euros(traitement) - euros(retenue))) } as Bulletin['totaux'],
})
const aPayer = (b: Bulletin, parts: BulletinAPayer['parts'] = [PRINCIPAL], nom = 'A'): BulletinAPayer => ({
  bulletin: b,
  nom,
  iban: 'FR76',
  bic: '',
  parts,
})

test('an agent of two budgets is paid by both, each line shared to the cent', () => {
  const v = ventiler(
    [
      aPayer(bulletin('2000.01', '222.00', '753.01'), [
        { budgetId: 'principal', fonction: '020', quotite: '66.67' },
        { budgetId: 'assainissement', fonction: '', quotite: '33.33' },
      ]),
    ],
    COMPTES,
  )
  expect(v.mandats.map((m) => [m.budgetId, m.caisse, m.lignes[0]!.fonction, m.total, m.virements[0]?.montant])).toEqual(
    [
      ['principal', 'agents', '020', '1333.41', '1185.40'],
      ['assainissement', 'agents', '', '666.60', '592.61'],
      ['principal', 'cnracl', '020', '502.03', undefined],
      ['assainissement', 'cnracl', '', '250.98', undefined],
    ],
  )
  expect(v.totaux).toEqual({ net: '1778.01', retenues: '222.00', patronal: '753.01', total: '2753.02' })
})

test('two functions of one budget are two lines of one mandat, and one transfer', () => {
  const v = ventiler(
    [
      aPayer(bulletin('1000.00', '100.00', '300.00'), [
        { budgetId: 'principal', fonction: '020', quotite: '50.00' },
        { budgetId: 'principal', fonction: '211', quotite: '50.00' },
      ]),
    ],
    COMPTES,
  )
  const [agents] = v.mandats
  expect(agents!.lignes.map((l) => [l.fonction, l.ht])).toEqual([
    ['020', '500.00'],
    ['211', '500.00'],
  ])
  expect(agents!.virements).toEqual([{ nom: 'A', iban: 'FR76', bic: '', montant: '900.00' }])
})

test('a fund that gives back more than it takes makes no mandat, and is told', () => {
  const v = ventiler([aPayer(bulletin('100.00', '-50.00', '-120.00'))], COMPTES)
  expect(v.mandats.map((m) => m.caisse)).toEqual(['agents'])
  expect(v.reprises).toEqual([{ budgetId: 'principal', caisse: 'cnracl', montant: '120.00' }])
})

test('whatever the shares, the mandats of all the budgets are the payslips, and the transfers are the nets', () => {
  const parts = fc
    .array(
      fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('', '020', '211'), fc.integer({ min: 1, max: 9999 })),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((l) => l.map(([budgetId, fonction, q]) => ({ budgetId, fonction, quotite: inEuros(centimes(q)) })))
  const amount = (min: number, max: number) => fc.integer({ min, max }).map((n) => inEuros(centimes(n)))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(amount(100_000, 400_000), amount(0, 50_000), amount(0, 200_000), parts), { minLength: 1 }),
      (agents) => {
        const v = ventiler(
          agents.map(([t, r, p, parts], i) => aPayer(bulletin(t, r, p), parts as never, `A${i}`)),
          COMPTES,
        )
        const bruts = sum(agents.map(([t]) => euros(t)))
        const nets = sum(agents.map(([t, r]) => centimes(euros(t) - euros(r))))
        const patronal = sum(agents.map(([, , p]) => euros(p)))
        expect(sum(v.mandats.map((m) => euros(m.total)))).toBe(bruts + patronal)
        expect(v.mandats.flatMap((m) => m.lignes).reduce((s, l) => s + euros(l.ht), 0n)).toBe(bruts + patronal)
        expect(v.mandats.flatMap((m) => m.virements).reduce((s, x) => s + euros(x.montant), 0n)).toBe(nets)
        expect(v.totaux.patronal).toBe(inEuros(patronal))
      },
    ),
    { numRuns: 200 },
  )
})
