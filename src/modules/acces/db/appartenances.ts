import './tables.ts'
import { sql } from 'kysely'
import { getAgenceId } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Base, inPersonne, type Tx } from '#socle/db/base.ts'
import { DROITS_CHEZ_UN_CLIENT, DROITS_DE_SOUTIEN, droitsOf } from '../domain/roles.ts'
import type { RolesTenus } from './comptes.ts'

export type Habilitation = {
  organismeId: string
  roles: string[]
  droits: Set<string>
  via: 'appartenance' | 'portefeuille' | 'supervision' | 'soutien'
  soutien?: { motif: string; jusqua: Date }
}

const AUCUN = '00000000-0000-7000-8000-000000000000'

/**
 * All the bodies where a person has something to do today: by her memberships, and, for the agency's officers, by the
 * portfolios they hold or replace. A supervisor reaches every client, a technician those who gave him a grant.
 */
export function listHabilitations(base: Base, personneId: string): Promise<Habilitation[]> {
  return inPersonne(base, personneId, (tx) => habilitationsOf(tx, personneId))
}

async function habilitationsOf(tx: Tx, personneId: string): Promise<Habilitation[]> {
  const siennes = await tx
    .selectFrom('app.acces_appartenance')
    .select(['organisme_id', 'role'])
    .where('personne_id', '=', personneId)
    .where('retire_le', 'is', null)
    .where('depuis', '<=', sql<string>`current_date`)
    .where((eb) => eb.or([eb('jusqua', 'is', null), eb('jusqua', '>', sql<string>`current_date`)]))
    .orderBy('organisme_id')
    .execute()
  const roles = new Map<string, string[]>()
  for (const a of siennes) roles.set(a.organisme_id, [...(roles.get(a.organisme_id) ?? []), a.role])
  const result: Habilitation[] = [...roles].map(([organismeId, r]) => ({
    organismeId,
    roles: r,
    droits: droitsOf(r),
    via: 'appartenance',
  }))
  const agence = await getAgenceId(tx)
  const dansLAgence = roles.get(agence) ?? []
  if (dansLAgence.includes('administrateurTechnique')) result.push(...(await soutiensOf(tx, personneId, roles)))
  if (!dansLAgence.includes('gestionnaire') && !dansLAgence.includes('superviseur')) return result
  const supervise = dansLAgence.includes('superviseur')
  const clients = await alsoInOrganisme(tx, { dans: agence, retour: AUCUN }, async (t) => {
    const { rows } = await sql<{ client: string }>`
      select c.client from app.acces_portefeuille_client c
      join app.acces_portefeuille p on p.organisme_id = c.organisme_id and p.id = c.portefeuille_id
      where ${supervise} or p.gestionnaire_id = ${personneId}
        or exists (select from app.acces_remplacement r where r.organisme_id = p.organisme_id and r.portefeuille_id = p.id
          and r.remplacant_id = ${personneId} and current_date >= r.depuis and current_date < r.jusqua)`.execute(t)
    return rows.map((r) => r.client)
  })
  for (const client of clients) {
    if (roles.has(client)) continue // one's own membership is never widened by the agency
    result.push({
      organismeId: client,
      roles: [supervise ? 'superviseur' : 'gestionnaire'],
      droits: new Set(DROITS_CHEZ_UN_CLIENT),
      via: supervise ? 'supervision' : 'portefeuille',
    })
  }
  return result
}

/** Grants that a member gave to this technician, and that are neither over nor ended. */
async function soutiensOf(tx: Tx, personneId: string, roles: ReadonlyMap<string, string[]>): Promise<Habilitation[]> {
  const rows = await tx
    .selectFrom('app.acces_soutien')
    .select(['organisme_id', 'motif', 'etendue', 'jusqua'])
    .where('technicien_id', '=', personneId)
    .where('termine_le', 'is', null)
    .where('jusqua', '>', sql<Date>`now()`)
    .orderBy('jusqua')
    .execute()
  const parOrganisme = new Map<string, Habilitation>()
  for (const r of rows) {
    if (roles.has(r.organisme_id)) continue
    const avant = parOrganisme.get(r.organisme_id)
    parOrganisme.set(r.organisme_id, {
      organismeId: r.organisme_id,
      roles: ['administrateurTechnique'],
      droits: new Set([...(avant?.droits ?? []), ...DROITS_DE_SOUTIEN[r.etendue]]),
      via: 'soutien',
      soutien: { motif: r.motif, jusqua: r.jusqua! },
    })
  }
  return [...parOrganisme.values()]
}

/**
 * What a person may do in one body today, from the roles that were found with her session: the same answer as
 * `listHabilitations`. Only a technician of the agency costs another query, for his grants.
 */
export async function habilitationOf(
  base: Base,
  personneId: string,
  organismeId: string,
  { roles, dansLAgence, estClient }: RolesTenus,
): Promise<Habilitation | undefined> {
  if (roles.length > 0) return { organismeId, roles, droits: droitsOf(roles), via: 'appartenance' }
  if (estClient) {
    const supervise = dansLAgence.includes('superviseur')
    return {
      organismeId,
      roles: [supervise ? 'superviseur' : 'gestionnaire'],
      droits: new Set(DROITS_CHEZ_UN_CLIENT),
      via: supervise ? 'supervision' : 'portefeuille',
    }
  }
  if (!dansLAgence.includes('administrateurTechnique')) return undefined
  const soutiens = await inPersonne(base, personneId, (tx) => soutiensOf(tx, personneId, new Map()))
  return soutiens.find((h) => h.organismeId === organismeId)
}
