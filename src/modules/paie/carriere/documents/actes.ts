import type { Jour } from '#socle/dates.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'
import { insecables } from '#socle/texte.ts'

const GABARIT = new URL('./actes.typ', import.meta.url)

/** One paper of a career: an arrêté, a certificate. Each takes its own page. */
export type ActeImprimable = {
  /** Letterhead: name of the body, then its address. */
  emetteur: string[]
  reference: string
  titre: string
  avant: string[]
  fiche: { libelle: string; valeur: string }[]
  /** « ARRÊTE : » before the articles. */
  verbe: string | null
  articles: { titre: string; texte: string }[]
  apres: string[]
  signature: { lieu: string; qualite: string }
}
/** Papers drawn together, frozen when they were made. */
export type ActesImprimables = { version: 1; titre: string; auteur: string; date: Jour; actes: ActeImprimable[] }

const propre = (v: unknown): unknown => {
  if (typeof v === 'string') return insecables(v)
  if (Array.isArray(v)) return v.map(propre)
  if (v !== null && typeof v === 'object')
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, k === 'date' ? x : propre(x)]))
  return v
}

/** Papers of careers as PDF/A-2b, tagged PDF/UA-1. Pure: same model, same bytes. */
export const renderActes = (m: ActesImprimables, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(GABARIT, propre(m), norme)
