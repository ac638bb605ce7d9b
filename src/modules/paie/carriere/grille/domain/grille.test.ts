import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jour } from '#socle/dates.ts'
import type { Cellules } from '../contract.ts'
import { ecrireCellules, lireCellules, type VariableTenue, versionOf } from './grille.ts'

const v = (id: string, contenu: VariableTenue['contenu'], pieceId: string | null = null) => ({ id, contenu, pieceId })
const heures = (minutes: number, moment: 'jour' | 'nuit' = 'jour'): VariableTenue['contenu'] => ({
  nature: 'heures',
  heures: [{ type: 'supplementaires', moment, minutes }],
})
const prime = (code: string, montant: string) => ({ nature: 'prime', code, libelle: code, montant }) as const
const arret = {
  nature: 'absence',
  motif: 'maladie',
  depuis: jour('2025-11-03'),
  jusqua: jour('2025-11-10'),
  sansCarence: true,
} as const

test('a line shows what is entered; what the grid has no column for stays out of it', () => {
  const l = lireCellules([
    v('1', heures(90)),
    v('2', prime('CIA', '150.00')),
    v('3', prime('LOCALE', '9.00')),
    v('4', arret),
  ])
  expect(l).toEqual({
    cellules: {
      hsJour: '90',
      CIA: '150.00',
      absenceMotif: 'maladie',
      absenceDepuis: '2025-11-03',
      absenceJusqua: '2025-11-10',
    },
    bloquees: [],
  })
})

test('a changed cell replaces its variable and keeps its paper; the others are not touched', () => {
  const tenues = [v('1', heures(90), 'p1'), v('2', prime('CIA', '150.00'))]
  const { cellules } = lireCellules(tenues)
  expect(ecrireCellules(tenues, { ...cellules, hsNuit: '60' }, 'titulaire')).toEqual({
    retirer: ['1'],
    ajouter: [
      {
        contenu: {
          nature: 'heures',
          heures: [
            { type: 'supplementaires', moment: 'jour', minutes: 90 },
            { type: 'supplementaires', moment: 'nuit', minutes: 60 },
          ],
        },
        pieceId: 'p1',
      },
    ],
    fautes: [],
  })
  expect(ecrireCellules(tenues, { ...cellules, CIA: '' }, 'titulaire')).toEqual({
    retirer: ['2'],
    ajouter: [],
    fautes: [],
  })
})

test('an arrêt keeps its carence, and is refused when it has no end', () => {
  const tenues = [v('4', arret)]
  const { cellules } = lireCellules(tenues)
  const plusLong = ecrireCellules(tenues, { ...cellules, absenceJusqua: '2025-11-12' }, 'titulaire')
  expect(plusLong.ajouter[0]!.contenu).toEqual({ ...arret, jusqua: '2025-11-12' })
  const sansFin = ecrireCellules(tenues, { ...cellules, absenceJusqua: '' }, 'titulaire')
  expect(sansFin.fautes.map((f) => f.cellule)).toEqual(['absenceJusqua'])
})

test('two entries of a kind are left to the file of the agent', () => {
  const tenues = [v('1', prime('CIA', '1.00')), v('2', prime('CIA', '2.00'))]
  expect(lireCellules(tenues)).toMatchObject({ cellules: { CIA: '3.00' }, bloquees: ['CIA'] })
  expect(ecrireCellules(tenues, { CIA: '4.00' }, 'titulaire').fautes).toHaveLength(1)
})

test('the quantity is that of the contract', () => {
  const unite = (statut: string) => ecrireCellules([], { quantite: '3' }, statut).ajouter[0]!.contenu
  expect(unite('vacataire')).toMatchObject({ unite: 'vacations', nombre: '3' })
  expect(unite('cee')).toMatchObject({ unite: 'jours' })
  expect(unite('prive')).toMatchObject({ unite: 'heures' })
})

test('what is written reads back as it was typed', () => {
  const minutes = fc.option(fc.integer({ min: 1, max: 3000 }).map(String), { nil: '' })
  const montant = fc.option(
    fc.integer({ min: 1, max: 99_999 }).map((n) => (n / 100).toFixed(2)),
    { nil: '' },
  )
  fc.assert(
    fc.property(
      fc.record({
        hsJour: minutes,
        hsNuit: minutes,
        hsDimanche: minutes,
        complementaires: minutes,
        CIA: montant,
        REGIE: montant,
      }),
      (typees: Cellules) => {
        const { ajouter, fautes } = ecrireCellules([], typees, 'titulaire')
        expect(fautes).toEqual([])
        const relu = lireCellules(ajouter.map((a, i) => v(String(i), a.contenu)))
        for (const [c, valeur] of Object.entries(typees)) expect(relu.cellules[c as 'CIA'] ?? '').toBe(valeur)
        expect(relu.bloquees).toEqual([])
      },
    ),
  )
  expect(versionOf([v('b', heures(1)), v('a', heures(2))])).toBe('a,b')
})
