import { deflateSync } from 'node:zlib'

/**
 * Finishes a PDF written by Typst, in one pass over its objects.
 *
 * 1. Declares PDF/UA-1. Typst writes PDF/A-2b or PDF/UA-1, never both, though the tags of the two outputs are the
 *    same. What a PDF/A lacks to be a PDF/UA is two declarations (ISO 14289-1, 5 and 7.1): the identifier in the XMP
 *    packet, described there by an extension schema as ISO 19005-2, 6.6.2.3 asks, and `DisplayDocTitle`.
 * 2. Packs the objects that are not streams into an object stream (ISO 32000-1, 7.5.7): the tags of a table are
 *    hundreds of small dictionaries, and the file becomes three to four times lighter.
 */
const ESPACE = 'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
const IDENTIFIANT = '<pdfuaid:part>1</pdfuaid:part>'
const SCHEMA = [
  '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>',
  '<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>',
  '<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">',
  '<pdfaProperty:category>internal</pdfaProperty:category>',
  '<pdfaProperty:description>Part of the PDF/UA standard to which the document conforms</pdfaProperty:description>',
  '<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>',
  '</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>',
].join('')
const DEBUT_EXTENSIONS = '<pdfaExtension:schemas><rdf:Bag>'
const PREFERENCES = '/ViewerPreferences <<'

function remplacer(texte: string, avant: string, apres: string): string {
  const at = texte.indexOf(avant)
  if (at < 0 || texte.indexOf(avant, at + 1) >= 0) throw new Error(`PDF: « ${avant} » is not there exactly once`)
  return texte.slice(0, at) + apres + texte.slice(at + avant.length)
}

function metadonnees(objet: string): string {
  const avant = objet.length
  let texte = remplacer(objet, 'xmlns:pdfaid=', `${ESPACE} xmlns:pdfaid=`)
  texte = remplacer(texte, DEBUT_EXTENSIONS, DEBUT_EXTENSIONS + SCHEMA)
  texte = remplacer(texte, '<pdfaid:part>', `${IDENTIFIANT}<pdfaid:part>`)
  const longueur = /\/Length (\d+)/.exec(objet)
  if (!longueur) throw new Error('PDF: metadata without a length')
  return remplacer(texte, longueur[0], `/Length ${Number(longueur[1]) + texte.length - avant}`)
}

const catalogue = (objet: string) => remplacer(objet, PREFERENCES, `${PREFERENCES}\n    /DisplayDocTitle true`)

type Objet = { numero: number; corps: string }

/** Objects by number, from the cross-reference table that Typst writes: one section, every object in use. */
function lireObjets(pdf: string): { tete: string; objets: Objet[]; trailer: string } {
  const debutTable = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(pdf.slice(-400))?.[1])
  if (!Number.isInteger(debutTable)) throw new Error('PDF: no startxref')
  const section = /^xref\n0 (\d+)\s*\n([\s\S]*?)trailer\n<<([\s\S]*?)>>\nstartxref/.exec(pdf.slice(debutTable))
  if (!section) throw new Error('PDF: not the table of Typst')
  const places = [...section[2]!.matchAll(/(\d{10}) 00000 n/g)].map((m, i) => ({ numero: i + 1, at: Number(m[1]) }))
  if (places.length !== Number(section[1]) - 1) throw new Error('PDF: a free object')
  const ordre = places.sort((a, b) => a.at - b.at)
  const objets = ordre.map(({ numero, at }, i) => {
    const entete = `${numero} 0 obj\n`
    if (!pdf.startsWith(entete, at)) throw new Error(`PDF: object ${numero} is not there`)
    return { numero, corps: pdf.slice(at + entete.length, pdf.lastIndexOf('\nendobj', ordre[i + 1]?.at ?? debutTable)) }
  })
  return { tete: pdf.slice(0, ordre[0]!.at), objets, trailer: section[3]! }
}

const estFlux = (corps: string) => corps.endsWith('\nendstream')

/** Changes the two objects that declare the document. */
function declarer({ numero, corps }: Objet): Objet {
  const debut = corps.slice(0, 60)
  if (debut.includes('/Type /Metadata')) return { numero, corps: metadonnees(corps) }
  return debut.includes('/Type /Catalog') ? { numero, corps: catalogue(corps) } : { numero, corps }
}

function flux(numero: number, dictionnaire: string, contenu: Uint8Array): string {
  const packed = deflateSync(contenu, { level: 3 })
  const debut = `${numero} 0 obj\n<<${dictionnaire} /Filter /FlateDecode /Length ${packed.length}>>\nstream\n`
  return `${debut}${packed.toString('latin1')}\nendstream\nendobj\n`
}

/** A tagged PDF/A-2b of Typst → the same, declared PDF/UA-1 and packed. Same bytes in, same bytes out. */
export function finirPdf(pdf: Buffer): Uint8Array {
  // one character a byte: a string is cut and joined without a copy, where hundreds of small buffers are not
  const { tete, objets, trailer } = lireObjets(pdf.toString('latin1'))
  const declares = objets.map(declarer)
  const groupes = declares.filter((o) => !estFlux(o.corps))
  const numeroGroupe = objets.length + 1
  const numeroTable = numeroGroupe + 1
  const morceaux = [tete]
  let taille = tete.length
  const ecrire = (morceau: string) => {
    morceaux.push(morceau)
    taille += morceau.length
  }
  // entry = type (1 byte), offset or object stream (4), generation or index (2)
  const table = Buffer.alloc((numeroTable + 1) * 7)
  const noter = (numero: number, type: 1 | 2, valeur: number, rang: number) => {
    table.writeUInt8(type, numero * 7)
    table.writeUInt32BE(valeur, numero * 7 + 1)
    table.writeUInt16BE(rang, numero * 7 + 5)
  }
  table.writeUInt16BE(65535, 5)

  for (const { numero, corps } of declares) {
    if (!estFlux(corps)) continue
    noter(numero, 1, taille, 0)
    ecrire(`${numero} 0 obj\n${corps}\nendobj\n`)
  }
  let position = 0
  const index = groupes.map(({ numero, corps }, rang) => {
    noter(numero, 2, numeroGroupe, rang)
    const entree = `${numero} ${position}`
    position += corps.length + 1
    return entree
  })
  const sommaire = `${index.join(' ')}\n`
  const contenu = Buffer.from(`${sommaire}${groupes.map((o) => o.corps).join('\n')}\n`, 'latin1')
  noter(numeroGroupe, 1, taille, 0)
  ecrire(flux(numeroGroupe, `/Type /ObjStm /N ${groupes.length} /First ${sommaire.length}`, contenu))
  const debutTable = taille
  noter(numeroTable, 1, debutTable, 0)
  const suite = remplacer(trailer, `/Size ${numeroGroupe}`, `/Size ${numeroTable + 1}`)
  ecrire(flux(numeroTable, `/Type /XRef /W [1 4 2]${suite.trimEnd()}`, table))
  ecrire(`startxref\n${debutTable}\n%%EOF\n`)
  return Buffer.from(morceaux.join(''), 'latin1')
}
