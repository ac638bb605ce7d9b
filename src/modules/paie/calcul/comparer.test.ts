import { describe, expect, test } from 'vitest'
import type { Mois } from '#socle/dates.ts'
import { computeBulletin } from './calculer.ts'
import { comparer, expliquerDifference } from './comparer.ts'
import { expliquerLigne, listRegles } from './expliquer.ts'
import { jeuLivre } from './parametres/livre.ts'
import { type Situation, zSituation } from './situation.ts'

const parametres = jeuLivre()
const agent = (over: object = {}): Situation =>
  zSituation.parse({
    statut: 'titulaire',
    categorie: 'C',
    im: 409,
    employeur: { effectif: 10 },
    transfertPrimesPoints: false,
    primes: [{ code: 'IFSE', montant: '160.00' }],
    ...over,
  })
const bulletin = (s: Situation, mois: string) =>
  computeBulletin({ mois: mois as Mois, situation: s, parametres }).bulletin!

describe('the difference between two payslips', () => {
  test('a change of rate is the only difference, and is said', () => {
    const [avant, apres] = [bulletin(agent(), '2025-12'), bulletin(agent(), '2026-01')]
    expect(comparer(avant, apres).lignes.map((l) => [l.code, l.genre, l.ecart, l.ecartPatronal])).toEqual([
      ['CNRACL', 'modifiee', '0.00', '60.40'],
    ])
    expect(expliquerDifference(avant, apres)).toEqual([
      'Le net à payer est le même en décembre 2025 et en janvier 2026 : 1\u202f697,06\u00a0€.',
      'Retraite CNRACL : part de l’employeur 697,65\u00a0€ puis 758,05\u00a0€ (+60,40\u00a0€), car le taux de l’employeur passe de 34,65 % à 37,65 %.',
    ])
  })
  test('a new gain comes first, the greatest first', () => {
    const phrases = expliquerDifference(bulletin(agent(), '2025-06'), bulletin(agent({ enfants: 2 }), '2025-07'))
    expect(phrases[0]).toMatch(/^Le net à payer passe de 1.697,06.€ \(juin 2025\) à .* \(juillet 2025\), soit \+/)
    expect(phrases[1]).toBe('Supplément familial de traitement : nouvelle ligne, 77,72\u00a0€.')
  })
  test('nothing has changed', () =>
    expect(comparer(bulletin(agent(), '2025-06'), bulletin(agent(), '2025-06'))).toEqual({ lignes: [], totaux: [] }))
})

describe('why this amount', () => {
  const pourquoi = (code: string, mois = '2025-06') =>
    expliquerLigne({ mois: mois as Mois, situation: agent({ nbi: 10 }), parametres }, code)!
  test('a contribution gives its rule, its base, its rate and the text', () => {
    const e = pourquoi('CNRACL')
    expect(e.regle.texte).toBe('Décret 2007-173, articles 3 et 5')
    expect(e.composants.map((x) => x.ligne)).toEqual(['TIB', 'NBI'])
    expect(e.parametres.map((p) => [p.code, p.valeur, p.depuis, p.verifie])).toEqual([
      ['cnracl.agent', '11.1 %', '2020-01-01', true],
      ['cnracl.employeur', '34.65 %', '2025-01-01', true],
    ])
    expect(e.phrases[0]).toBe('Retraite CNRACL : 228,95\u00a0€ pour l’agent et 714,71\u00a0€ pour l’employeur.')
  })
  test('a doubt is said', () => {
    const e = pourquoi('NBI')
    expect(e.verifie).toBe(false)
    expect(e.phrases.at(-1)).toBe('À confirmer : la règle n’est pas vérifiée à la source officielle.')
  })
  test('a line that is not there has no explanation', () =>
    expect(expliquerLigne({ mois: '2025-06' as Mois, situation: agent(), parametres }, 'SFT')).toBeUndefined())
  test('every rule has a statement, a text and a source', () => {
    const codes = listRegles().map((r) => r.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const r of listRegles()) expect(r.enonce.endsWith('.'), r.code).toBe(true)
  })
})
