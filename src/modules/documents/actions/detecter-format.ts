import { fileTypeFromBuffer } from 'file-type'
import { extensionOf, FORMATS, type Format } from '../domain/formats.ts'
import { isTexte } from '../domain/integrite.ts'
import { refusFichier } from '../refus.ts'

const ACCEPTES =
  'Formats acceptés : PDF, JPEG, PNG, WebP, HEIC, Word (docx), Excel (xlsx), OpenDocument (odt, ods), CSV et texte.'
const SYNONYMES: Record<string, string> = { 'image/heif': 'image/heic', 'image/heic-sequence': 'image/heic' }

/**
 * Names the format of some bytes, or refuses them with the reason. The bytes decide; the name must agree with them,
 * since the person who opens the file later will trust the name.
 */
export async function detectFormat(nom: string, octets: Uint8Array): Promise<Format> {
  if (octets.length === 0) throw refusFichier('vide', 'Ce fichier est vide ; rien n’a été enregistré.')
  const extension = extensionOf(nom)
  const attendu = FORMATS.find((f) => f.extensions.includes(extension))
  const detecte = await fileTypeFromBuffer(octets)
  const mime = detecte ? (SYNONYMES[detecte.mime] ?? detecte.mime) : isTexte(octets) ? 'text/plain' : undefined
  // CSV is a text that its name alone tells apart
  const format = FORMATS.find((f) => f.mime === (mime === 'text/plain' && extension === 'csv' ? 'text/csv' : mime))
  if (!format) {
    if (attendu && !detecte)
      throw refusFichier(
        'illisible',
        `Ce fichier porte le nom d’un ${attendu.libelle}, mais son contenu n’en est pas un, ou il est abîmé ; rien n’a été enregistré.`,
      )
    throw refusFichier('format', `Ce format de fichier n’est pas accepté ; rien n’a été enregistré. ${ACCEPTES}`)
  }
  if (!format.extensions.includes(extension))
    throw refusFichier(
      'nom',
      `Le contenu est un ${format.libelle}, mais le nom ${extension ? `finit par « .${extension} »` : 'n’a pas d’extension'} ; rien n’a été enregistré. Renommez le fichier en « .${format.extensions[0]} » si c’est bien lui.`,
    )
  const defaut = format.defaut(octets)
  if (defaut)
    throw refusFichier(
      'incomplet',
      `Ce ${format.libelle} est incomplet ou abîmé (${defaut}) ; rien n’a été enregistré. Ouvrez-le pour vérifier, puis envoyez-le à nouveau.`,
    )
  return format
}
