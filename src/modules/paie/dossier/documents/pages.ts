import { degrees, PDFDocument } from '@cantoo/pdf-lib'
import { Refus } from '#socle/refus.ts'

/** A page of the original, from 1, turned by so many quarter turns to the right. */
export type Page = { numero: number; quarts: number }

async function load(octets: Uint8Array): Promise<PDFDocument> {
  try {
    const pdf = await PDFDocument.load(octets, { updateMetadata: false })
    pdf.getPageCount() // a file without pages is only found out here
    return pdf
  } catch {
    throw new Refus(
      'piece.pdfFerme',
      'Ce PDF est protégé ou abîmé : ses pages ne peuvent pas être séparées. Enregistrez-le sans protection et déposez-le de nouveau.',
    )
  }
}

export const countPages = async (octets: Uint8Array): Promise<number> => (await load(octets)).getPageCount()

/**
 * One PDF for each list of pages, in the order asked for. The content of a page is copied as it is. Pages left out stay in
 * the original, which is kept.
 */
export async function decouper(octets: Uint8Array, parties: readonly (readonly Page[])[]): Promise<Uint8Array[]> {
  const original = await load(octets)
  const nombre = original.getPageCount()
  const toutes = parties.flat().map((p) => p.numero)
  if (toutes.some((n) => n < 1 || n > nombre) || new Set(toutes).size !== toutes.length)
    throw new Refus('piece.pages', `Ce document a ${nombre} pages : chacune va dans une pièce au plus.`)
  const faits: Uint8Array[] = []
  for (const pages of parties) {
    const pdf = await PDFDocument.create({ updateMetadata: false })
    const copiees = await pdf.copyPages(
      original,
      pages.map((p) => p.numero - 1),
    )
    for (const [i, page] of copiees.entries()) {
      const quarts = pages[i]!.quarts
      if (quarts % 4 !== 0) page.setRotation(degrees((page.getRotation().angle + quarts * 90) % 360))
      pdf.addPage(page)
    }
    faits.push(await pdf.save())
  }
  return faits
}
