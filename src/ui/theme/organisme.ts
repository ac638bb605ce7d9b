/** The colour of a body: drawn from its SIREN among twelve, all of them dark enough for white text at 7:1. */
export const COULEURS_ORGANISME = [
  { nom: 'bleu ardoise', hex: '#2b4878' },
  { nom: 'brique', hex: '#84301f' },
  { nom: 'pétrole', hex: '#0b5560' },
  { nom: 'prune', hex: '#6a2a5b' },
  { nom: 'olive', hex: '#4d5316' },
  { nom: 'indigo', hex: '#403a8c' },
  { nom: 'bronze', hex: '#6d4410' },
  { nom: 'sarcelle', hex: '#035c48' },
  { nom: 'grenat', hex: '#8a1740' },
  { nom: 'acier', hex: '#45505a' },
  { nom: 'violette', hex: '#5b2c86' },
  { nom: 'chocolat', hex: '#533b33' },
] as const

/** Always the same for the same SIREN, on every machine. */
export function couleurOrganisme(siren: string): (typeof COULEURS_ORGANISME)[number] {
  let h = 2166136261
  for (const c of siren) h = Math.imul(h ^ c.charCodeAt(0), 16777619)
  // FNV leaves its low bits poor on digits: fold the high half in before taking the remainder.
  h ^= h >>> 15
  return COULEURS_ORGANISME[(h >>> 0) % COULEURS_ORGANISME.length]!
}
