/** Numbers as people read them in France: thin no-break spaces, decimal comma, real minus sign. */

/** Between thousands, thin; before a unit or a word, a full one: « 12 364 177,50 € ». Neither breaks. */
const FINE = '\u202f'
const INSECABLE = '\u00a0'
const MOINS = '\u2212'

/** Cents (bigint) or euros as the wire writes them (`"1806.66"`). */
export type MontantAffichable = bigint | string

/** `"1806.66"` for both kinds; the sums of the screen stay exact. */
export function enDecimal(montant: MontantAffichable): string {
  if (typeof montant === 'string') return montant
  const abs = montant < 0n ? -montant : montant
  return `${montant < 0n ? '-' : ''}${abs / 100n}.${String(abs % 100n).padStart(2, '0')}`
}

/** Groups a plain decimal (`-1234.5`) without going through a float. */
export function formatDecimal(texte: string, options: { decimales?: number; signe?: boolean } = {}): string {
  const m = /^([-+]?)(\d+)(?:\.(\d*))?$/.exec(texte.trim())
  if (!m) return texte
  const decimales = options.decimales === undefined ? (m[3] ?? '') : (m[3] ?? '').padEnd(options.decimales, '0')
  const entier = m[2]!.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, FINE)
  const nul = /^0*$/.test(m[2]!) && /^0*$/.test(decimales)
  const signe = nul ? '' : m[1] === '-' ? MOINS : options.signe ? '+' : ''
  return `${signe}${entier}${decimales === '' ? '' : `,${decimales}`}`
}

/** « 1 234,56 € » */
export const formatMontant = (
  montant: MontantAffichable,
  options: { euro?: boolean; signe?: boolean } = {},
): string => {
  const { euro = true, signe = false } = options
  return formatDecimal(enDecimal(montant), { decimales: 2, signe }) + (euro ? `${INSECABLE}€` : '')
}

/** « 5 500 », « 34,65 » */
export const formatNombre = (n: number | string, decimales?: number): string =>
  formatDecimal(
    typeof n === 'string' ? n : decimales === undefined ? plain(n) : n.toFixed(decimales),
    decimales === undefined ? {} : { decimales },
  )

/** « 34,65 % », from the number that the law writes (34.65). */
export const formatTaux = (n: number | string, decimales = 2): string => `${formatNombre(n, decimales)}${INSECABLE}%`

/** « 1,4 Mo » */
export function formatOctets(octets: number): string {
  if (octets < 1000) return `${octets}${INSECABLE}o`
  for (const [seuil, unite] of [
    [1e9, 'Go'],
    [1e6, 'Mo'],
  ] as const)
    if (octets >= seuil) return `${formatNombre((octets / seuil).toFixed(1))}${INSECABLE}${unite}`
  return `${formatNombre(Math.round(octets / 1e3))}${INSECABLE}ko`
}

/** « 1 dossier », « 12 dossiers », « aucun dossier » */
export function compter(n: number, singulier: string, pluriel = `${singulier}s`, aucun = `aucun ${singulier}`): string {
  if (n === 0) return aucun
  return `${formatNombre(n)}${INSECABLE}${n >= 2 ? pluriel : singulier}`
}

const plain = (n: number) => (Number.isInteger(n) ? n.toFixed(0) : String(n))
