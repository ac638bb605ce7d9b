const plier = (t: string) => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Words of a text, accents and capitals aside. */
const motsDe = (texte: string) => new Set(plier(texte).split(/[^a-z0-9]+/))

/**
 * Family names that a text to publish still bears, and numbers that name somebody. First names are common words too
 * often to be refused alone.
 */
export function nomsDans(texte: string, noms: Iterable<string>): string[] {
  const mots = motsDe(texte)
  const trouves = new Set<string>()
  for (const nom of noms) {
    const parts = plier(nom)
      .split(/[^a-z0-9]+/)
      .filter((p) => p.length >= 3)
    if (parts.length > 0 && parts.every((p) => mots.has(p))) trouves.add(nom)
  }
  const serre = texte.replaceAll(/[\s.]/g, '')
  for (const numero of serre.match(/[12]\d{4}[\dAB]\d{8}|FR\d{12,}/g) ?? []) trouves.add(numero)
  return [...trouves]
}
