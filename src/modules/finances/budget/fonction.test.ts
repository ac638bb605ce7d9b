import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inEuros } from '#socle/argent.ts'
import { jour } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { openValidateur } from '#socle/xml/valider.ts'
import { writeDocumentBudgetaire } from '../echanges/budgetaire/ecrire.ts'
import { readDocumentBudgetaire } from '../echanges/budgetaire/lire.ts'
import { writeScdl } from '../echanges/budgetaire/scdl.ts'
import { totaux } from '../echanges/budgetaire/totaux.ts'
import { engager } from '../execution/actions/engager.ts'
import { liquider } from '../execution/actions/liquider.ts'
import { passerOrdre } from '../execution/actions/ordre.ts'
import { zContenu, zEngagementSaisi } from '../execution/contract.ts'
import { getPlan, imputer, listPlans } from '../nomenclature/index.ts'
import { enregistrerBudget, enregistrerExercice } from './actions/budgets.ts'
import { type Acteur, creerVersion, lireVersion, saisirLignes } from './actions/versions.ts'
import type { Version } from './contract.ts'
import { lireDisponible } from './db/credits.ts'
import { lireImputation } from './db/exercices.ts'
import { listArticles } from './db/versions.ts'
import { vueDocument } from './documents/version.ts'
import { LIGNES, LIGNES_PAR_FONCTION, ouvrirBudget, ouvrirOrganisme, voterBudget } from './essai.ts'
import { versionToDocument } from './exchange/version-vers-document.ts'
import { vueVersion } from './http/vues.ts'

const plan = getPlan('M57_D', 2026, 'fonction')
const code = (f: () => unknown) => {
  try {
    f()
    return 'ok'
  } catch (e) {
    return (e as { code?: string }).code ?? String(e)
  }
}
const refus = (p: Promise<unknown>) =>
  p.then(
    () => 'ok',
    (e) => e.code ?? String(e),
  )

describe('the chapter of a line', () => {
  const chapitre = (nature: string, sens: 'D' | 'R', fonction?: string, mouvement?: 'entreSections' | 'interne') => {
    const i = imputer(plan, { nature, sens, fonction, mouvement })
    return [i.section, i.chapitre, i.fonction]
  }
  test('is that of its function, in the section of its account', () => {
    expect(chapitre('60612', 'D', '212')).toEqual(['F', '932', '212'])
    expect(chapitre('2151', 'D', '845')).toEqual(['I', '908', '845'])
    expect(chapitre('60612', 'D', '431')).toEqual(['F', '9343', '431'])
    expect(chapitre('60612', 'D', '051')).toEqual(['F', '9305', '051'])
  })
  test('is that of its account when no service carries it', () => {
    expect(chapitre('73111', 'R', '01')).toEqual(['F', '940', '01'])
    expect(chapitre('73211', 'R', '01')).toEqual(['F', '941', '01'])
    expect(chapitre('66111', 'D', '01')).toEqual(['F', '943', '01'])
    expect(chapitre('10222', 'R', '01')).toEqual(['I', '922', '01'])
    expect(chapitre('10226', 'R', '01')).toEqual(['I', '921', '01'])
    expect(chapitre('1641', 'R', '01')).toEqual(['I', '923', '01'])
  })
  test('is that of its movement for ordre, and its own for a forecast', () => {
    expect(chapitre('6811', 'D', undefined, 'entreSections')).toEqual(['F', '946', '01'])
    expect(chapitre('28151', 'R', undefined, 'entreSections')).toEqual(['I', '926', '01'])
    expect(chapitre('023', 'D', '212')).toEqual(['F', '953', '01'])
    expect(chapitre('021', 'R')).toEqual(['I', '951', '01'])
    expect(chapitre('002', 'R')).toEqual(['F', '002', '01'])
  })
  test('is refused without a function, with one that subdivides, and where an account belongs to a service', () => {
    expect(code(() => chapitre('60612', 'D'))).toBe('fonction.necessaire')
    expect(code(() => chapitre('60612', 'D', '21'))).toBe('fonction.inconnue')
    expect(code(() => chapitre('60612', 'D', '01'))).toBe('fonction.nonVentilable')
  })
  test('exists in the plan for every leaf account that has a chapter by nature and every leaf function', () => {
    for (const { code: c, annee } of listPlans().filter((p) => p.code.startsWith('M57'))) {
      const p = getPlan(c, annee, 'fonction')
      for (const f of p.fonctions.values()) {
        if (!f.estFeuille || f.code === '01') continue
        for (const nature of ['60632', '2188'])
          expect(p.chapitres.has(imputer(p, { nature, sens: 'D', fonction: f.code }).chapitre)).toBe(true)
      }
      const regles = p.horsFonction
      for (const r of regles.nonVentilables) expect(p.chapitres.has(r.chapitre)).toBe(true)
      for (const r of Object.values(regles.previsions)) expect(p.chapitres.get(r)?.type).toBe('prevision')
      for (const [section, r] of Object.values(regles.ordre).flatMap((o) => Object.entries(o)))
        expect(p.chapitres.get(r)?.section).toBe(section)
    }
  })
})

describe('a budget voted by function', () => {
  let base: Base
  let qui: Acteur
  let budgetId: string
  let bp: Version
  const run = <T>(fn: (tx: Tx) => Promise<T>) => inOrganisme(base, qui.organismeId, fn)
  beforeAll(async () => {
    base = await baseDEssai()
    qui = await ouvrirOrganisme(base)
    await run(async (tx) => {
      budgetId = await ouvrirBudget(tx, qui, { plan: 'M57_D', voteSelon: 'fonction' })
      await enregistrerBudget(tx, qui, {
        id: budgetId,
        code: '00',
        libelle: 'Budget principal',
        estPrincipal: true,
        siret: '21400042400017',
        codique: '040012',
        codeCollectivite: '123',
      })
      bp = await vueVersion(tx, await voterBudget(tx, qui, budgetId, { lignes: LIGNES_PAR_FONCTION }))
    })
  })
  afterAll(() => base.close())
  const exercice = (voteSelon: 'nature' | 'fonction', change: object = {}) => ({
    budgetId,
    annee: 2027,
    plan: 'M57_D',
    voteSelon,
    niveauF: 'chapitre' as const,
    niveauI: 'chapitre' as const,
    fongibiliteF: '7.5',
    fongibiliteI: '7.5',
    ...change,
  })

  test('opens its credits by functional chapter, and shows them by their names', async () => {
    const articles = await run((tx) => listArticles(tx, budgetId, 2026))
    const parChapitre = Map.groupBy(articles, (a) => `${a.section}${a.sens}${a.chapitre}`)
    expect([...parChapitre.keys()].sort()).toEqual(
      ['FD930', 'FD932', 'FD953', 'FR940', 'ID908', 'ID923', 'IR922', 'IR951'].sort(),
    )
    expect(bp.lignes.find((l) => l.fonction === '212')?.chapitreLibelle).toMatch(/^Enseignement/)
    const vue = vueDocument({ version: bp, organisme: 'Essai', date: jour('2026-04-01') })
    expect(vue.niveaux).toContain('Vote par fonction')
    expect(vue.parties.flatMap((p) => p.chapitres.map((c) => c.code))).toContain('932')
  })

  test('limits what is spent by the chapter of its function: the credit of the school does not pay the town hall', () =>
    run(async (tx) => {
      const d = await lireDisponible(
        tx,
        budgetId,
        2026,
        await lireImputation(tx, { budgetId, exercice: 2026, nature: '60612', sens: 'D', fonction: '212' }),
      )
      expect([d!.cle, inEuros(d!.disponible)]).toEqual(['932', '85000.00'])
      const commande = (fonction: string, montant: string) =>
        zEngagementSaisi.parse({ id: newId(), objet: 'Chauffage', nature: '60612', fonction, montant })
      const cadre = { budgetId, annee: 2026 }
      await sql`savepoint avant`.execute(tx)
      expect(await refus(engager(tx, qui, cadre, commande('', '10'), jour('2026-04-01')))).toBe('fonction.necessaire')
      await sql`rollback to savepoint avant`.execute(tx)
      expect(await refus(engager(tx, qui, cadre, commande('020', '15000.01'), jour('2026-04-01')))).toBe(
        'credit.depasse',
      )
      await sql`rollback to savepoint avant`.execute(tx)
      expect(await refus(engager(tx, qui, cadre, commande('212', '15000.01'), jour('2026-04-01')))).toBe('ok')
      const mandat = (fonction: string) => ({
        id: newId<'Liquidation'>(),
        objet: 'Électricité',
        contenu: zContenu.parse({ modeReglement: '04', lignes: [{ nature: '60612', fonction, ht: '100' }] }),
      })
      await sql`savepoint avant`.execute(tx)
      expect(await refus(liquider(tx, qui, cadre, 'D', [mandat('')]))).toBe('fonction.necessaire')
      await sql`rollback to savepoint avant`.execute(tx)
    }))

  test('passes ordre operations without asking for a function', () =>
    run(async (tx) => {
      const prepare = passerOrdre(
        tx,
        qui,
        { budgetId, annee: 2026 },
        {
          id: newId<'OperationOrdre'>(),
          libelle: 'Amortissement',
          mouvement: 'entreSections',
          depense: { nature: '6811' },
          recette: { nature: '28151' },
          montant: '10.00',
        },
        jour('2026-12-01'),
      )
      expect(await refus(prepare)).toBe('ok')
    }))

  test('a virement moves from chapter to chapter but never staff expenses, which have no chapter of their own', () =>
    run(async (tx) => {
      const virement = async (lignes: [nature: string, fonction: string, montant: string][]) => {
        const id = newId()
        await creerVersion(tx, qui, { id, budgetId, annee: 2026, genre: 'VC', source: 'vide' })
        await saisirLignes(
          tx,
          qui,
          id,
          lignes.map(([nature, fonction, montant]) => ({ nature, fonction, montant, sens: 'D' as const })),
        )
        return (await lireVersion(tx, id)).anomalies.map((a) => a.code)
      }
      expect(
        await virement([
          ['60612', '020', '-100'],
          ['60612', '212', '100'],
        ]),
      ).toEqual([])
      expect(
        await virement([
          ['64111', '212', '-100'],
          ['60612', '020', '100'],
        ]),
      ).toEqual(['virement.personnel'])
    }))

  test('the vote of an exercice does not change under lines, nor once it is voted, nor outside M57 développée', () =>
    run(async (tx) => {
      expect(await refus(enregistrerExercice(tx, qui, { ...exercice('nature'), annee: 2026 }))).toBe('exercice.engage')
      expect(await refus(enregistrerExercice(tx, qui, exercice('fonction', { plan: 'M57_A' })))).toBe(
        'exercice.voteFonction',
      )
      expect(await refus(enregistrerExercice(tx, qui, exercice('fonction', { articlesSpecialises: ['65748'] })))).toBe(
        'exercice.specialiseFonction',
      )
      await enregistrerExercice(tx, qui, exercice('nature'))
      await enregistrerExercice(tx, qui, exercice('fonction'))
      const id = newId()
      await creerVersion(tx, qui, { id, budgetId, annee: 2027, genre: 'BP', source: 'exercicePrecedent' })
      const lignes = (await lireVersion(tx, id)).lignes
      expect(lignes.find((l) => l.fonction === '212')?.chapitre).toBe('932')
      expect(await refus(enregistrerExercice(tx, qui, exercice('nature')))).toBe('exercice.votePreparation')
    }))

  test('by article, the function is what the vote limits', () =>
    run(async (tx) => {
      const cle = await lireDisponible(
        tx,
        budgetId,
        2026,
        await lireImputation(tx, { budgetId, exercice: 2026, nature: '60612', sens: 'D', fonction: '212' }),
      )
      expect(cle!.cle).toBe('932')
      await enregistrerExercice(tx, qui, exercice('fonction', { annee: 2028, niveauF: 'article' }))
      await voterBudget(tx, qui, budgetId, { annee: 2028, lignes: LIGNES_PAR_FONCTION })
      const i = await lireImputation(tx, { budgetId, exercice: 2028, nature: '60612', sens: 'D', fonction: '212' })
      expect((await lireDisponible(tx, budgetId, 2028, i))!.cle).toBe('932/212')
    }))

  test('a year by nature is not carried into a year by function without its functions: each line is named', () =>
    run(async (tx) => {
      const autre = newId()
      await enregistrerBudget(tx, qui, { id: autre, code: '01', libelle: 'Annexe', estPrincipal: false })
      await enregistrerExercice(tx, qui, exercice('nature', { budgetId: autre, annee: 2026 }))
      await voterBudget(tx, qui, autre, {
        lignes: LIGNES.map((l) => (l.nature === '6411' ? { ...l, nature: '64111' } : l)),
      })
      await enregistrerExercice(tx, qui, exercice('fonction', { budgetId: autre }))
      const id = newId()
      const anomalies = await creerVersion(tx, qui, {
        id,
        budgetId: autre,
        annee: 2027,
        genre: 'BP',
        source: 'exercicePrecedent',
      })
      expect(anomalies.filter((a) => a.bloquante).map((a) => a.lieu)).toContain('60612')
      expect((await lireVersion(tx, id)).lignes.map((l) => l.nature).sort()).toEqual(['021', '023'])
    }))

  const contexte = { nom: 'Communauté d’essai', type: 'cc', codeInsee: '40002' }
  const xml = () => writeDocumentBudgetaire(versionToDocument(bp, contexte, jour('2026-04-01')))
  test('its document says so, and is read back with the same chapters', () => {
    const { document, anomalies } = readDocumentBudgetaire(xml())
    expect(anomalies).toEqual([])
    expect(document.decision.natureFonction).toBe('2')
    const lus = totaux(document).chapitres.map((c) => [c.section, c.sens, c.chapitre, inEuros(c.montants.vote)])
    expect(lus).toEqual([
      ['F', 'D', '930', '15000.00'],
      ['F', 'D', '932', '85000.00'],
      ['F', 'D', '953', '25000.00'],
      ['F', 'R', '940', '125000.00'],
      ['I', 'D', '908', '33000.00'],
      ['I', 'D', '923', '12000.00'],
      ['I', 'R', '922', '20000.00'],
      ['I', 'R', '951', '25000.00'],
    ])
    const scdl = writeScdl(document).split('\r\n').slice(1, -1)
    expect(scdl.every((l) => /fonctionnement|investissement/.test(l))).toBe(true)
  })

  const XSD = new URL('../../../../../shared/standards/totem/schemas/', import.meta.url)
  if (!existsSync(XSD)) console.warn('Schéma officiel absent : 1 validation de document par fonction sautée.')
  test.runIf(existsSync(XSD))('its document passes the official schema', async () => {
    const valider = await openValidateur(XSD.pathname, 'DocumentBudgetaire.xsd', (schema, nom) =>
      // libxml2 finds the wildcard of the official file ambiguous
      nom === 'Class_DocumentBudgetaire.xsd' ? schema.replace('namespace="##any"', 'namespace="##other"') : schema,
    )
    expect(valider(xml())).toEqual([])
  })
})
