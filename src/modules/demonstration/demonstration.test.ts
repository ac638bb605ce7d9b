import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { computeBulletin, jeuLivre, listGrades, zSituation } from '#modules/paie/calcul/index.ts'
import { toSituation } from '#modules/paie/carriere/index.ts'
import { dernierJour, type Mois, premierJour } from '#socle/dates.ts'
import { isIban, isLuhn, isNir } from './domain/cles.ts'
import { maximumAdjoints } from './domain/conseil-municipal.ts'
import { POSTES } from './domain/postes.ts'
import { buildDemonstration, carrieresToPay } from './index.ts'

const d = buildDemonstration()
const organismes = new Map(d.organismes.map((o) => [o.id, o]))
const personnes = new Map(d.personnes.map((p) => [p.id, p]))
const carrieres = new Map(d.carrieres.map((c) => [c.id, c]))
const hash = (x: unknown) => createHash('sha256').update(JSON.stringify(x)).digest('hex')
const countBy = <T>(liste: readonly T[], key: (x: T) => string) =>
  Object.fromEntries([...Map.groupBy(liste, key)].map(([k, v]) => [k, v.length]))
const duplicates = (liste: readonly string[]) => liste.length - new Set(liste).size

test('the same seed gives the same data, and it is plain JSON', () => {
  const again = buildDemonstration()
  expect(hash(again)).toBe(hash(d))
  expect(JSON.parse(JSON.stringify(d))).toEqual(d)
})

describe('bodies', () => {
  test('the communes and communautés of the Landes, with what is added around them', () => {
    expect(countBy(d.organismes, (o) => o.type)).toEqual({
      agence: 1,
      cc: 16,
      ca: 2,
      commune: 327,
      ccas: 144,
      cias: 16,
      ehpad: 34,
      sad: 9,
      ssiad: 7,
      syndicat: 44,
    })
  })
  test('every SIREN and SIRET has a valid key, and no two bodies share one', () => {
    expect(d.organismes.filter((o) => !isLuhn(o.siren) || !isLuhn(o.siret) || !o.siret.startsWith(o.siren))).toEqual([])
    expect(duplicates(d.organismes.map((o) => o.siren))).toBe(0)
  })
  test('a body that does not exist is known by its SIREN, and only such a body', () => {
    expect(d.organismes.filter((o) => o.estFictif !== o.siren.startsWith('2999'))).toEqual([])
    expect(d.organismes.filter((o) => ['commune', 'cc', 'ca'].includes(o.type) && o.estFictif)).toEqual([])
  })
  test('a commune has its INSEE code, a postcode, a population and its EPCI', () => {
    const amiss = d.organismes.filter(
      (o) =>
        o.type === 'commune' &&
        !(/^40\d{3}$/.test(o.codeInsee) && /^40\d{3}$/.test(o.codePostal) && o.populations.length === 1 && o.epciId),
    )
    expect(amiss).toEqual([])
    expect(d.organismes.flatMap((o) => o.populations).filter((p) => p.totale < p.municipale)).toEqual([])
  })
  test('addresses end in .example', () => {
    expect([...d.organismes, ...d.personnes, ...d.comptes].filter((x) => !x.courriel.endsWith('.example'))).toEqual([])
  })
})

describe('people to pay', () => {
  test.each(d.mois)('5,500 payslips are due for %s, over 109 bodies of 2 to more than 600', (m) => {
    const payees = carrieresToPay(d.carrieres, m)
    expect(payees).toHaveLength(5500)
    const tailles = Object.values(countBy(payees, (c) => c.organismeId))
    expect(tailles).toHaveLength(109)
    expect(Math.min(...tailles)).toBe(2)
    expect(Math.max(...tailles)).toBeGreaterThan(600)
  })
  test('the clients are those bodies and they have their settings', () => {
    const clients = d.organismes.filter((o) => o.pex !== null).map((o) => o.id)
    expect(new Set(clients)).toEqual(new Set(d.carrieres.map((c) => c.organismeId)))
  })
  test('every NIR and IBAN has a valid key and is seen to be fictitious', () => {
    expect(d.personnes.filter((p) => !isNir(p.nir) || Number(p.nir.slice(7, 10)) < 990)).toEqual([])
    expect(d.personnes.filter((p) => !isIban(p.iban) || p.iban.slice(4, 9) !== '99999')).toEqual([])
    expect(duplicates(d.personnes.map((p) => p.nir))).toBe(0)
    expect(duplicates(d.personnes.map((p) => p.courriel))).toBe(0)
  })
  test('nobody shares a bank account, but a few couples', () => {
    const partages = [...Map.groupBy(d.personnes, (p) => p.iban).values()].filter((l) => l.length > 1)
    expect(partages.length).toBeGreaterThan(4)
    expect(partages.filter(([a, b, c]) => c || b!.adresse !== a!.adresse || a!.sexe === b!.sexe)).toEqual([])
  })
  test('a NIR says the sex and the month of birth of its holder', () => {
    const amiss = d.personnes.filter(
      (p) => p.nir.slice(0, 5) !== `${p.sexe === 'M' ? 1 : 2}${p.naissance.slice(2, 4)}${p.naissance.slice(5, 7)}`,
    )
    expect(amiss).toEqual([])
  })
  test('an index is that of a scale verified in the grids of the engine, and each grade stands on its scale there', () => {
    const grades = new Map(listGrades().map((g) => [g.grade, g]))
    const verifiees = new Map(
      [...grades.values()].filter((g) => g.verifie).map((g) => [g.echelle, g.echelons.map((e) => `${e.ib}/${e.im}`)]),
    )
    for (const { grade, echelle } of Object.values(POSTES).flatMap((p) => [...p.grades]))
      expect([grade, grades.get(grade)?.echelle]).toEqual([grade, echelle])
    const amiss = d.carrieres
      .flatMap((c) => c.situations)
      .filter((s) => s.statut !== 'elu' && verifiees.get(s.echelle)?.[s.echelon - 1] !== `${s.ib}/${s.im}`)
    expect(amiss).toEqual([])
  })
  test('fonctionnaires of 28 hours and more over all their posts are at the CNRACL, everybody else at the IRCANTEC', () => {
    const amiss = d.carrieres
      .flatMap((c) => c.situations)
      .filter(
        (s) =>
          s.statut !== 'elu' &&
          (s.regime === 'cnracl') !== (s.statut !== 'contractuel' && s.minutesHebdo + s.minutesHebdoAutres >= 1680),
      )
    expect(amiss).toEqual([])
  })
  test('the situations of a career follow each other from its entry, or from 2024, to its exit', () => {
    const amiss = d.carrieres.filter((c) => {
      const chain = c.situations.every(
        (s, i) => (c.situations[i + 1]?.depuis ?? c.sortie) === s.jusqua && s.depuis !== s.jusqua,
      )
      const start = c.situations[0]!.depuis <= (c.entree > '2024-01-01' ? c.entree : '2024-01-01')
      return !chain || !start
    })
    expect(amiss).toEqual([])
  })
  test('a situation changes on the first of a month only, since a payslip has one', () => {
    const amiss = d.carrieres.filter((c) => c.situations.slice(1).some((s) => !s.depuis.endsWith('-01')))
    expect(amiss).toEqual([])
  })
  test('somebody of several employers is one person, once in each body, within 115 % of full time', () => {
    const parPersonne = [...Map.groupBy(d.carrieres, (c) => c.personneId).values()].filter((l) => l.length > 1)
    expect(parPersonne.length).toBeGreaterThan(15)
    for (const siennes of parPersonne) {
      expect(duplicates(siennes.map((c) => c.organismeId))).toBe(0)
      const minutes = siennes.map((c) => c.situations.at(-1)!).map((s) => (s.statut === 'elu' ? 0 : s.minutesHebdo))
      expect(minutes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(2415)
    }
  })
  test('agents are grown up and came after their sixteenth birthday', () => {
    const amiss = d.carrieres.filter(
      (c) => Number(c.entree.slice(0, 4)) - Number(personnes.get(c.personneId)!.naissance.slice(0, 4)) < 17,
    )
    expect(amiss).toEqual([])
  })
  test('a commune pays one maire and no more adjoints than it may', () => {
    const communes = d.organismes.filter((o) => o.type === 'commune' && o.pex)
    for (const o of communes) {
      const elus = d.carrieres.filter((c) => c.organismeId === o.id && c.situations[0]!.statut === 'elu')
      expect(elus.filter((c) => c.emploi === 'Maire')).toHaveLength(1)
      expect(elus.length).toBeLessThanOrEqual(1 + maximumAdjoints(o.populations.at(-1)!.totale))
    }
  })
})

describe('the months', () => {
  test.each(d.mois)('about six payslips in a hundred have a variable in %s, each with its paper', (m) => {
    const variables = d.variables.filter((v) => v.mois === m)
    expect(variables.length).toBeGreaterThan(5500 * 0.05)
    expect(variables.length).toBeLessThan(5500 * 0.07)
    const pieces = new Map(d.pieces.filter((p) => p.mois === m).map((p) => [p.id, p]))
    expect(variables.filter((v) => !pieces.get(v.pieceId!)?.carrieresIds.includes(v.carriereId))).toEqual([])
  })
  test('somebody comes and somebody goes within each month', () => {
    const dans = (j: string | null, m: Mois) => j !== null && j > premierJour(m) && j <= dernierJour(m)
    for (const m of d.mois) {
      expect(d.carrieres.filter((c) => dans(c.entree, m)).length).toBeGreaterThan(2)
      expect(d.carrieres.filter((c) => dans(c.sortie, m)).length).toBeGreaterThan(2)
    }
  })
  test('a paper concerns people of one body, and a question one of its papers', () => {
    const strangers = d.pieces.filter((p) =>
      p.carrieresIds.some((id) => carrieres.get(id)?.organismeId !== p.organismeId),
    )
    expect(strangers).toEqual([])
    const pieces = new Map(d.pieces.map((p) => [p.id, p]))
    expect(d.questions.length).toBeGreaterThan(8)
    expect(d.questions.filter((q) => pieces.get(q.pieceId!)?.organismeId !== q.organismeId)).toEqual([])
    expect(d.questions.filter((q) => q.messages[0]!.le <= pieces.get(q.pieceId!)!.deposeLe)).toEqual([])
  })
})

describe('accounts', () => {
  test('each role has an account to show, each client has a depositor and an ordonnateur', () => {
    const roles = new Set(d.comptes.filter((c) => c.vitrine).flatMap((c) => c.habilitations.map((h) => h.role)))
    expect([...roles].sort()).toEqual([
      'administrateur',
      'administrateurTechnique',
      'agentPaye',
      'deposant',
      'gestionnaire',
      'lecteur',
      'ordonnateur',
      'referentReglementaire',
      'responsableFinances',
      'superviseur',
    ])
    // legal values are released by four eyes
    expect(d.comptes.filter((c) => c.habilitations.some((h) => h.role === 'referentReglementaire'))).toHaveLength(2)
    const count = (role: string) =>
      new Set(d.comptes.flatMap((c) => c.habilitations.filter((h) => h.role === role).map((h) => h.organismeId))).size
    expect([count('deposant'), count('ordonnateur')]).toEqual([109, 109])
    expect(duplicates(d.comptes.map((c) => c.courriel))).toBe(0)
    expect(duplicates(d.comptes.map((c) => c.personneId))).toBe(0)
  })
  test('a role is held in a body that exists, that of an agent only where he is paid', () => {
    for (const c of d.comptes)
      for (const h of c.habilitations) {
        expect(organismes.has(h.organismeId)).toBe(true)
        if (h.role === 'agentPaye')
          expect(d.carrieres.some((x) => x.personneId === c.personneId && x.organismeId === h.organismeId)).toBe(true)
      }
  })
  test('twelve officers share the 109 clients, about as many payslips each', () => {
    expect(d.portefeuilles).toHaveLength(12)
    const ids = d.portefeuilles.flatMap((p) => p.organismesIds)
    expect(ids).toHaveLength(109)
    expect(duplicates(ids)).toBe(0)
    const parOrganisme = countBy(carrieresToPay(d.carrieres, d.mois[1]!), (c) => c.organismeId)
    const charges = d.portefeuilles.map((p) => p.organismesIds.reduce((t, id) => t + parOrganisme[id]!, 0))
    expect(Math.min(...charges)).toBeGreaterThan(400)
    // One of them has the body of more than 600 payslips.
    expect(charges.toSorted((a, b) => b - a)[1]!).toBeLessThan(500)
  })
})

test('no two things share an id', () => {
  const ids = [
    d.organismes,
    d.personnes,
    d.carrieres,
    d.variables,
    d.pieces,
    d.questions,
    d.comptes,
    d.portefeuilles,
  ].flatMap((l) => l.map((x) => x.id as string))
  expect(duplicates(ids)).toBe(0)
})

describe('the payroll engine', () => {
  const parametres = jeuLivre()
  const variables = Map.groupBy(d.variables, (v) => v.carriereId)
  const entreesOf = (mois: Mois) =>
    carrieresToPay(d.carrieres, mois).map((c) => {
      const { nir, naissance } = personnes.get(c.personneId)!
      const siennes = variables.get(c.id) ?? []
      const { situation, anomalies } = toSituation({
        mois,
        employeur: organismes.get(c.organismeId)!.pex!,
        nir,
        naissance,
        entree: c.entree,
        sortie: c.sortie,
        situations: c.situations
          .filter((s) => s.depuis <= dernierJour(mois) && (s.jusqua === null || s.jusqua > premierJour(mois)))
          .map(({ depuis, jusqua, ...contenu }) => ({ depuis, jusqua, contenu })),
        variables: siennes.filter((v) => v.mois === mois).map((v) => v.contenu),
        absencesAnterieures: siennes.flatMap((v) =>
          v.mois < mois && v.contenu.nature === 'absence' ? [v.contenu] : [],
        ),
        parametres,
      })
      return { situation: situation!, anomalies }
    })

  test('the dated file of every career gives a situation that it accepts', () => {
    const entrees = entreesOf(d.mois[1]!)
    expect(entrees.flatMap((e) => e.anomalies)).toEqual([])
    expect(entrees.flatMap((e) => zSituation.safeParse(e.situation).error?.issues ?? [])).toEqual([])
  })
  test.each(d.mois)('it computes all the payslips of %s without a blocking anomaly', (mois) => {
    const resultats = entreesOf(mois).map(({ situation }) => ({
      situation,
      ...computeBulletin({ mois, situation, parametres }),
    }))
    const bloquantes = resultats.flatMap((r) =>
      r.anomalies.filter((x) => x.bloquante).map((x) => `${x.code} ${x.message}`),
    )
    expect(countBy(bloquantes, (x) => x)).toEqual({})
    expect(resultats.filter((r) => r.bulletin === undefined)).toEqual([])
    expect(resultats).toHaveLength(5500)
    expect(resultats.filter((r) => Number(r.bulletin!.totaux.netAPayer) <= 0).map((r) => r.situation)).toEqual([])
  })
})
