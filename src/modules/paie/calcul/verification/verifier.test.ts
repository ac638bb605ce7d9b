import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { jeuLivre } from '../parametres/livre.ts'
import { lireCas } from './cas.ts'
import { rapport, verifierCas, verifierUnCas } from './verifier.ts'

const DOSSIER = new URL('../../../../../../shared/reference/paie/cas', import.meta.url).pathname
const cas = existsSync(DOSSIER) ? lireCas(DOSSIER).cas : []
if (cas.length === 0) console.warn('Cas de référence absents : 33 cas non vérifiés.')

describe('the worked cases of the reference', () => {
  for (const c of cas) test(`${c.id} : ${c.title}`, () => expect(verifierUnCas(c, jeuLivre()).ecarts).toEqual([]))

  test.runIf(cas.length > 0)('the report ends with the count', () => {
    const { lignes } = rapport(verifierCas(DOSSIER, jeuLivre()))
    expect(lignes.at(-1)).toMatch(/^\d+ passed, \d+ failed$/)
  })
})

describe('a wrong case is seen', () => {
  const juste = {
    id: 'essai',
    title: 'Titulaire',
    profile: 'titulaire_cnracl',
    period: '2025-06',
    fichier: 'essai.yaml',
    tolerance: 0.01,
    inputs: { im: 376, transfert_primes_points: false },
    expected: { agent: [{ code: 'CNRACL', base: 1850.97, taux: 0.111, montant: 205.46 }] },
  }
  test.each`
    champ        | valeur     | attendu
    ${'montant'} | ${205.48}  | ${'CNRACL'}
    ${'base'}    | ${1850.99} | ${'CNRACL (base)'}
    ${'taux'}    | ${0.112}   | ${'CNRACL (taux en %)'}
  `('$champ $valeur', ({ champ, valeur, attendu }) => {
    const faux = { ...juste, expected: { totaux: {}, agent: [{ ...juste.expected.agent[0], [champ]: valeur }] } }
    expect(verifierUnCas(faux, jeuLivre()).ecarts.map((e) => e.lieu)).toEqual([attendu])
  })
})
