import './tables.ts'
import type { Tx } from '#socle/db/base.ts'

export type NouvellePersonne = { id: string; nom: string; prenom: string; courriel: string | null }

/** Persons who are not known yet. They get no account: a safe is opened to them when they claim it. */
export async function createPersonnes(tx: Tx, personnes: readonly NouvellePersonne[]): Promise<void> {
  if (personnes.length > 0)
    await tx
      .insertInto('app.acces_personne')
      .values([...personnes])
      .execute()
}
