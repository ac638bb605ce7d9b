import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { imprimable, SITUATIONS } from '../essai.ts'
import { formatTaux, renderBulletin, vueBulletin } from './bulletin.ts'

const hash = (b: Uint8Array) => createHash('sha256').update(b).digest('hex')
const latin1 = (b: Uint8Array) => Buffer.from(b).toString('latin1')

/** The dictionaries packed in the object stream: tags, catalog, pages. */
function objetsRanges(pdf: Uint8Array): string {
  const text = latin1(pdf)
  const debut = text.indexOf('stream\n', text.indexOf('/Type /ObjStm')) + 'stream\n'.length
  return inflateSync(Buffer.from(text.slice(debut, text.indexOf('\nendstream', debut)), 'latin1')).toString('latin1')
}
const pagesOf = (pdf: Uint8Array) => Number(/\/Type \/Pages[\s\S]*?\/Count (\d+)/.exec(objetsRanges(pdf))?.[1])

const MODELES = {
  titulaire: imprimable('titulaire'),
  contractuel: imprimable('contractuel'),
  maire: imprimable('maire'),
  'trente-cinq lignes': imprimable('charge'),
  rappel: imprimable('titulaire', { avecRappel: true }),
}

describe('the document is a pure function of its model', () => {
  test('twice the same model gives the same bytes', () => {
    const modele = imprimable('titulaire')
    const premier = hash(renderBulletin(modele))
    renderBulletin(imprimable('maire'))
    expect(hash(renderBulletin(JSON.parse(JSON.stringify(modele))))).toBe(premier)
  })
  test('another figure gives other bytes', () => {
    const modele = imprimable('titulaire')
    expect(hash(renderBulletin({ ...modele, netImposable: '1.00' }))).not.toBe(hash(renderBulletin(modele)))
  })
  test('a worker thread gives the same bytes', async () => {
    const modele = imprimable('contractuel')
    const code = `import { parentPort, workerData } from 'node:worker_threads'
      const { renderBulletin } = await import(workerData.module)
      parentPort.postMessage(renderBulletin(workerData.modele))`
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      workerData: { module: new URL('./bulletin.ts', import.meta.url).href, modele },
    })
    const bytes = await new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
    })
    await worker.terminate()
    expect(hash(bytes)).toBe(hash(renderBulletin(modele)))
  })
})

describe('the archive format', () => {
  test.each(Object.entries(MODELES))('%s: PDF/A-2b and PDF/UA-1, tagged, titled, in French', (_, modele) => {
    const pdf = renderBulletin(modele)
    const text = latin1(pdf)
    expect(text).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>')
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>')
    const objets = objetsRanges(pdf)
    for (const entree of ['/Lang (fr-FR)', '/Marked true', '/DisplayDocTitle true', '/StructTreeRoot', '/GTS_PDFA1'])
      expect(objets).toContain(entree)
    for (const tag of ['/S /H1', '/S /Table', '/S /TH', '/S /TD']) expect(objets).toContain(tag)
  })
  test.each(Object.entries(MODELES))('%s: the rules of PDF/UA-1 that Typst checks are kept', (_, modele) => {
    expect(latin1(renderBulletin(modele, 'ua-1'))).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })
  test('an ordinary payslip stands on one page, a long one on two', () => {
    expect(pagesOf(renderBulletin(MODELES.titulaire))).toBe(1)
    expect(pagesOf(renderBulletin(MODELES.maire))).toBe(1)
    expect(pagesOf(renderBulletin(MODELES['trente-cinq lignes']))).toBe(1)
    const { rubriques, ...reste } = imprimable('charge')
    const longues = rubriques.map((r) => ({ ...r, lignes: [...r.lignes, ...r.lignes] }))
    expect(pagesOf(renderBulletin({ ...reste, rubriques: longues }))).toBe(2)
  })
  test('a name that the font cannot draw does not stop the payslip', () => {
    const pdf = renderBulletin(imprimable('titulaire', { agent: { nom: 'Nguyễn 阮', prenom: 'Łucja' } }))
    expect(pagesOf(pdf)).toBe(1)
  })
})

describe('what is printed', () => {
  test.each(Object.keys(SITUATIONS) as (keyof typeof SITUATIONS)[])('%s: the words and figures', async (nom) => {
    const vue = JSON.stringify(vueBulletin(imprimable(nom)), null, 2)
    await expect(`${vue}\n`).toMatchFileSnapshot(`./golden/${nom}.json`)
  })
  test('the rates keep two decimals, the other factors are as given', () => {
    expect(['11.1 %', '34.65 %', '6.8%', '6/7', '14.26', undefined].map(formatTaux)).toEqual([
      '11,10\u202f%',
      '34,65\u202f%',
      '6,80\u202f%',
      '6/7',
      '14,26',
      '',
    ])
  })
})

const outil = (nom: string, ...args: string[]) => spawnSync(nom, args, { encoding: 'utf8' })
const aPoppler = outil('pdftotext', '-v').error === undefined
const aQpdf = outil('qpdf', '--version').error === undefined
if (!aPoppler || !aQpdf) console.info(`PDF tools absent, cases left out: ${[aPoppler || 'poppler', aQpdf || 'qpdf']}`)

function surDisque<T>(pdf: Uint8Array, lire: (path: string) => T): T {
  const dossier = mkdtempSync(join(tmpdir(), 'bulletin-'))
  try {
    const path = join(dossier, 'b.pdf')
    writeFileSync(path, pdf)
    return lire(path)
  } finally {
    rmSync(dossier, { recursive: true })
  }
}

describe.runIf(aPoppler)('read by poppler', () => {
  test('the key figures are text, in their French form', () => {
    const modele = MODELES.titulaire
    const text = surDisque(renderBulletin(modele), (path) =>
      execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }),
    )
    expect(text).toContain('Bulletin de paie')
    expect(text).toContain('Marie-Hélène Dupouy-Lacaze')
    for (const montant of ['2 642,17 €', '−90,24 €', '2 073,41 €', '2 125,80 €'])
      expect(text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(montant)
    expect(text).toContain('Page 1 sur 1')
  })
  test('pages are numbered as they are, even when more are needed than was thought', () => {
    const modele = { ...MODELES.titulaire, mentions: Array(80).fill(MODELES.titulaire.mentions[0]!) }
    expect(vueBulletin(modele).unePage).toBe(true)
    const text = surDisque(renderBulletin(modele), (path) =>
      execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }),
    )
    expect(text).toContain('Page 1 sur 2')
    expect(text).toContain('Page 2 sur 2')
  })
})
describe.runIf(aQpdf)('read by qpdf', () => {
  test.each(Object.entries(MODELES))('%s: the packed file is sound', (_, modele) => {
    const checked = surDisque(renderBulletin(modele), (path) => outil('qpdf', '--check', path))
    expect(checked.stdout + checked.stderr).toContain('No syntax or stream encoding errors')
    expect(checked.status).toBe(0)
  })
})
