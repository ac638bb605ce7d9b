export type Json = string | number | boolean | null | readonly Json[] | { readonly [cle: string]: Json | undefined }

// what PostgreSQL refuses in a jsonb, and a hostile field may carry
const propre = (texte: string) => texte.toWellFormed().replaceAll('\0', '\ufffd')

/** Canonical JSON (RFC 8785): keys in order, no space, so that the same fact is always the same bytes. */
export function canonique(valeur: Json): string {
  if (Array.isArray(valeur)) return `[${valeur.map(canonique).join(',')}]`
  if (valeur !== null && typeof valeur === 'object') {
    const objet = valeur as { readonly [cle: string]: Json | undefined }
    const cles = Object.keys(objet)
      .filter((c) => objet[c] !== undefined)
      .sort()
    return `{${cles.map((c) => `${JSON.stringify(propre(c))}:${canonique(objet[c]!)}`).join(',')}}`
  }
  if (typeof valeur === 'number' && !Number.isFinite(valeur)) throw new Error('a number of the journal must be finite')
  return JSON.stringify(typeof valeur === 'string' ? propre(valeur) : valeur)
}
