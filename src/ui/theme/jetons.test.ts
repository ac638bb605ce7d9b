import { expect, test } from 'vitest'
import { contraste, distance } from './couleurs.ts'
import { COULEURS, DENSITES, ETATS, type Mode, SERIES } from './jetons.ts'
import { COULEURS_ORGANISME, couleurOrganisme } from './organisme.ts'

const MODES: Mode[] = ['clair', 'sombre']

test('black on white is 21:1', () => expect(contraste('#000000', '#ffffff')).toBeCloseTo(21, 5))

test.each(MODES)('%s: text reads at 7:1 on every ground', (m) => {
  for (const texte of ['texte', 'discret'] as const)
    for (const fond of ['papier', 'surface', 'creux', 'accentPale'] as const)
      expect(contraste(COULEURS[texte][m], COULEURS[fond][m]), `${texte} on ${fond}`).toBeGreaterThanOrEqual(7)
})

test.each(MODES)('%s: the accent reads at 7:1, and so does the text laid on it', (m) => {
  for (const fond of ['papier', 'surface', 'creux', 'accentPale'] as const)
    expect(contraste(COULEURS.accent[m], COULEURS[fond][m]), fond).toBeGreaterThanOrEqual(7)
  expect(contraste(COULEURS.surAccent[m], COULEURS.accent[m])).toBeGreaterThanOrEqual(7)
  expect(contraste(COULEURS.surAccent[m], COULEURS.accentFort[m])).toBeGreaterThanOrEqual(7)
})

test.each(MODES)('%s: edges, focus and series are seen at 4.5:1', (m) => {
  for (const fond of ['papier', 'surface', 'creux'] as const) {
    expect(contraste(COULEURS.bord[m], COULEURS[fond][m]), `bord on ${fond}`).toBeGreaterThanOrEqual(4.5)
    expect(contraste(COULEURS.focus[m], COULEURS[fond][m]), `focus on ${fond}`).toBeGreaterThanOrEqual(4.5)
  }
  for (const s of SERIES) expect(contraste(s[m], COULEURS.surface[m]), s[m]).toBeGreaterThanOrEqual(4.5)
})

test.each(MODES)('%s: each state reads at 7:1 on its ground', (m) => {
  for (const [nom, e] of Object.entries(ETATS)) {
    expect(contraste(e.texte[m], e.fond[m]), nom).toBeGreaterThanOrEqual(7)
    expect(contraste(e.texte[m], COULEURS.surface[m]), nom).toBeGreaterThanOrEqual(7)
  }
})

test('white text reads at 7:1 on the twelve body colours', () => {
  expect(COULEURS_ORGANISME).toHaveLength(12)
  for (const c of COULEURS_ORGANISME) expect(contraste('#ffffff', c.hex), c.nom).toBeGreaterThanOrEqual(7)
})

test('no two body colours look alike', () => {
  for (const a of COULEURS_ORGANISME)
    for (const b of COULEURS_ORGANISME)
      if (a !== b) expect(distance(a.hex, b.hex), `${a.nom}, ${b.nom}`).toBeGreaterThanOrEqual(5)
})

test('the colour of a body is always the same, and the twelve are all used', () => {
  expect(couleurOrganisme('214000416')).toBe(couleurOrganisme('214000416'))
  const compte = new Map<string, number>()
  for (let i = 0; i < 400; i++) {
    const { nom } = couleurOrganisme(String(214000010 + i * 8))
    compte.set(nom, (compte.get(nom) ?? 0) + 1)
  }
  expect(compte.size).toBe(12)
  expect(Math.max(...compte.values())).toBeLessThan(80)
})

test('heights stand on the 4 px grid, the densest row has 32 px', () => {
  for (const d of Object.values(DENSITES)) expect([d.ligne % 4, d.champ % 4]).toEqual([0, 0])
  expect(DENSITES.tresDense.ligne).toBe(32)
})
