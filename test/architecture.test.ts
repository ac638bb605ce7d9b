import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** Which module may call which, by its door. An addition is a design decision: write its ADR. */
const CALLS: Record<string, string[]> = {
  organismes: [],
  journal: ['documents', 'organismes'],
  acces: ['journal', 'organismes'],
  documents: [],
  coffre: ['acces', 'documents', 'journal', 'organismes'],
  paie: ['acces', 'coffre', 'documents', 'finances', 'journal', 'organismes'],
  finances: ['documents', 'journal', 'organismes'],
  demonstration: ['acces', 'coffre', 'documents', 'finances', 'organismes', 'paie'],
}
/** Parts of a module that are used alone have a door of their own. */
const DOORS = [
  'modules/paie/calcul/index.ts',
  'modules/finances/echanges/index.ts',
  'modules/demonstration/actions/installer.ts',
]

type Edge = { from: string; to: string }

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g

function resolveImport(from: string, spec: string): string | undefined {
  if (spec === '#ui') return 'ui/index.ts'
  if (spec.startsWith('#')) return spec.slice(1)
  if (spec.startsWith('.')) return relative(SRC, resolve(dirname(join(SRC, from)), spec))
  return undefined
}

const files = globSync('**/*.{ts,tsx}', { cwd: SRC }).filter((f) => !/\.test\.tsx?$|(^|\/)essais?(\/|\.ts$)/.test(f))
const edges: Edge[] = files.flatMap((from) =>
  [...readFileSync(join(SRC, from), 'utf8').matchAll(IMPORT)].flatMap(([, spec]) => {
    const to = resolveImport(from, spec!)
    return to === undefined ? [] : [{ from, to }]
  }),
)

const moduleOf = (file: string) => /^modules\/([^/]+)\//.exec(file)?.[1]
const isUi = (file: string) => /^ui\/|\/ui\//.test(file)
const show = (list: Edge[]) => list.map(({ from, to }) => `${from} -> ${to}`)
const offenders = (wrong: (e: Edge & { a: string | undefined; b: string | undefined }) => boolean) =>
  show(edges.filter((e) => wrong({ ...e, a: moduleOf(e.from), b: moduleOf(e.to) })))

test('there is something to read', () => {
  expect(files.length).toBeGreaterThan(150)
  expect(edges.length).toBeGreaterThan(500)
})

test('a module is entered by its index only', () => {
  expect(
    offenders(
      ({ from, to, a, b }) =>
        b !== undefined && a !== b && !isUi(from) && to !== `modules/${b}/index.ts` && !DOORS.includes(to),
    ),
  ).toEqual([])
})

test('a module calls only those that the table gives it', () => {
  expect(
    offenders(({ a, b }) => a !== undefined && b !== undefined && a !== b && !(CALLS[a] ?? []).includes(b)),
  ).toEqual([])
})

test('the table of calls has no cycle', () => {
  const reach = (from: string, seen: string[]): string[] =>
    (CALLS[from] ?? []).flatMap((to) =>
      seen.includes(to) ? [`${[...seen, to].join(' -> ')}`] : reach(to, [...seen, to]),
    )
  expect(Object.keys(CALLS).flatMap((m) => reach(m, [m]))).toEqual([])
})

test('the socle knows no module, and no screen', () => {
  expect(offenders(({ from, to }) => from.startsWith('socle/') && !to.startsWith('socle/'))).toEqual([])
})

const PURE = /^socle\/(argent|dates|identifiants|ids|refus|contrat|droits|progression)\.ts$/
const part = (file: string) => file.replace(/\/(domain|ui)\/.*$/, '')

test('a domain imports only domains, contracts and the pure part of the socle', () => {
  expect(
    offenders(
      ({ from, to }) =>
        /\/domain\//.test(from) &&
        !/\/domain\/|\/contract\.ts$|\/refus\.ts$|^modules\/paie\/calcul\//.test(to) &&
        !PURE.test(to),
    ),
  ).toEqual([])
})

test('the payroll engine stands alone: no database, no HTTP, no clock', () => {
  expect(
    offenders(
      ({ from, to }) =>
        from.startsWith('modules/paie/calcul/') && !to.startsWith('modules/paie/calcul/') && !PURE.test(to),
    ),
  ).toEqual([])
  const clock = files
    .filter((f) => f.startsWith('modules/paie/calcul/') && !f.includes('/essais/'))
    .filter((f) =>
      /new Date\(\)|Date\.now\(|performance\.now\(|Math\.random\(/.test(readFileSync(join(SRC, f), 'utf8')),
    )
  expect(clock).toEqual([])
})

test('a screen imports contracts, pure vocabulary, other screens of its module, and #ui', () => {
  expect(
    offenders(({ from, to }) => {
      if (!isUi(from) || from.startsWith('ui/')) return false
      const own = to.startsWith(`${part(from).split('/').slice(0, 2).join('/')}/`)
      const allowed = to === 'ui/index.ts' || /\/contract\.ts$/.test(to) || PURE.test(to) || (own && isUi(to))
      return !allowed && !/\.css$/.test(to)
    }),
  ).toEqual([])
})

test('only src/ui imports the component library', () => {
  const guilty = files.filter(
    (f) => !f.startsWith('ui/') && /from '@mantine\//.test(readFileSync(join(SRC, f), 'utf8')),
  )
  expect(guilty).toEqual([])
})

const OWNERS: Record<string, string> = {
  organisme: 'organismes',
  population: 'organismes',
  acces: 'acces',
  document: 'documents',
  coffre: 'coffre',
  journal: 'journal',
  finances: 'finances',
  paie: 'paie',
}
/** Tables that a module may read in another one: names beside its own rows, and the installation of the demonstration. */
const READS: Record<string, string[]> = {
  finances: ['organisme', 'document', 'acces_personne'],
  paie: [
    'organisme',
    'document',
    'acces_personne',
    'acces_portefeuille',
    'acces_portefeuille_client',
    'acces_remplacement',
  ],
  demonstration: [
    'organisme',
    'acces_personne',
    'acces_compte',
    'acces_appartenance',
    'acces_portefeuille',
    'acces_portefeuille_client',
    'acces_remplacement',
    'finances_piece',
    'finances_retenue',
    'paie_employeur',
    'finances_budget',
  ],
}

test('a module reads its own tables, and those that the list gives it', () => {
  const foreign = files.flatMap((f) => {
    const a = moduleOf(f)
    if (a === undefined) return []
    return [...readFileSync(join(SRC, f), 'utf8').matchAll(/\bapp\.([a-z]+(?:_[a-z]+)*)/g)].flatMap(([, table]) => {
      // app.organisme_id and app.personne_id are settings
      const owner = table!.endsWith('_id') ? undefined : OWNERS[table!.split('_')[0]!]
      return owner === undefined || owner === a || (READS[a] ?? []).includes(table!) ? [] : [`${f} reads ${table}`]
    })
  })
  expect([...new Set(foreign)]).toEqual([])
})
