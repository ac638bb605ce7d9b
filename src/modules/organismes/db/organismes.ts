import type { Generated } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import type { Id } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { TypeOrganisme } from '../domain/types.ts'

export type OrganismeId = Id<'Organisme'>

declare module '#socle/db/tables.ts' {
  interface Tables {
    'app.organisme': {
      id: string
      type: TypeOrganisme
      nom: string
      siren: string
      siret: string
      code_insee: string
      adresse: string
      code_postal: string
      ville: string
      courriel: string
      telephone: string
      epci: string | null
      rattachement: string | null
      est_fictif: boolean
      cree_le: Generated<Date>
    }
    'app.organisme_membre': { syndicat: string; membre: string }
    'app.population_legale': { organisme: string; annee: number; municipale: number; totale: number; source: string }
  }
}

export type Organisme = { id: OrganismeId; type: TypeOrganisme; nom: string; siren: string }

const COLONNES = ['id', 'type', 'nom', 'siren'] as const
const toOrganisme = (r: { id: string; type: TypeOrganisme; nom: string; siren: string }): Organisme => ({
  ...r,
  id: r.id as OrganismeId,
})

export async function listOrganismesByIds(tx: Tx, ids: readonly string[]): Promise<Organisme[]> {
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('app.organisme').select(COLONNES).where('id', 'in', ids).orderBy('nom').execute()
  return rows.map(toOrganisme)
}

/** Every body, by its name. */
export async function listOrganismes(tx: Tx): Promise<Organisme[]> {
  const rows = await tx.selectFrom('app.organisme').select(COLONNES).orderBy('nom').execute()
  return rows.map(toOrganisme)
}

export async function getOrganisme(tx: Tx, id: string) {
  const row = await tx.selectFrom('app.organisme').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw introuvable('Cet organisme')
  return { ...row, id: row.id as OrganismeId }
}

/** The body that runs the platform; there is one, for ever. `undefined` before the installation. */
export async function findAgenceId(tx: Tx): Promise<OrganismeId | undefined> {
  const row = await tx.selectFrom('app.organisme').select('id').where('type', '=', 'agence').executeTakeFirst()
  return row?.id as OrganismeId | undefined
}
export async function getAgenceId(tx: Tx): Promise<OrganismeId> {
  const id = await findAgenceId(tx)
  if (!id)
    throw new Refus('installation.absente', 'Bosquet n’est pas encore installé : aucune agence n’y est inscrite.', {
      status: 503,
    })
  return id
}
