import { describe, expect, test } from 'vitest'
import { jour, mois } from '#socle/dates.ts'
import { formatInstant, type RecuImprimable, renderRecu, vueRecu } from './recu.ts'

const recu = (over: Partial<RecuImprimable> = {}): RecuImprimable => ({
  version: 1,
  numero: '2025-000123',
  deposeLe: '2025-11-04T08:05:12Z',
  deposant: 'Sylvie Lesbats',
  organisme: { nom: 'Commune de Saint-Paul-en-Born', siret: '21400278400018' },
  mois: mois('2025-11'),
  nature: 'Arrêté',
  effet: jour('2025-11-01'),
  fichier: { nom: 'arrete.pdf', taille: 184233, empreinte: '9f86d081884c7d659a2feaa0c55ad015'.repeat(2) },
  personnes: ['Marie-Hélène Dupouy-Lacaze'],
  ...over,
})
const valeur = (m: RecuImprimable, libelle: string) => vueRecu(m).lignes.find((l) => l.libelle === libelle)?.valeur

describe('the receipt of a deposit', () => {
  test('the hour is that of Paris, in winter and in summer', () => {
    expect(formatInstant('2025-11-04T08:05:12Z')).toBe(
      '04/11/2025 à 09\u00a0h\u00a005\u00a0min\u00a012\u00a0s, heure de Paris',
    )
    expect(formatInstant('2025-07-31T22:30:00Z')).toContain('01/08/2025 à 00\u00a0h')
  })
  test('it names the file, its hash, and whom it concerns', () => {
    expect(valeur(recu(), 'Fichier')).toBe('arrete.pdf (184\u202f233\u00a0octets)')
    expect(vueRecu(recu()).empreinte.join('')).toBe(recu().fichier.empreinte)
    expect(valeur(recu(), 'Personne concernée')).toBe('Marie-Hélène Dupouy-Lacaze')
    expect(valeur(recu({ personnes: ['A', 'B'] }), 'Personnes concernées')).toBe('A, B')
    expect(valeur(recu({ personnes: [] }), 'Personne concernée')).toBe('Aucune en particulier')
  })
  test('the PDF is the same twice, archived and tagged', () => {
    const premier = Buffer.from(renderRecu(recu()))
    expect(premier.equals(renderRecu(recu()))).toBe(true)
    const text = premier.toString('latin1')
    expect(text).toContain('<pdfaid:part>2</pdfaid:part>')
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(Buffer.from(renderRecu(recu(), 'ua-1')).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })
})
