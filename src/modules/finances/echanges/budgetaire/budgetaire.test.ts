import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { euros, inEuros } from '#socle/argent.ts'
import { openValidateur, type Validateur } from '#socle/xml/valider.ts'
import type { DocumentBudgetaire } from './document.ts'
import { writeDocumentBudgetaire } from './ecrire.ts'
import { readDocumentBudgetaire } from './lire.ts'
import { writeScdl } from './scdl.ts'
import { totaux } from './totaux.ts'

const NORMES = new URL('../../../../../../shared/standards/totem/', import.meta.url)
const presentes = existsSync(NORMES)
const exemples = presentes
  ? readdirSync(new URL('samples/', NORMES))
      .filter((f) => f.endsWith('.xml'))
      .map((f) => f.slice(0, -4))
  : []
const reels = exemples.filter((f) => !f.startsWith('negatif-'))
if (!presentes) console.warn('Documents budgétaires officiels absents : 25 cas de conformité sautés.')

const fichier = (nom: string) => readFileSync(new URL(`samples/${nom}`, NORMES))
const negatifs: [string, RegExp][] = presentes
  ? [
      ['mauvais_siret', /IdEtab vaut « 2156004610008 » : un SIRET a quatorze chiffres/],
      ['mauvaise_annee', /L’exercice « 2022 en erreur » n’est pas une année/],
      ['mauvaise_etape', /L’étape budgétaire « 99999 » n’existe pas/],
      ['mauvaise_nomenclature', /La nomenclature « M14-M14_COM_500_3500_en_erreur » n’existe pas/],
    ]
  : []
const lire = (nom: string) => readDocumentBudgetaire(fichier(`${nom}.xml`))

const petit = (difference: Partial<DocumentBudgetaire['decision']> = {}): DocumentBudgetaire => ({
  versionSchema: '115',
  date: '2026-04-02' as never,
  poste: { codique: '040999', libelle: 'SGC DES PINS' },
  collectivite: { libelle: 'SAINT-EXEMPLE', siret: '21400010100011', nature: 'Commune', departement: '40' },
  budget: {
    libelle: 'Budget principal & école',
    siret: '21400010100011',
    codeCollectivite: '123',
    codeBudget: '00',
    norme: 'M57',
    plan: 'M57_A',
    type: 'P',
  },
  decision: {
    etape: '01',
    exercice: 2026,
    projet: false,
    date: '2026-04-01' as never,
    niveauVote: 'FcIc',
    budgetPrecedent: '1',
    repriseResultats: '2',
    natureFonction: '1',
    ...difference,
  },
  informations: [{ code: 'PopTot', valeur: '412' }],
  lignes: [
    {
      nature: '60612',
      controle: '011',
      articleSpecialise: false,
      sens: 'D',
      ordre: false,
      section: 'F',
      montants: { vote: euros('12500.00') },
    },
    {
      nature: '021',
      controle: '021',
      articleSpecialise: false,
      sens: 'R',
      ordre: true,
      typeOrdre: 'entreSections',
      section: 'I',
      montants: { vote: euros('-3.05'), rarPrecedent: euros('10') },
    },
  ],
})

describe('a budget document', () => {
  let valide: Validateur | undefined
  beforeAll(async () => {
    if (!presentes) return
    // libxml2 finds CodeEditeur followed by « any » ambiguous: the block of the editor then takes other namespaces only.
    valide = await openValidateur(new URL('schemas/', NORMES).pathname, 'DocumentBudgetaire.xsd', (schema, nom) =>
      nom === 'Class_DocumentBudgetaire.xsd' ? schema.replace('namespace="##any"', 'namespace="##other"') : schema,
    )
  })

  test('is read back as it was written', () => {
    const document = petit()
    const lu = readDocumentBudgetaire(writeDocumentBudgetaire(document))
    expect(lu.anomalies).toEqual([])
    expect(JSON.parse(JSON.stringify(lu.document, big))).toEqual(JSON.parse(JSON.stringify(document, big)))
  })

  test.each`
    faute                       | motif
    ${{ etape: '99' }}          | ${/étape budgétaire « 99 » n’existe pas/}
    ${{ exercice: '2026 bis' }} | ${/« 2026 bis » n’est pas une année/}
    ${{ niveauVote: 'FxIx' }}   | ${/NatVote vaut « FxIx »/}
    ${{ date: '2026-02-xx' }}   | ${/DteDec vaut « 2026-02-xx »/}
  `('is refused for $faute', ({ faute, motif }) => {
    const { anomalies } = readDocumentBudgetaire(writeDocumentBudgetaire(petit(faute)))
    expect(anomalies.filter((a) => a.bloquante).map((a) => a.message)).toEqual([expect.stringMatching(motif)])
    expect(anomalies[0]!.lieu).toMatch(/ligne \d+/)
  })

  test('another file is refused by name', () => {
    expect(() => readDocumentBudgetaire(Buffer.from('<facture/>'))).toThrow(/n’est pas un document budgétaire/)
    expect(() => readDocumentBudgetaire(Buffer.from('<a><b></a>'))).toThrow(/ligne 1/)
  })

  test('a line without its section finds it by its chapter, its operation or its account', () => {
    const document = petit()
    document.lignes = [
      { ...document.lignes[0]!, section: undefined, controle: undefined },
      { ...document.lignes[0]!, section: undefined, controle: undefined, nature: '2135', operation: '101' },
      { ...document.lignes[0]!, section: undefined, controle: '60612' },
    ]
    expect(totaux(document).chapitres.map((c) => [c.section, c.chapitre, c.operation, c.lignes])).toEqual([
      ['F', '011', false, 2],
      ['I', '101', true, 1],
    ])
  })

  test('what is written is valid', () => {
    if (!valide) return
    expect(valide(writeDocumentBudgetaire(petit()))).toEqual([])
  })

  test.each(reels)('%s is read, written again and valid, with the same lines', (nom) => {
    const lu = lire(nom)
    expect(lu.anomalies.filter((a) => a.bloquante)).toEqual([])
    const ecrit = writeDocumentBudgetaire(lu.document)
    expect(valide!(ecrit)).toEqual([])
    expect(readDocumentBudgetaire(ecrit).document).toEqual(lu.document)
  })

  test.each(reels)('%s has ordre operations that balance between the sections', (nom) => {
    const { document } = lire(nom)
    const montant = document.decision.etape === '09' || document.decision.etape === '10' ? 'realise' : 'vote'
    const { sections } = totaux(document)
    const total = (sens: 'D' | 'R') =>
      sections.filter((s) => s.sens === sens).reduce((t, s) => t + s.ordre[montant], 0n)
    expect(inEuros(total('D') as never)).toBe(inEuros(total('R') as never))
  })

  test.each(exemples.filter((f) => existsSync(new URL(`samples/${f}.scdl.csv`, NORMES))))(
    '%s gives the expected SCDL file',
    (nom) => {
      const lu = lire(nom)
      expect(writeScdl(lu.document, lu.ecrits).split('\r\n')).toEqual(
        fichier(`${nom}.scdl.csv`).toString('utf8').split('\r\n'),
      )
    },
  )

  test.each(negatifs)('negatif-%s is refused with its reason', (nom, motif) => {
    const bloquantes = lire(`negatif-${nom}`).anomalies.filter((a) => a.bloquante)
    expect(bloquantes.map((a) => a.message)).toEqual([expect.stringMatching(motif)])
  })
})

const big = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)
