/** Whether people are known to use this password: the answer of the offline list. */
export type EstConnu = (motDePasse: string) => boolean | Promise<boolean>

const sansOrnement = (t: string) => t.replace(/^[\d\W_]+|[\d\W_]+$/gu, '')
const lettres = (t: string) =>
  t
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')

/**
 * Why this password would be found by whoever tries the words of the lists, or knows the person; undefined when it
 * would not. Length does the rest (`contract.ts`): no rule on its letters, digits and signs, which people get round.
 */
export async function faiblesseOf(
  motDePasse: string,
  contexte: { mots: readonly string[]; estConnu: EstConnu },
): Promise<string | undefined> {
  if (new Set(motDePasse.toLowerCase()).size < 5) return 'Trop répétitif : il serait deviné tout de suite.'
  const nu = lettres(motDePasse)
  const reste = contexte.mots
    .map(lettres)
    .filter((m) => m.length >= 4)
    .reduce((t, m) => t.replaceAll(m, ''), nu)
  if (reste !== nu && reste.length < 4)
    return 'Il reprend votre nom, votre adresse ou celui de Bosquet : il serait essayé en premier.'
  for (const essai of new Set([motDePasse, motDePasse.toLowerCase(), sansOrnement(motDePasse.toLowerCase())]))
    if (essai.length > 0 && (await contexte.estConnu(essai)))
      return 'Ce mot de passe figure dans les listes que les voleurs essaient. Choisissez-en un autre.'
  return undefined
}
