import { expect, test } from 'vitest'
import { estEnRetard, parUrgence, resteAFaire, type Suivi } from './reste.ts'

const suivi = (difference: Partial<Suivi>): Suivi => ({
  client: 'a',
  nom: 'Pontonx-sur-l’Adour',
  type: 'Commune',
  siren: '214002305',
  gestionnaire: 'Léa Dubos',
  portefeuille: 'Chalosse',
  etat: 'calcule',
  agents: 12,
  bulletins: 12,
  anomalies: 0,
  bloquantes: 0,
  pieces: 0,
  piecesALire: 0,
  questions: 0,
  complements: 0,
  brut: '0.00',
  netAPayer: '0.00',
  cout: '0.00',
  estPerime: false,
  dateLimite: '2025-11-14',
  ...difference,
})

test.each`
  etat            | bloquantes | estPerime | reste
  ${'ouvert'}     | ${0}       | ${true}   | ${'calculer'}
  ${'calcule'}    | ${0}       | ${false}  | ${'envoyer'}
  ${'calcule'}    | ${0}       | ${true}   | ${'recalculer'}
  ${'calcule'}    | ${2}       | ${false}  | ${'bloquant'}
  ${'renvoye'}    | ${0}       | ${false}  | ${'renvoyee'}
  ${'aApprouver'} | ${0}       | ${false}  | ${'approuver'}
  ${'approuve'}   | ${0}       | ${false}  | ${'remettre'}
  ${'diffuse'}    | ${2}       | ${true}   | ${'fini'}
`('$etat with $bloquantes blocking anomalies: $reste', ({ reste, ...difference }) => {
  expect(resteAFaire(suivi(difference))).toBe(reste)
})

test('a month that is paid is not over while a production completes it', () => {
  expect(resteAFaire(suivi({ etat: 'diffuse', complements: 1 }))).toBe('completer')
  expect(resteAFaire(suivi({ etat: 'ouvert', complements: 1 }))).toBe('calculer')
})

test('a month that is at the visa is no longer late, whatever its date', () => {
  expect(estEnRetard(suivi({ etat: 'ouvert' }), '2025-11-15')).toBe(true)
  expect(estEnRetard(suivi({ etat: 'ouvert' }), '2025-11-14')).toBe(false)
  expect(estEnRetard(suivi({ etat: 'aApprouver' }), '2025-11-15')).toBe(false)
  expect(estEnRetard(suivi({ etat: 'ouvert', dateLimite: null }), '2025-11-15')).toBe(false)
})

test('blocked bodies come first, then the late ones, then what is left to do; the finished ones are last', () => {
  const noms = parUrgence(
    [
      suivi({ nom: 'Finie', etat: 'diffuse' }),
      suivi({ nom: 'À envoyer', dateLimite: '2025-12-15' }),
      suivi({ nom: 'En retard', etat: 'ouvert' }),
      suivi({ nom: 'Au visa', etat: 'aApprouver' }),
      suivi({ nom: 'Bloquée', bloquantes: 1, dateLimite: '2025-12-15' }),
      suivi({ nom: 'À calculer', etat: 'ouvert', dateLimite: '2025-12-15' }),
    ],
    '2025-11-20',
  ).map((s) => s.nom)
  expect(noms).toEqual(['Bloquée', 'En retard', 'À calculer', 'À envoyer', 'Au visa', 'Finie'])
})
