import { expect, test } from 'vitest'
import { appliquer, type ColonneGrille, copierCellule, ecrireCellule, inverser, lireCellule, sommer } from './modele.ts'

const heures: ColonneGrille = {
  cle: 'heures',
  titre: 'Heures',
  genre: 'nombre',
  verifier: (v) => (Number(v) > 25 ? 'Au plus 25 heures supplémentaires par mois.' : undefined),
}
const statut: ColonneGrille = {
  cle: 'statut',
  titre: 'Statut',
  genre: 'choix',
  choix: [
    { valeur: 'titulaire', libelle: 'Titulaire' },
    { valeur: 'stagiaire', libelle: 'Stagiaire' },
    { valeur: 'contractuel', libelle: 'Contractuel' },
  ],
}
const lire = (texte: string, c: ColonneGrille) => lireCellule(texte, c, {}, '2026-11-24')

test('a cell reads the quick typing of its column', () => {
  expect(lire('12,5', heures)).toEqual({ valeur: '12.5' })
  expect(lire('  ', heures)).toEqual({ valeur: '' })
  expect(lire('26', heures)).toEqual({ faute: 'Au plus 25 heures supplémentaires par mois.' })
  expect(lire('beaucoup', heures)).toEqual({ faute: 'Un nombre est attendu, avec 2 décimales au plus.' })
})

test('a choice is made by its first letters when they leave only one', () => {
  expect(lire('sta', statut)).toEqual({ valeur: 'stagiaire' })
  expect(lire('TITULAIRE', statut)).toEqual({ valeur: 'titulaire' })
  expect(lire('t', statut)).toEqual({ faute: 'Choix possibles : Titulaire, Stagiaire, Contractuel.' })
})

test('a cell reads in French and is copied for a spreadsheet', () => {
  const prime: ColonneGrille = { cle: 'prime', titre: 'Prime', genre: 'montant' }
  expect(ecrireCellule('1234.50', prime)).toBe('1\u202f234,50')
  expect(copierCellule('1234.50', prime)).toBe('1234,50')
  expect(ecrireCellule('stagiaire', statut)).toBe('Stagiaire')
})

test('totals are exact', () => {
  expect(sommer(['0.10', '0.20', ''])).toBe('0.30')
  expect(sommer(['-1.05', '1'])).toBe('-0.05')
  expect(sommer([])).toBe('0')
})

test('a modification and its inverse leave the lines as they were', () => {
  const lignes = [
    { id: 'a', heures: '1' },
    { id: 'b', heures: '2' },
  ]
  const ms = [
    { ligne: 'a', colonne: 'heures', avant: '1', apres: '5' },
    { ligne: 'a', colonne: 'heures', avant: '5', apres: '6' },
  ]
  const apres = appliquer(lignes, (l) => l.id, ms)
  expect(apres).toEqual([{ id: 'a', heures: '6' }, lignes[1]])
  expect(apres[1]).toBe(lignes[1])
  expect(appliquer(apres, (l) => l.id, inverser(ms))).toEqual(lignes)
})
