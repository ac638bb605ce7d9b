/**
 * Quick typing: what a person types without looking (`12,5`, `010325`) becomes the value of the wire (`12.50`,
 * `2025-03-01`). `undefined` means « not understood »; the text then stays as typed, with its message.
 */

const ESPACES = /[\s\u00a0\u202f]/g

/** « 1 234,5 € » gives `1234.50`. More decimals than asked are refused, never rounded in silence. */
export function lireDecimal(texte: string, decimales: { max: number; min?: number }): string | undefined {
  const net = texte
    .replace(ESPACES, '')
    .replace(/€|%$/g, '')
    .replace(/^\u2212/, '-')
  const m = /^([-+]?)(\d*)(?:[.,](\d*))?$/.exec(net)
  if (!m || (m[2] === '' && !m[3])) return undefined
  const entier = (m[2] || '0').replace(/^0+(?=\d)/, '')
  const fraction = (m[3] ?? '').replace(/0+$/, '')
  if (fraction.length > decimales.max) return undefined
  const pleine = fraction.padEnd(decimales.min ?? 0, '0')
  const nul = entier === '0' && fraction === ''
  return `${m[1] === '-' && !nul ? '-' : ''}${entier}${pleine === '' ? '' : `.${pleine}`}`
}

export const lireMontant = (texte: string) => lireDecimal(texte, { max: 2, min: 2 })

const deux = (n: number | string) => String(n).padStart(2, '0')

/** Two-digit years: a birth lies in the hundred years before today, anything else between 1970 and 2069. */
function annee(texte: string, aujourdhui: string, passe: boolean): number {
  const n = Number(texte)
  if (texte.length > 2) return n
  if (passe) return n + (n > Number(aujourdhui.slice(2, 4)) ? 1900 : 2000)
  return n + (n >= 70 ? 1900 : 2000)
}

function composer(j: number, m: number, a: number): string | undefined {
  const d = new Date(Date.UTC(a, m - 1, j))
  if (a < 1000 || a > 9999 || d.getUTCMonth() !== m - 1 || d.getUTCDate() !== j) return undefined
  return `${a}-${deux(m)}-${deux(j)}`
}

function decaler(jour: string, jours: number): string {
  const d = new Date(`${jour}T00:00:00Z`)
  d.setUTCDate(d.getUTCDate() + jours)
  return d.toISOString().slice(0, 10)
}

/** `010325`, `01032025`, `1/3/25`, `1/3`, `0103`, `2025-03-01`, `auj`, `hier`, `demain`, `+15`. */
export function lireJour(
  texte: string,
  { aujourdhui, passe = false }: { aujourdhui: string; passe?: boolean },
): string | undefined {
  const t = texte.trim().toLowerCase()
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(t)
  if (iso) return composer(Number(iso[3]), Number(iso[2]), Number(iso[1]))
  if (/^auj/.test(t)) return aujourdhui
  if (t === 'hier') return decaler(aujourdhui, -1)
  if (t === 'demain') return decaler(aujourdhui, 1)
  const ecart = /^([-+])(\d{1,4})$/.exec(t)
  if (ecart) return decaler(aujourdhui, Number(ecart[1] + ecart[2]!))
  const parts = /^\d+$/.test(t)
    ? /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(t)
    : /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$/.exec(t)
  if (!parts) return undefined
  const a = parts[3] === undefined ? Number(aujourdhui.slice(0, 4)) : annee(parts[3], aujourdhui, passe)
  return composer(Number(parts[1]), Number(parts[2]), a)
}

const NOMS = ['janv', 'fevr', 'mars', 'avri', 'mai', 'juin', 'juil', 'aout', 'sept', 'octo', 'nove', 'dece']

/** `0325`, `032025`, `3/25`, `2025-03`, `mars 2025`, `mars`. */
export function lireMois(texte: string, { aujourdhui }: { aujourdhui: string }): string | undefined {
  const t = texte.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  const iso = /^(\d{4})-(\d{2})$/.exec(t)
  if (iso) return moisValide(Number(iso[2]), Number(iso[1]))
  const nom = /^([a-z]+)\.?(?:\s+(\d{2}|\d{4}))?$/.exec(t)
  if (nom) {
    const candidats = NOMS.flatMap((n, i) => (n.startsWith(nom[1]!.slice(0, 4)) ? [i + 1] : []))
    if (candidats.length !== 1) return undefined
    return moisValide(candidats[0]!, nom[2] ? annee(nom[2], aujourdhui, false) : Number(aujourdhui.slice(0, 4)))
  }
  const m = /^(\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$/.exec(t) ?? /^(\d{2})(\d{2}|\d{4})$/.exec(t)
  if (!m) return undefined
  return moisValide(Number(m[1]), m[2] ? annee(m[2], aujourdhui, false) : Number(aujourdhui.slice(0, 4)))
}

const moisValide = (m: number, a: number): string | undefined => (m >= 1 && m <= 12 ? `${a}-${deux(m)}` : undefined)

/** `7h30`, `7:30`, `730`, `7,5` hours give minutes: `450`. */
export function lireDuree(texte: string): string | undefined {
  const t = texte.replace(ESPACES, '').toLowerCase()
  const hm = /^(\d{1,3})[h:](\d{1,2})?$/.exec(t) ?? /^(\d{1,2})(\d{2})$/.exec(t)
  if (hm) return Number(hm[2] ?? 0) < 60 ? String(Number(hm[1]) * 60 + Number(hm[2] ?? 0)) : undefined
  const decimal = lireDecimal(t.replace(/h$/, ''), { max: 2 })
  if (decimal === undefined || decimal.startsWith('-')) return undefined
  const minutes = Number(decimal) * 60
  return Number.isInteger(Math.round(minutes * 100) / 100) ? String(Math.round(minutes)) : undefined
}

/** `450` minutes give « 7 h 30 ». */
export const formatDuree = (minutes: number): string => {
  const abs = Math.abs(minutes)
  return `${minutes < 0 ? '\u2212' : ''}${Math.floor(abs / 60)}\u00a0h\u00a0${deux(abs % 60)}`
}

/** Identifiers: the wire has them without spaces, the eye wants groups. */
export const GROUPES = { siren: [3, 3, 3], siret: [3, 3, 3, 5], nir: [1, 2, 2, 2, 3, 3, 2] } as const

export const serrer = (texte: string): string => texte.replace(ESPACES, '').replace(/[.-]/g, '').toUpperCase()

export function grouper(texte: string, tailles: readonly number[]): string {
  const parts: string[] = []
  let reste = texte
  for (const n of tailles) {
    if (reste === '') break
    parts.push(reste.slice(0, n))
    reste = reste.slice(n)
  }
  return [...parts, ...(reste === '' ? [] : [reste])].join('\u00a0')
}

export const grouperIban = (texte: string): string => texte.replace(/(.{4})(?=.)/g, '$1\u00a0')

/** Rows of cells from what a spreadsheet puts on the clipboard. A cell with line breaks comes in double quotes. */
export function lireTableur(texte: string): string[][] {
  const lignes: string[][] = [[]]
  let cellule = ''
  let cite = false
  const net = texte.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let i = 0; i < net.length; i++) {
    const c = net[i]!
    if (cite) {
      if (c === '"' && net[i + 1] === '"') cellule += net[++i]
      else if (c === '"') cite = false
      else cellule += c
    } else if (c === '"' && cellule === '') cite = true
    else if (c === '\t' || c === '\n') {
      lignes.at(-1)!.push(cellule)
      cellule = ''
      if (c === '\n') lignes.push([])
    } else cellule += c
  }
  lignes.at(-1)!.push(cellule)
  return lignes
}
