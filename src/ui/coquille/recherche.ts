/** Without case and accents: « dépôt » is found by « depot ». */
export const replier = (texte: string): string => texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Every word typed must be somewhere; nothing typed matches everything. */
export function correspond(texte: string, cherche: string): boolean {
  const t = replier(texte)
  return replier(cherche)
    .split(/\s+/)
    .every((mot) => t.includes(mot))
}
