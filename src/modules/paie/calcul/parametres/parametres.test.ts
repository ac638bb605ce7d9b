import { describe, expect, test } from 'vitest'
import { type Jour, type Mois, moisRange } from '#socle/dates.ts'
import { JeuParametres, ParametreManquant } from './jeu.ts'
import { jeuLivre, themesLivres } from './livre.ts'
import { zParametre } from './schema.ts'

const valeur = (depuis: string, jusqua: string | undefined, v: string | null, source = 'essai') => ({
  depuis,
  ...(jusqua !== undefined && { jusqua }),
  valeur: v,
  source,
  verifie: true,
})
const parametre = (...valeurs: object[]) => ({ code: 'essai.taux', libelle: 'Essai', unite: 'taux', valeurs })
const messages = (p: unknown) => zParametre.safeParse(p).error?.issues.map((i) => i.message) ?? []

describe('the data files', () => {
  test('every code is unique and every file has a theme', () => {
    const codes = themesLivres().flatMap((t) => t.parametres.map((p) => p.code))
    expect(new Set(codes).size).toBe(codes.length)
    expect(themesLivres().length).toBeGreaterThan(10)
  })
  test('every value has a source, and a verified one names where it was seen', () => {
    for (const t of themesLivres())
      for (const p of t.parametres)
        for (const v of p.valeurs) {
          expect(v.source, p.code).not.toBe('')
          if (v.verifie)
            expect(v.source, `${p.code} ${v.depuis}`).not.toMatch(/connaissance générale|non trouvée|non reprise/)
        }
  })
  test('a known hole has no value and is never marked verified', () => {
    for (const p of jeuLivre().parametres.values())
      for (const v of p.valeurs) if (v.valeur === null) expect(v.verifie, p.code).toBe(false)
  })
})

describe('the schema', () => {
  test('overlapping dates are refused', () =>
    expect(
      messages(parametre(valeur('2024-01-01', '2025-02-01', '1 %'), valeur('2025-01-01', undefined, '2 %'))),
    ).toEqual(['essai.taux : deux valeurs se chevauchent au 2025-01-01.']))
  test('an open value followed by another overlaps it', () =>
    expect(
      messages(parametre(valeur('2024-01-01', undefined, '1 %'), valeur('2025-01-01', undefined, '2 %'))),
    ).toHaveLength(1))
  test('a silent hole is refused, a declared one is not', () => {
    const a = valeur('2024-01-01', '2024-06-01', '1 %')
    const b = valeur('2025-01-01', undefined, '2 %')
    expect(messages(parametre(a, b))).toEqual(['essai.taux : trou non déclaré entre 2024-06-01 et 2025-01-01.'])
    expect(messages(parametre(a, valeur('2024-06-01', '2025-01-01', null), b))).toEqual([])
  })
  test('a missing source is refused', () =>
    expect(messages(parametre(valeur('2024-01-01', undefined, '1 %', '')))).toContain('La source est obligatoire.'))
})

describe('a set of parameters', () => {
  const jeu = jeuLivre()
  test.each`
    mois         | code                      | texte
    ${'2024-12'} | ${'cnracl.employeur'}     | ${'31.65 %'}
    ${'2025-01'} | ${'cnracl.employeur'}     | ${'34.65 %'}
    ${'2026-01'} | ${'cnracl.employeur'}     | ${'37.65 %'}
    ${'2024-10'} | ${'smic.mensuel'}         | ${'1766.92'}
    ${'2024-11'} | ${'smic.mensuel'}         | ${'1801.8'}
    ${'2025-02'} | ${'rs.maladie.employeur'} | ${'9.88 %'}
    ${'2024-02'} | ${'rs.maladie.employeur'} | ${'8.88 %'}
  `('$code in $mois is $texte', ({ mois, code, texte }) => expect(jeu.pour(mois).get(code).texte).toBe(texte))

  test('a hole throws and names the parameter', () => {
    expect(() => jeu.pour('2026-01' as Mois).get('ircantec.a.agent')).toThrow(ParametreManquant)
    expect(jeu.trous('2026-03' as Mois).map((p) => p.code)).toContain('ircantec.b.employeur')
    expect(jeu.trous('2025-06' as Mois).map((p) => p.code)).not.toContain('ircantec.b.employeur')
  })
  test('publishing a value leaves the set it came from untouched, and cuts what was there', () => {
    const publie = {
      code: 'cnracl.employeur',
      depuis: '2026-04-01' as Jour,
      jusqua: '2026-07-01' as Jour,
      valeur: '38 %',
      source: 'essai',
      verifie: false,
    }
    const apres = jeu.avec([publie])
    expect(
      ['2026-03', '2026-04', '2026-06', '2026-07'].map((m) => apres.pour(m as Mois).get('cnracl.employeur').texte),
    ).toEqual(['37.65 %', '38 %', '38 %', '37.65 %'])
    expect(jeu.pour('2026-04' as Mois).get('cnracl.employeur').texte).toBe('37.65 %')
    expect(apres.empreinte()).not.toBe(jeu.empreinte())
  })
  test('a published value without a source is refused', () =>
    expect(() =>
      jeu.avec([{ code: 'crds', depuis: '2026-04-01' as Jour, valeur: '1 %', source: '', verifie: false }]),
    ).toThrow())
  test('frozen and read back, a set is the same, to the byte', () => {
    const extrait = jeu.extrait('2025-01' as Mois, '2025-12' as Mois)
    const relu = JeuParametres.lire(extrait.serialiser())
    expect(relu.serialiser()).toBe(extrait.serialiser())
    expect(relu.empreinte()).toBe(extrait.empreinte())
    for (const m of moisRange('2025-01' as Mois, '2025-12' as Mois))
      expect(relu.pour(m).get('smic.mensuel').texte).toBe(jeu.pour(m).get('smic.mensuel').texte)
    expect(extrait.parametres.size).toBeLessThanOrEqual(jeu.parametres.size)
  })
})
