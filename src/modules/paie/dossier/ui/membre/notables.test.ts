import { expect, test } from 'vitest'
import { classerEcarts, phraseEcart, phraseInchanges } from './notables.ts'

const agent = (nom: string, netPrecedent: string | null, netAPayer: string | null, ecart: string | null) => ({
  carriereId: nom,
  nom,
  prenom: 'Anne',
  netAPayer,
  netPrecedent,
  ecart,
})

test('the greatest move comes first, up or down; arrivals and departures stand apart', () => {
  const r = classerEcarts([
    agent('Petit', '1500.00', '1510.00', '10.00'),
    agent('Stable', '1500.00', '1500.00', '0.00'),
    agent('Grand', '1500.00', '1200.00', '-300.00'),
    agent('Nouveau', null, '900.00', null),
    agent('Parti', '900.00', null, null),
  ])
  expect(r.changes.map((a) => a.nom)).toEqual(['Grand', 'Petit'])
  expect(r.nouveaux.map((a) => a.nom)).toEqual(['Nouveau'])
  expect(r.partis.map((a) => a.nom)).toEqual(['Parti'])
  expect(r.inchanges).toBe(1)
})

test('a difference reads as a sentence, without a sign', () => {
  const lire = (t: string) => t.replace(/[\u202f\u00a0]/g, ' ')
  expect(lire(phraseEcart(agent('Labat', '1500.00', '1200.00', '-300.00')))).toBe(
    'Le net de Anne Labat baisse de 300,00 €, de 1 500,00 € à 1 200,00 €.',
  )
  expect(lire(phraseInchanges(12))).toBe('12 bulletins sont au même net que le mois dernier.')
  expect(phraseInchanges(1)).toBe('Un bulletin est au même net que le mois dernier.')
})
