import { formatJour, type Jour } from '#socle/dates.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'

const GABARIT = new URL('./lettre.typ', import.meta.url)

export type LettresDAcces = {
  date: Jour
  employeur: string
  /** Where the code is typed. */
  adresse: string
  /** Last day of the codes. */
  jusquAu: Jour
  lettres: readonly { prenom: string; nom: string; code: string }[]
}

/** One page a person, to be given in an envelope: the code stands nowhere else. */
export const lettresToPdf = (m: LettresDAcces, norme?: NormePdf): Uint8Array =>
  renderTypst(GABARIT, { ...m, dateLisible: formatJour(m.date), limite: formatJour(m.jusquAu) }, norme)
