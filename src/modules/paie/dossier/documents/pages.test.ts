import { degrees, PDFDocument } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import { countPages, decouper } from './pages.ts'

/** Three pages of different widths, the second already turned. */
async function original(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (const largeur of [100, 200, 300]) pdf.addPage([largeur, 400])
  pdf.getPage(1).setRotation(degrees(90))
  return pdf.save()
}
const lire = async (octets: Uint8Array) =>
  (await PDFDocument.load(octets)).getPages().map((p) => [p.getWidth(), p.getRotation().angle])

test('a document becomes two, in the order asked for, its pages turned from where they were', async () => {
  const [a, b] = await decouper(await original(), [
    [
      { numero: 3, quarts: 0 },
      { numero: 2, quarts: 3 },
    ],
    [{ numero: 1, quarts: 2 }],
  ])
  expect(await lire(a!)).toEqual([
    [300, 0],
    [200, 0],
  ])
  expect(await lire(b!)).toEqual([[100, 180]])
  expect(await countPages(await original())).toBe(3)
})

test.each([
  ['beyond the end', [[{ numero: 4, quarts: 0 }]]],
  ['used twice', [[{ numero: 1, quarts: 0 }], [{ numero: 1, quarts: 1 }]]],
])('a page %s is refused', async (_, parties) => {
  await expect(decouper(await original(), parties)).rejects.toMatchObject({ code: 'piece.pages' })
})

test('what is no PDF says so', async () => {
  await expect(countPages(Buffer.from('%PDF-1.4 rien'))).rejects.toMatchObject({ code: 'piece.pdfFerme' })
})
