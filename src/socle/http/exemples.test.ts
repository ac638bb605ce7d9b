import { expect, test } from 'vitest'
import { exempleOf, texteDuMotif } from './exemples.ts'

test.each([
  '^\\d{6,12}$',
  '^[0-9A-Z][0-9]$',
  '^[A-Z][A-Z0-9_]{1,39}$',
  '^(100(\\.00?)?|\\d{1,2}(\\.\\d{1,2})?)$',
  '^[0-9a-f]{64}$',
  '^\\d{2}-\\d{2}-\\d{2}$',
  '^(\\d{2}|2[AB])\\d{3}$',
  '^-?(?:\\d+)?x.y$',
])('the text drawn from %s is one that it accepts', (motif) => expect(texteDuMotif(motif)).toMatch(new RegExp(motif)))

test('what the shape carries comes first, then its first choice, then what its names say', () => {
  const texte = { type: 'string' }
  const properties = {
    iban: texte,
    jour: { ...texte, examples: ['2026-02-01'] },
    etat: { enum: ['ouvert', 'clos'] },
    agents: { type: 'array', items: { anyOf: [{ type: 'null' }, { type: 'integer', minimum: 3 }] } },
    fichier: {},
  }
  expect(exempleOf({ type: 'object', properties })).toEqual({
    iban: 'FR1420041010050500013M02606',
    jour: '2026-02-01',
    etat: 'ouvert',
    agents: [3],
    fichier: undefined,
  })
})
