import { defautImage, defautPdf, defautZip } from './integrite.ts'

export type Format = {
  readonly libelle: string
  readonly mime: string
  readonly extensions: readonly string[]
  /** What is wrong with the bytes of such a file (truncated, broken), or `undefined`. */
  readonly defaut: (octets: Uint8Array) => string | undefined
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const ODF = 'application/vnd.oasis.opendocument'
const jamais = () => undefined

/** What may be deposited. Macros, archives, web pages and programs are not in the list, whatever their name. */
export const FORMATS: readonly Format[] = [
  { libelle: 'PDF', mime: 'application/pdf', extensions: ['pdf'], defaut: defautPdf },
  { libelle: 'image JPEG', mime: 'image/jpeg', extensions: ['jpg', 'jpeg'], defaut: defautImage.jpeg },
  { libelle: 'image PNG', mime: 'image/png', extensions: ['png'], defaut: defautImage.png },
  { libelle: 'image WebP', mime: 'image/webp', extensions: ['webp'], defaut: defautImage.webp },
  { libelle: 'photo HEIC', mime: 'image/heic', extensions: ['heic', 'heif'], defaut: defautImage.heic },
  { libelle: 'texte Word', mime: `${OFFICE}.wordprocessingml.document`, extensions: ['docx'], defaut: defautZip },
  { libelle: 'classeur Excel', mime: `${OFFICE}.spreadsheetml.sheet`, extensions: ['xlsx'], defaut: defautZip },
  { libelle: 'texte OpenDocument', mime: `${ODF}.text`, extensions: ['odt'], defaut: defautZip },
  { libelle: 'classeur OpenDocument', mime: `${ODF}.spreadsheet`, extensions: ['ods'], defaut: defautZip },
  { libelle: 'fichier CSV', mime: 'text/csv', extensions: ['csv'], defaut: jamais },
  { libelle: 'texte', mime: 'text/plain', extensions: ['txt'], defaut: jamais },
]

export const extensionOf = (nom: string) => /\.([a-z0-9]+)$/i.exec(nom)?.[1]?.toLowerCase() ?? ''

// control characters, and those that turn the direction of the text (« exe.pdf » that reads « fdp.exe »)
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const INVISIBLES = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** The name to keep: no folder, no invisible character, 180 characters at most with its extension. */
export function cleanNom(nom: string): string {
  const court = (nom.normalize('NFC').replace(INVISIBLES, '').split(/[/\\]/).pop() ?? '').trim()
  const extension = extensionOf(court)
  const corps = extension ? court.slice(0, -(extension.length + 1)) : court
  const propre = [...corps].slice(0, 180 - extension.length - 1).join('')
  return extension ? `${propre || 'document'}.${extension}` : propre || 'document'
}
