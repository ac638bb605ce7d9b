import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readManquants } from './couverture.ts'
import { finirPdf } from './finir-pdf.ts'

const SOURCES = fileURLToPath(new URL('../../', import.meta.url))
const POLICES = ['400Regular/SourceSans3_400Regular.ttf', '600SemiBold/SourceSans3_600SemiBold.ttf']
/** Where the template finds its model; the file exists in the memory of the compiler only. */
const MODELE = join(SOURCES, 'modele.json')
/** Memoised layouts are dropped often: they are what a run of thousands of documents would fill the memory with. */
const COMPILATIONS_AVANT_PURGE = 6
const AGE_MAX_DU_CACHE = 1

type Atelier = { compiler: NodeCompiler; manquants: RegExp; compilations: number }
/** One compiler for each thread, made at the first document: a module is loaded once per worker. */
let atelier: Atelier | undefined

function ouvrirAtelier(): Atelier {
  const { resolve } = createRequire(import.meta.url)
  const fontBlobs = POLICES.map((p) => readFileSync(resolve(`@expo-google-fonts/source-sans-3/${p}`)))
  const compiler = NodeCompiler.create({ workspace: SOURCES, fontArgs: [{ fontBlobs }] })
  return { compiler, manquants: readManquants(fontBlobs[0]!), compilations: 0 }
}

/** A character that the font lacks would make the archive format refuse the whole document. */
const lisible = (text: string, manquants: RegExp): string => text.normalize('NFC').replace(manquants, '\u25a1')

export type NormePdf = 'a-2b' | 'ua-1'

/**
 * Typst template + plain JSON → PDF/A-2b, tagged and declared PDF/UA-1. Same input, same bytes: the template gives the
 * document its date, nothing reads the clock. The template reads `json("/modele.json")`; it sees no other file than
 * those of `src`, by absolute path (`/socle/documents/commun.typ`).
 *
 * `ua-1` gives the same pages checked by the rules of PDF/UA (alternative texts, headings, tables): Typst applies one
 * standard at a time, so the tests render both.
 */
export const renderTypst = (gabarit: URL, modele: unknown, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypstPages(gabarit, modele, norme).pdf

/** `renderTypst`, and how many pages it took. */
export function renderTypstPages(gabarit: URL, modele: unknown, norme: NormePdf): { pdf: Uint8Array; pages: number } {
  atelier ??= ouvrirAtelier()
  const { compiler, manquants } = atelier
  // not an input: Typst makes its whole library anew for each set of inputs
  compiler.mapShadow(MODELE, Buffer.from(lisible(JSON.stringify(modele), manquants)))
  const pdf = exporter(compiler, fileURLToPath(gabarit), norme)
  if (++atelier.compilations % COMPILATIONS_AVANT_PURGE === 0) compiler.evictCache(AGE_MAX_DU_CACHE)
  return { pdf: norme === 'a-2b' ? finirPdf(pdf) : new Uint8Array(pdf), pages: countPages(pdf) }
}

function countPages(pdf: Buffer): number {
  const racine = pdf.indexOf('/Type /Pages')
  return Number(/\/Count (\d+)/.exec(pdf.toString('latin1', racine, racine + 200))?.[1])
}

/** In one call: a compiled document handed to JavaScript would stay in memory until the collector sees it. */
function exporter(compiler: NodeCompiler, mainFilePath: string, norme: NormePdf) {
  try {
    return compiler.pdf({ mainFilePath }, { pdfStandard: norme, pdfTags: true })
  } catch (e) {
    // the binding puts the diagnostics of Typst in the code of the error
    throw new Error(`typst: ${(e as { code?: string }).code ?? (e as Error).message}`, { cause: e })
  }
}
