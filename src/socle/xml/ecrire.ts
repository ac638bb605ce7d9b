/** XML already written. Built by `el` and `v` only, so that a value never escapes into markup. */
export type Xml = string & { readonly [marque]: 'xml' }
declare const marque: unique symbol
export type Encodage = 'UTF-8' | 'ISO-8859-1'

const RESERVES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// Control characters other than tab and line ends do not exist in XML 1.0: a text pasted from elsewhere may hold some.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const INTERDITS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const A_ECHAPPER = /[&<>"\n\r\t]/

function echapper(text: string): string {
  const clean = text.replace(INTERDITS, '')
  if (!A_ECHAPPER.test(clean)) return clean
  return clean.replace(/[&<>"\n\r\t]/g, (c) => RESERVES[c] ?? `&#${c.codePointAt(0)};`)
}

type Enfant = Xml | undefined | false
/** One element. Children that are absent are skipped; their order is the one given, which the schemas impose. */
export function el(nom: string, attributs: Record<string, string | undefined>, enfants?: readonly Enfant[]): Xml {
  let debut = `<${nom}`
  for (const [cle, valeur] of Object.entries(attributs))
    if (valeur !== undefined) debut += ` ${cle}="${echapper(valeur)}"`
  if (!enfants) return `${debut}/>` as Xml
  let dedans = ''
  for (const enfant of enfants) if (enfant) dedans += enfant
  return `${debut}>${dedans}</${nom}>` as Xml
}

/** The usual leaf of the public exchanges: `<MtHT V="12.00"/>`; nothing when the value is absent or empty. */
export function v(nom: string, valeur: string | number | boolean | undefined): Xml | undefined {
  if (valeur === undefined || valeur === '') return undefined
  return `<${nom} V="${typeof valeur === 'string' ? echapper(valeur) : String(valeur)}"/>` as Xml
}

/** Text content of an element. */
export const texte = (valeur: string): Xml => echapper(valeur) as Xml

/** The bytes of a document, in the encoding that its declaration says; what the encoding lacks becomes a reference. */
export function writeXml(racine: Xml, encodage: Encodage = 'UTF-8'): Uint8Array {
  const document = `<?xml version="1.0" encoding="${encodage}"?>\n${racine}\n`
  if (encodage === 'UTF-8') return Buffer.from(document, 'utf8')
  return Buffer.from(
    document.replace(/[\u0100-\u{10ffff}]/gu, (c) => `&#${c.codePointAt(0)};`),
    'latin1',
  )
}
