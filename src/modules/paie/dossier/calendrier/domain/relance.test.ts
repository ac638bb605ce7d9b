import { expect, test } from 'vitest'
import { type Jour, mois } from '#socle/dates.ts'
import { composeRelance, relanceDue } from './relance.ts'

const j = (t: string) => t as Jour
const m = (attendues: number, enRetard = 0) => ({ attendues, aRemplacer: 0, questions: enRetard, enRetard })

test.each([
  ['three days before, a paper missing', '2025-11-07', m(1), null, true],
  ['three days before, nothing missing', '2025-11-07', m(0), null, false],
  ['four days before', '2025-11-06', m(1), null, false],
  ['the day itself', '2025-11-10', m(1), '2025-11-07', true],
  ['already sent today', '2025-11-10', m(1), '2025-11-10', false],
  ['a late question, never reminded', '2025-11-18', m(0, 1), null, true],
  ['a late question, reminded two days ago', '2025-11-18', m(0, 1), '2025-11-16', false],
  ['a late question, reminded three days ago', '2025-11-18', m(0, 1), '2025-11-15', true],
])('%s', (_, aujourdhui, manques, derniere, due) => {
  expect(relanceDue(j('2025-11-10'), j(aujourdhui), manques, derniere as Jour | null)).toBe(due)
})

test('the mail counts, names nobody and gives the address of the month', () => {
  const c = composeRelance({
    organisme: 'Mairie de Benquet',
    mois: mois('2025-11'),
    limite: j('2025-11-10'),
    aujourdhui: j('2025-11-07'),
    manques: { attendues: 2, aRemplacer: 1, questions: 3, enRetard: 1 },
    mot: '',
    lien: 'https://paie.agence.example/o/214000416/dossier/2025-11',
    par: 'Zoé Béarn',
  })
  expect(c.objet).toBe('Paie de novembre 2025 : 2 pièces attendues')
  expect(c.texte).toMatchInlineSnapshot(`
    "Bonjour,

    Mairie de Benquet, paie de novembre 2025 :

    - 2 pièces attendues
    - 1 pièce à compléter ou à remplacer
    - 3 questions en cours, dont 1 en retard

    La date limite des dépôts est le 10/11/2025.

    Ouvrir le dossier : https://paie.agence.example/o/214000416/dossier/2025-11

    Zoé Béarn"
  `)
})
