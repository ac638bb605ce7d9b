import { expect, test } from 'vitest'
import { phraseLimite, situationDepot, situationVisa } from './phrases.ts'

const compteurs = {
  agents: 15,
  bulletins: 15,
  editions: 0,
  pieces: 4,
  piecesALire: 1,
  questions: 0,
  variables: 2,
  anomalies: 0,
  bloquantes: 0,
  rappels: 0,
  complements: 0,
}
const dossier = (etat: 'ouvert' | 'calcule' | 'aApprouver' | 'renvoye' | 'approuve' | 'diffuse') => ({
  mois: '2025-10',
  etat,
  dateLimiteDepot: null,
  envoyeLe: '2025-10-20T08:00:00Z',
  envoyePar: 'Anne Labat',
  approuveLe: '2025-10-21T09:30:00Z',
  approuvePar: 'Jean Lafitte',
  motifRenvoi: 'Les heures de Paul manquent.',
  diffuseLe: '2025-10-21T09:40:00Z',
  closLe: null,
  closPar: null,
  compteurs,
})
const lire = (t: string) => t.replace(/[\u202f\u00a0]/g, ' ')

test('each state says where the month stands and what happens next, to both readers', () => {
  const etats = ['ouvert', 'calcule', 'aApprouver', 'renvoye', 'approuve', 'diffuse'] as const
  expect(etats.map((e) => lire(situationDepot(dossier(e)).phrase))).toMatchInlineSnapshot(`
    [
      "Le dossier d’octobre 2025 est ouvert : déposez les pièces du mois.",
      "La paie d’octobre 2025 est calculée ; votre gestionnaire la contrôle.",
      "La paie d’octobre 2025 attend l’approbation de l’ordonnateur depuis le 20/10/2025 à 10:00.",
      "L’ordonnateur a renvoyé la paie d’octobre 2025 : « Les heures de Paul manquent. »",
      "La paie d’octobre 2025 est approuvée par Jean Lafitte le 21/10/2025 à 11:30.",
      "Les bulletins d’octobre 2025 sont remis depuis le 21/10/2025 à 11:40.",
    ]
  `)
  expect(etats.map((e) => lire(situationVisa(dossier(e)).phrase))).toMatchInlineSnapshot(`
    [
      "La paie d’octobre 2025 n’est pas encore calculée.",
      "La paie d’octobre 2025 est calculée ; votre gestionnaire la contrôle.",
      "La paie d’octobre 2025 attend votre approbation, envoyée par Anne Labat le 20/10/2025 à 10:00.",
      "Vous avez renvoyé la paie d’octobre 2025 : « Les heures de Paul manquent. »",
      "La paie d’octobre 2025 est approuvée par Jean Lafitte le 21/10/2025 à 11:30.",
      "La paie d’octobre 2025 est approuvée par Jean Lafitte le 21/10/2025 à 11:30.",
    ]
  `)
  for (const e of etats)
    for (const s of [situationDepot(dossier(e)), situationVisa(dossier(e))])
      expect(s.suite).toMatch(/Ensuite|rien à faire|Si vous approuvez/)
})

test('a past deadline is said without closing the door', () => {
  expect(phraseLimite(null, '2025-11-03')).toBeUndefined()
  expect(phraseLimite('2025-11-05', '2025-11-03')).toBe('À déposer au plus tard le mercredi 5 novembre 2025.')
  expect(phraseLimite('2025-11-05', '2025-11-05')).toContain('aujourd’hui')
  expect(phraseLimite('2025-11-05', '2025-11-06')).toContain('La date limite est passée')
})
