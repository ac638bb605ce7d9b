import { describe, expect, test } from 'vitest'
import { add, euros, inEuros } from '#socle/argent.ts'
import { mois } from '#socle/dates.ts'
import { type Bulletin, computeBulletin, controlerBulletin, expliquer, jeuLivre, zSituation } from './index.ts'

const MOIS = mois('2025-11')
const parametres = jeuLivre()
const agent = (plus: object = {}) =>
  zSituation.parse({
    statut: 'titulaire',
    categorie: 'C',
    im: 376,
    employeur: { effectif: 12 },
    pas: { taux: '3.4 %' },
    ...plus,
  })
const HEURES = { heures: [{ type: 'supplementaires', moment: 'jour', minutes: 600 }] }
const payer = (situation: ReturnType<typeof agent>, deja?: Bulletin[]) => {
  const r = computeBulletin({ mois: MOIS, situation, parametres, deja })
  if (!r.bulletin) throw new Error(JSON.stringify(r.anomalies))
  return { ...r, bulletin: r.bulletin }
}
const total = (champ: 'netAPayer' | 'brut' | 'coutEmployeur' | 'pas', ...liste: Bulletin[]) =>
  inEuros(liste.map((b) => euros(b.totaux[champ])).reduce((a, b) => add(a, b)))

describe('a second payslip of the same month', () => {
  const premier = payer(agent())
  const entier = payer(agent(HEURES))
  const complement = payer(agent(HEURES), [premier.bulletin])

  test('pays the difference only, and the two add up to the whole month', () => {
    for (const champ of ['netAPayer', 'brut', 'coutEmployeur', 'pas'] as const)
      expect(total(champ, premier.bulletin, complement.bulletin)).toBe(entier.bulletin.totaux[champ])
    expect(complement.bulletin.lignes.map((l) => l.code)).not.toContain('TIB')
    expect(complement.bulletin.lignes.find((l) => l.code === 'RAFP')?.libelle).toMatch(/^RAFP|^Complément|^Retraite/)
    expect(controlerBulletin(complement.bulletin)).toEqual([])
  })
  test('leaves the accumulators of the whole month', () => {
    expect(complement.cumuls).toEqual(entier.cumuls)
  })
  test('a third one counts from the two others, and has nothing left to pay', () => {
    const troisieme = payer(agent(HEURES), [premier.bulletin, complement.bulletin])
    expect(troisieme.bulletin.lignes).toEqual([])
    expect(troisieme.bulletin.totaux.netAPayer).toBe('0.00')
  })
  test('each of its lines is explained by what was paid and what is due', () => {
    const explications = expliquer({ mois: MOIS, situation: agent(HEURES), parametres, deja: [premier.bulletin] })
    expect(explications).toHaveLength(complement.bulletin.lignes.length)
    const csg = explications.find((e) => e.ligne.code === 'CSG_DED')!
    expect(csg.regle.code).toBe('complement')
    expect(csg.calcul).toContain('au lieu de')
  })
  test('what was paid in excess is not taken back by a payment: it waits for the next month', () => {
    const trop = payer(agent(), [entier.bulletin])
    expect(trop.bulletin.totaux.netAPayer).toBe('0.00')
    expect(trop.cumuls?.reportNegatif).toBe(
      inEuros(add(euros(entier.bulletin.totaux.netAPayer), -euros(premier.bulletin.totaux.netAPayer) as never)),
    )
  })
})

test('an acompte pays without declaring anything, and the payslip of the month takes it off', () => {
  const avance = computeBulletin({ mois: MOIS, situation: agent(), parametres, acompte: '500.00' })
  expect(avance.bulletin?.totaux).toMatchObject({ netAPayer: '500.00', brut: '0.00', pas: '0.00' })
  expect(avance.cumuls).toBeUndefined()
  const entier = payer(agent())
  const solde = payer(agent(), [avance.bulletin!])
  expect(solde.bulletin.totaux.brut).toBe(entier.bulletin.totaux.brut)
  expect(total('netAPayer', avance.bulletin!, solde.bulletin)).toBe(entier.bulletin.totaux.netAPayer)
  expect(solde.bulletin.lignes.find((l) => l.code === 'ACOMPTE')?.montant).toBe('500.00')
  expect(controlerBulletin(solde.bulletin)).toEqual([])
})
