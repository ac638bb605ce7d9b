import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const MOTEUR = fileURLToPath(new URL('../calcul/', import.meta.url))
let empreinte: string | undefined

/**
 * Names the engine by its own sources, its rules and its grids (the legal values have a name of their own). A payslip
 * computed by another one is computed again, even when none of its inputs moved: a correction of a rule is an update
 * of the program, not of the data.
 */
export function empreinteMoteur(): string {
  if (empreinte === undefined) {
    const hash = createHash('sha256')
    for (const nom of globSync('**/*.{ts,csv,yaml}', { cwd: MOTEUR }).sort())
      if (!/\.test\.ts$|^(essais|verification)\/|^parametres\/(?!regles)[^/]*\.yaml$/.test(nom))
        hash
          .update(nom)
          .update('\0')
          .update(readFileSync(MOTEUR + nom))
          .update('\0')
    empreinte = hash.digest('hex')
  }
  return empreinte
}
