import { crc32 } from 'node:zlib'

/*
 * Is the file whole? Uploads are cut by phones, proxies and USB keys; the officer must learn it while the sender is
 * still there. These are checks of completeness along the structure of each format, not a full reading of it.
 */

const viewOf = (o: Uint8Array) => new DataView(o.buffer, o.byteOffset, o.byteLength)
const bufferOf = (o: Uint8Array) => Buffer.from(o.buffer, o.byteOffset, o.byteLength)

/** ISO 32000: a header, and at the end `startxref`, the place of the cross-reference table, `%%EOF`. */
export function defautPdf(octets: Uint8Array): string | undefined {
  const b = bufferOf(octets)
  if (b.subarray(0, 1024).indexOf('%PDF-') < 0) return 'début absent'
  const fin = b.subarray(Math.max(0, b.length - 2048)).toString('latin1')
  const eof = fin.lastIndexOf('%%EOF')
  if (eof < 0) return 'fin absente'
  const start = /startxref\s+(\d+)\s*$/.exec(fin.slice(0, eof))
  if (!start) return 'table absente'
  const table = b.subarray(Number(start[1]), Number(start[1]) + 40).toString('latin1')
  // some writers count from the « %PDF- » that follows a few stray bytes: look around it too
  const autour = b.subarray(Math.max(0, Number(start[1]) - 20), Number(start[1]) + 1064).toString('latin1')
  return /^\s*(xref|\d+\s+\d+\s+obj)/.test(table) || /xref|\d+\s+\d+\s+obj/.test(autour) ? undefined : 'table illisible'
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function defautPng(octets: Uint8Array): string | undefined {
  const b = bufferOf(octets)
  if (!b.subarray(0, 8).equals(PNG)) return 'début absent'
  for (let at = 8; at + 12 <= b.length; ) {
    const longueur = b.readUInt32BE(at)
    const fin = at + 12 + longueur
    if (fin > b.length) return 'fin absente'
    if (crc32(b.subarray(at + 4, at + 8 + longueur)) !== b.readUInt32BE(at + 8 + longueur)) return 'contenu altéré'
    if (b.toString('latin1', at + 4, at + 8) === 'IEND') return undefined
    at = fin
  }
  return 'fin absente'
}

/** Walks the segments to the scan, then looks for the end mark: a cut photo has none. */
function defautJpeg(octets: Uint8Array): string | undefined {
  const b = bufferOf(octets)
  let at = 2
  while (at + 4 <= b.length) {
    if (b[at] !== 0xff) return 'segments illisibles'
    const marque = b[at + 1]!
    if (marque === 0xff) {
      at += 1
      continue
    }
    if (marque === 0xda) return b.lastIndexOf(Buffer.from([0xff, 0xd9])) > at ? undefined : 'fin absente'
    at += 2 + b.readUInt16BE(at + 2)
  }
  return 'image absente'
}

function defautWebp(octets: Uint8Array): string | undefined {
  return octets.length >= 12 && viewOf(octets).getUint32(4, true) + 8 <= octets.length ? undefined : 'fin absente'
}

/** ISO base media boxes must end where the file ends. */
function defautHeic(octets: Uint8Array): string | undefined {
  const v = viewOf(octets)
  let at = 0
  while (at + 8 <= octets.length) {
    const court = v.getUint32(at)
    if (court === 0) return undefined // « to the end of the file »
    const longueur = court === 1 && at + 16 <= octets.length ? Number(v.getBigUint64(at + 8)) : court
    if (longueur < 8) return 'boîtes illisibles'
    at += longueur
  }
  return at === octets.length ? undefined : 'fin absente'
}

export const defautImage = { jpeg: defautJpeg, png: defautPng, webp: defautWebp, heic: defautHeic }

/** Office files are ZIP: the central directory must be there, and where the end record says. */
export function defautZip(octets: Uint8Array): string | undefined {
  const b = bufferOf(octets)
  const fin = b.lastIndexOf(Buffer.from('PK\x05\x06'))
  if (fin < 0 || fin + 22 > b.length) return 'fin absente'
  const taille = b.readUInt32LE(fin + 12)
  const debut = b.readUInt32LE(fin + 16)
  if (debut + taille > fin || b.toString('latin1', debut, debut + 4) !== 'PK\x01\x02') return 'sommaire illisible'
  return undefined
}

/** A text for a person or a table: UTF-8 or the Windows code page, no control character, no markup nor script. */
export function isTexte(octets: Uint8Array): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their presence is the question
  const controle = /[\u0000-\u0008\u000b\u000e-\u001f]/
  const texte = decodeTexte(octets)
  if (controle.test(texte)) return false
  const debut = texte
    .slice(0, 4096)
    .replace(/^\ufeff/, '')
    .trimStart()
    .toLowerCase()
  return !(debut.startsWith('<') || debut.startsWith('#!') || debut.startsWith('%!') || debut.includes('<script'))
}

function decodeTexte(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return new TextDecoder('windows-1252').decode(octets)
  }
}
