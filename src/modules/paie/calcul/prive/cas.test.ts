import { describe, expect, test } from 'vitest'
import { jeuLivre } from '../parametres/livre.ts'
import { verifierUnCas } from '../verification/verifier.ts'

const cas = (over: Record<string, unknown>) => ({
  id: 'essai',
  title: 'Salarié de droit privé',
  profile: 'prive',
  period: '2026-01',
  fichier: 'essai.yaml',
  tolerance: 0.01,
  inputs: { brut: 2000, effectif: 30, taux_at: 0.0208 },
  expected: {},
  ...over,
})
const ecarts = (over: Record<string, unknown>) => verifierUnCas(cas(over), jeuLivre()).ecarts

describe('worked cases of private law', () => {
  test('figures expected one by one', () => {
    expect(ecarts({ expected: { rgdu: 629.4, agirc_t1_agent: 63, net_avant_impot: 1583.2 } })).toEqual([])
    expect(ecarts({ expected: { rgdu: 629.5 } })).toEqual([{ lieu: 'rgdu', attendu: '629.50', calcule: '629.40' }])
  })
  test('several months carry the régularisation', () => {
    const months = [
      { period: '2026-01', rgdu: 629.4 },
      { period: '2026-02', rgdu: 629.4 },
      { period: '2026-03', rgdu: -542.8, cet_agent: 0 },
    ]
    const inputs = { brut: [2000, 2000, 6000], effectif: 30, taux_at: 0.0208 }
    expect(ecarts({ period: '2026-01..2026-03', inputs, expected: { months } })).toEqual([])
    const faux = months.map((m) => ({ ...m, rgdu: 629.4 }))
    expect(ecarts({ period: '2026-01..2026-03', inputs, expected: { months: faux } }).map((e) => e.lieu)).toEqual([
      '2026-03 rgdu',
    ])
  })
  test('the lines of a payslip go by the names that the officers use', () => {
    const expected = {
      agent: [{ code: 'AGIRC_T1', base: 2000, taux: 0.0315, montant: 63 }],
      employeur: [{ code: 'AGIRC_T1_EMP', base: 2000, taux: 0.0472, montant: 94.4 }],
      totaux: { brut: 2000 },
    }
    // Without a list of gains the other lines are not looked at.
    expect(ecarts({ expected })).toEqual([])
  })
  test('a hole of the law fails the case with its name', () => {
    const [e] = ecarts({
      profile: 'prive_pec',
      inputs: { heures_hebdo: 26, taux_horaire: 12.02 },
      expected: { brut: 1 },
    })
    expect(e?.calcule).toContain('IRCANTEC')
  })
})
