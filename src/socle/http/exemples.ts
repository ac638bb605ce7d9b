/** What an example is drawn from: a JSON Schema as zod writes it in the OpenAPI document. */
type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  examples?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
  items?: Schema
  prefixItems?: Schema[]
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  minItems?: number
  $ref?: string
}

const UUID = '01890a5d-ac96-774b-bcce-b302099a8057'

/** Patterns whose shortest text would say nothing to a reader. */
const PAR_MOTIF: readonly [RegExp, string][] = [
  [/^\^\[0-9a-f\]\{8\}-/, UUID],
  [/^\^\\d\{4\}-\\d\{2\}-\\d\{2\}/, '2025-11-01'],
  [/^\^\\d\{4\}-/, '2025-11'],
  [/^\^-?\??\\d\+\(/, '1806.66'],
]

/** The characters of a class, of which the first is taken in its turn: `[0-9A-Z]`, `\d`. */
const classeOf = (c: string): string =>
  /^\[?\\d/.test(c) || c.startsWith('[0-9') ? '1234567890' : (/^\[?([^^\\])/.exec(c)?.[1] ?? 'x')

/**
 * The shortest text that a simple pattern accepts: literals, classes, groups, alternatives, repetitions. The first
 * alternative is taken, and what may be absent is.
 */
export function texteDuMotif(motif: string): string {
  let i = 0
  let rang = 0
  const repetition = (): number => {
    const m = /^(?:\{(\d+)(?:,\d*)?\}|[?*+])/.exec(motif.slice(i))
    if (!m) return 1
    i += m[0].length
    return m[1] !== undefined ? Math.max(1, Number(m[1])) : m[0] === '+' ? 1 : 0
  }
  const atome = (): (() => string) => {
    const m = /^(?:\[(?:\\.|[^\]\\])*\]|\\.|[^\\])/.exec(motif.slice(i))![0]
    i += m.length
    if (m[0] === '[' || m === '\\d' || m === '\\w') {
      const lettres = classeOf(m === '\\w' ? 'a' : m)
      return () => lettres[rang++ % lettres.length]!
    }
    return () => (m[0] === '\\' ? m[1]! : m === '.' ? 'x' : m)
  }
  function suite(): string {
    let texte = ''
    let prise = true
    while (i < motif.length && motif[i] !== ')') {
      if (motif[i] === '|') {
        i++
        prise = false
        continue
      }
      if (motif[i] === '^' || motif[i] === '$') {
        i++
        continue
      }
      if (motif[i] === '(') {
        i += motif.startsWith('(?:', i) ? 3 : 1
        const dedans = suite()
        i++
        const n = repetition()
        if (prise) texte += dedans.repeat(n)
        continue
      }
      const a = atome()
      const n = repetition()
      if (prise) for (let k = 0; k < n; k++) texte += a()
    }
    return texte
  }
  return suite()
}

/** What a name says that the schema does not. */
const PAR_NOM: readonly [RegExp, string][] = [
  [/^(nom|agent|titulaire|gestionnaire|remplacant|technicien|beneficiaire|auteur|par)$|(Par|Nom)$/, 'Camille Dupouy'],
  [/^prenom$/, 'Camille'],
  [/^(id|[a-z]+Id)$|Id$/, UUID],
  [/^(courriel|identifiant)$/, 'camille.dupouy@exemple.example'],
  [/^mois$|Mois$/, '2025-11'],
  [/Le$|^instant$/, '2025-11-15T09:30:00.000Z'],
  [/^le$|^(depuis|jusqua|jour|effet|echeance|date|naissance|entree|sortie)/, '2025-11-01'],
  [/montant|brut|net|cout|ttc|^ht$|^tva$|total|solde|credit|debit/i, '1806.66'],
  [/^iban$/, 'FR1420041010050500013M02606'],
  [/^bic$/, 'PSSTFRPPBOR'],
  [/^nir$/, '290014099000145'],
  [/^siret$/, '21400002800018'],
  [/^siren$/, '214000028'],
  [/^empreinte$/, '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  [/motif|message|texte|libelle|objet|titre/i, 'Prime de fin d’année'],
]

function texteOf(s: Schema, nom: string): string {
  if (s.format === 'email') return 'camille.dupouy@exemple.example'
  if (s.format === 'uri') return 'https://exemple.example/page'
  const trouve = s.pattern
    ? (PAR_MOTIF.find(([m]) => m.test(s.pattern!))?.[1] ?? texteDuMotif(s.pattern))
    : PAR_NOM.find(([m]) => m.test(nom))?.[1]
  const pris = trouve ?? 'exemple'
  const long = pris.padEnd(s.minLength ?? 0, ' etc.')
  return s.maxLength === undefined ? long : long.slice(0, s.maxLength)
}

/**
 * One value that this schema accepts, always the same: the first of its choices, every property, one element. What a
 * schema cannot say (a key, a day that exists) comes from the `examples` that the shape carries.
 */
export function exempleOf(s: Schema, nom = '', composants: Record<string, Schema> = {}): unknown {
  const suite = (x: Schema, n = nom) => exempleOf(x, n, composants)
  if (s.$ref) return suite(composants[s.$ref.split('/').at(-1)!] ?? {})
  // a period ends after it begins
  if (nom === 'jusqua' && s.type === 'string' && !s.enum) return '2025-12-31'
  if (s.examples?.length) return s.examples[0]
  if (s.const !== undefined) return s.const
  if (s.enum?.length) return s.enum[0]
  const choix = s.anyOf ?? s.oneOf
  if (choix) return suite(choix.find((x) => x.type !== 'null') ?? {})
  if (s.allOf) return Object.assign({}, ...s.allOf.map((x) => suite(x)))
  const type = Array.isArray(s.type) ? s.type.find((t) => t !== 'null') : s.type
  if (type === 'object' || s.properties) {
    const champs = Object.entries(s.properties ?? {}).map(([n, p]) => [n, suite(p, n)])
    if (champs.length === 0 && typeof s.additionalProperties === 'object') {
      const cle = s.propertyNames ? String(suite(s.propertyNames)) : 'exemple'
      return { [cle]: suite(s.additionalProperties, cle) }
    }
    return Object.fromEntries(champs)
  }
  if (type === 'array') {
    if (s.prefixItems) return s.prefixItems.map((x) => suite(x))
    return Array.from({ length: Math.max(1, s.minItems ?? 1) }, () => suite(s.items ?? {}))
  }
  if (s.default !== undefined && nom !== 'motif') return s.default
  if (type === 'integer' || type === 'number') return Math.max(s.minimum ?? 1, 1)
  if (type === 'boolean') return true
  if (type === 'null') return null
  // an output that was transformed has no type left: its name may tell
  if (type === 'string' || PAR_NOM.some(([m]) => m.test(nom))) return texteOf(s, nom)
  return undefined
}

type Contenu = Record<string, { schema?: Schema; example?: unknown }>
type Parametre = { name: string; schema?: Schema; example?: unknown; examples?: Record<string, { value?: unknown }> }
type Operation = {
  parameters?: Parametre[]
  requestBody?: { content?: Contenu }
  responses?: Record<string, { content?: Contenu }>
}

/** The OpenAPI document with an example of each parameter, body and reply; files have none. */
export function withExemples<D extends object>(document: D): D {
  const doc = structuredClone(document) as {
    paths?: Record<string, Record<string, Operation>>
    components?: { schemas?: Record<string, Schema> }
  }
  const schemas = doc.components?.schemas ?? {}
  const put = (x: { schema?: Schema; example?: unknown }, nom = '') => {
    const exemple = x.schema && exempleOf(x.schema, nom, schemas)
    if (exemple !== undefined) x.example = exemple
  }
  for (const methodes of Object.values(doc.paths ?? {}))
    for (const op of Object.values(methodes)) {
      for (const p of op.parameters ?? []) {
        put(p, p.name)
        // those that the shape carries were taken out of its schema
        const [porte] = Object.values(p.examples ?? {})
        if (porte) p.example = porte.value
        delete p.examples
      }
      for (const c of Object.values(op.requestBody?.content ?? {})) put(c)
      for (const r of Object.values(op.responses ?? {})) for (const c of Object.values(r.content ?? {})) put(c)
    }
  return doc as D
}
