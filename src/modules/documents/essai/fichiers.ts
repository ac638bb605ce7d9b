import { crc32, deflateSync, inflateRawSync } from 'node:zlib'
import { ZipFile } from 'yazl'

/* Small real files for tests: each one is whole, and opens in its usual reader. */

/** A one-page PDF of about `taille` bytes, different for each text. */
export function pdfDEssai(texte: string, taille = 0): Buffer {
  const dessin = `BT /F1 12 Tf 72 720 Td (${texte.replace(/[()\\]/g, '')}) Tj ET`
  const objets = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${dessin.length} >>\nstream\n${dessin}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let pdf = '%PDF-1.4\n'
  if (taille > 0) pdf += `%${'x'.repeat(Math.max(0, taille - 700))}\n`
  const places = objets.map((o, i) => {
    const place = pdf.length
    pdf += `${i + 1} 0 obj\n${o}\nendobj\n`
    return place
  })
  const table = pdf.length
  pdf += `xref\n0 ${objets.length + 1}\n0000000000 65535 f \n`
  for (const p of places) pdf += `${String(p).padStart(10, '0')} 00000 n \n`
  pdf += `trailer\n<< /Size ${objets.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return Buffer.from(pdf, 'latin1')
}

export function pngDEssai(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const corps = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(corps.length + 8)
    out.writeUInt32BE(data.length, 0)
    corps.copy(out, 4)
    out.writeUInt32BE(crc32(corps), corps.length + 4)
    return out
  }
  const entete = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', entete),
    chunk('IDAT', deflateSync(Buffer.from([0, 0, 255, 0, 255, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The structure of a JPEG: start, JFIF segment, scan, end. */
export const jpegDEssai = (): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    Buffer.from('JFIF\0'),
    Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0]),
    Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]),
    Buffer.alloc(2000, 0x55),
    Buffer.from([0xff, 0xd9]),
  ])

export function zipDEssai(fichiers: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [nom, contenu] of Object.entries(fichiers)) zip.addBuffer(Buffer.from(contenu), nom, { compress: false })
  zip.end()
  return new Promise((resolve, reject) => {
    const morceaux: Buffer[] = []
    zip.outputStream.on('data', (d: Buffer) => morceaux.push(d))
    zip.outputStream.on('error', reject)
    zip.outputStream.on('end', () => resolve(Buffer.concat(morceaux)))
  })
}

const PARTIE = 'application/vnd.openxmlformats-officedocument'
export const docxDEssai = () =>
  zipDEssai({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${PARTIE}.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': '<?xml version="1.0"?><Relationships/>',
    'word/document.xml': '<?xml version="1.0"?><document/>',
  })
export const odsDEssai = () =>
  zipDEssai({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<office/>' })

/** Reads a ZIP by its central directory, as any reader does. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const out = new Map<string, Buffer>()
  const fin = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
  let at = zip.readUInt32LE(fin + 16)
  for (let n = zip.readUInt16LE(fin + 10); n > 0; n--) {
    const [methode, taille] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const [nom, extra, note] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const local = zip.readUInt32LE(at + 42)
    const debut = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const brut = zip.subarray(debut, debut + taille)
    out.set(zip.toString('utf8', at + 46, at + 46 + nom), methode === 8 ? inflateRawSync(brut) : Buffer.from(brut))
    at += 46 + nom + extra + note
  }
  return out
}
