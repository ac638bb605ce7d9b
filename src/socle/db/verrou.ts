import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Refus } from '#socle/refus.ts'

/** What the process that holds a data folder tells about itself, so that a command can go through it. */
export type Occupant = { pid: number; adresse?: string; jeton?: string }

export type Verrou = { annoncer(occupant: Occupant): void; liberer(): void }

const OCCUPANT = 'occupant.json'

/** Who holds the folder, as far as it said so; `undefined` when nobody did. */
export function readOccupant(donnees: string): Occupant | undefined {
  try {
    return JSON.parse(readFileSync(join(donnees, OCCUPANT), 'utf8')) as Occupant
  } catch {
    return undefined
  }
}

/**
 * Takes the data folder for this process alone; a second process gets a `Refus`.
 * The lock is that of the operating system on an SQLite file (`BEGIN EXCLUSIVE`): it falls with the process,
 * kill -9 included, so it never has to be cleaned by hand. See docs/adr/0003.
 */
export async function takeVerrou(donnees: string): Promise<Verrou> {
  mkdirSync(donnees, { recursive: true, mode: 0o700 })
  // node:sqlite prints an experimental warning when it loads: loaded here only, and silenced by the command line
  const { DatabaseSync } = await import('node:sqlite')
  const db: DatabaseSync = new DatabaseSync(join(donnees, 'verrou'))
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch {
    db.close()
    throw new Refus(
      'donnees.occupees',
      `Le dossier de données « ${donnees} » est déjà ouvert par un autre Bosquet (processus ${readOccupant(donnees)?.pid ?? 'inconnu'}). Arrêtez-le, ou choisissez un autre dossier avec DONNEES.`,
    )
  }
  const fichier = join(donnees, OCCUPANT)
  return {
    annoncer(occupant) {
      writeFileSync(fichier, JSON.stringify(occupant), { mode: 0o600 })
    },
    liberer() {
      rmSync(fichier, { force: true })
      db.exec('ROLLBACK')
      db.close()
    },
  }
}
