import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const zCas = z.looseObject({
  id: z.string(),
  title: z.string(),
  period: z.union([z.string(), z.number()]).transform(String),
  profile: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()),
  assumptions: z.array(z.string()).optional(),
  expected: z.record(z.string(), z.unknown()),
  tolerance: z.number().default(0.01),
})
/** A worked case: inputs as a payroll officer wrote them, and every figure that is expected. */
export type Cas = z.output<typeof zCas> & { fichier: string }

/** The cases of a folder, in the order of their files. An unreadable file is an error of the folder. */
export function lireCas(dossier: string): { cas: Cas[]; illisibles: { fichier: string; motif: string }[] } {
  const cas: Cas[] = []
  const illisibles: { fichier: string; motif: string }[] = []
  for (const fichier of readdirSync(dossier)
    .filter((f) => f.endsWith('.yaml') || f.endsWith('.yml'))
    .sort()) {
    try {
      const read = zCas.safeParse(parse(readFileSync(join(dossier, fichier), 'utf8')))
      if (read.success) cas.push({ ...read.data, fichier })
      else illisibles.push({ fichier, motif: z.prettifyError(read.error) })
    } catch (e) {
      illisibles.push({ fichier, motif: e instanceof Error ? e.message : String(e) })
    }
  }
  return { cas, illisibles }
}

/** One figure: what the case expects, what the engine gives. */
export type Ecart = { lieu: string; attendu: string; calcule: string }
export type Verdict = { id: string; titre: string; ecarts: Ecart[]; remarques: string[] }

export const nombre = (x: unknown): number | undefined => {
  if (typeof x === 'number') return x
  if (typeof x === 'string' && /^-?\d+(\.\d+)?$/.test(x)) return Number(x)
  return undefined
}
const texte = (x: number): string => {
  const rounded = Math.round(x * 1e6) / 1e6
  return Number.isInteger(rounded * 100) || Math.abs(rounded * 100 - Math.round(rounded * 100)) < 1e-9
    ? rounded.toFixed(2)
    : String(rounded)
}

/** Collects the differences beyond the tolerance of the case. */
export class Comparaison {
  readonly ecarts: Ecart[] = []
  readonly remarques: string[] = []
  readonly #tolerance: number
  constructor(tolerance: number) {
    this.#tolerance = tolerance
  }
  montant(lieu: string, attendu: unknown, calcule: string | number | undefined): void {
    if (typeof attendu === 'boolean' || typeof calcule === 'boolean') {
      if (String(attendu) !== String(calcule))
        this.ecarts.push({ lieu, attendu: String(attendu), calcule: String(calcule) })
      return
    }
    const a = nombre(attendu)
    const b = typeof calcule === 'string' ? nombre(calcule) : calcule
    if (a === undefined) {
      this.ecarts.push({ lieu, attendu: JSON.stringify(attendu), calcule: 'valeur attendue illisible' })
      return
    }
    if (b === undefined) {
      if (a !== 0) this.ecarts.push({ lieu, attendu: texte(a), calcule: 'absent' })
      return
    }
    // Amounts have two decimals: the comparison is on their decimal text, a hair above the tolerance for binary noise.
    if (Math.abs(a - b) > this.#tolerance + 1e-9) this.ecarts.push({ lieu, attendu: texte(a), calcule: texte(b) })
  }
  booleen(lieu: string, attendu: unknown, calcule: boolean): void {
    if (attendu !== calcule) this.ecarts.push({ lieu, attendu: String(attendu), calcule: String(calcule) })
  }
}
