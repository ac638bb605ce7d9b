import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { getAgenceId } from '#modules/organismes/index.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { empreinteOf } from '../../db/comptes.ts'
import { droitsDeJeton } from '../../domain/roles.ts'

/** `bosquet_` lets a scanner of leaked secrets recognise it; then the body, where its row is, and 32 random bytes. */
const FORME = /^bosquet_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/
const uuidOf = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

export async function creerJeton(
  tx: Tx,
  qui: Acteur,
  d: { id: string; nom: string; droits: string[]; ecriture: boolean; jours: number },
): Promise<string> {
  const permis: readonly string[] = droitsDeJeton(qui.organismeId === (await getAgenceId(tx)))
  if (d.droits.some((x) => !permis.includes(x)))
    throw new Refus('jeton.droits', 'Un de ces droits n’est pas ouvert aux logiciels.', {
      status: 400,
      champs: { droits: 'Choisissez parmi les droits proposés.' },
    })
  const secret = `bosquet_${qui.organismeId.replaceAll('-', '')}_${randomBytes(32).toString('base64url')}`
  await tx
    .insertInto('app.acces_jeton')
    .values({
      organisme_id: qui.organismeId,
      id: d.id,
      nom: d.nom,
      empreinte: empreinteOf(secret),
      droits: [...new Set(d.droits)],
      ecriture: d.ecriture,
      cree_par: qui.personneId,
      cree_par_nom: qui.nom,
      expire_le: new Date(Date.now() + d.jours * 86_400_000),
    })
    .execute()
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'jeton.creer',
    objet: { type: 'jeton', id: d.id, libelle: d.nom },
    detail: { droits: d.droits, ecriture: d.ecriture, jours: d.jours },
  })
  return secret
}

export async function revoquerJeton(tx: Tx, qui: Acteur, id: string): Promise<void> {
  const row = await tx
    .updateTable('app.acces_jeton')
    .set({ revoque_le: sql`coalesce(revoque_le, now())` })
    .where('organisme_id', '=', qui.organismeId)
    .where('id', '=', id)
    .returning('nom')
    .executeTakeFirst()
  if (!row) throw introuvable('Ce jeton')
  await inscrire(tx, qui.organismeId, qui, { acte: 'jeton.revoquer', objet: { type: 'jeton', id, libelle: row.nom } })
}

export type JetonOuvert = {
  id: string
  nom: string
  organismeId: string
  droits: ReadonlySet<string>
  ecriture: boolean
  creePar: string
}

/** The program behind an `Authorization: Bearer`; `undefined` for whatever is not a token in force. */
export async function findJeton(base: Base, secret: string): Promise<JetonOuvert | undefined> {
  const m = FORME.exec(secret)
  if (!m) return undefined
  const organismeId = uuidOf(m[1]!)
  return inOrganisme(base, organismeId, async (tx) => {
    const row = await tx
      .selectFrom('app.acces_jeton')
      .select(['id', 'nom', 'droits', 'ecriture', 'cree_par', 'utilise_le'])
      .where('organisme_id', '=', organismeId)
      .where('empreinte', '=', empreinteOf(secret))
      .where('revoque_le', 'is', null)
      .where('expire_le', '>', sql<Date>`now()`)
      .executeTakeFirst()
    if (!row) return undefined
    if (!row.utilise_le || Date.now() - row.utilise_le.getTime() > 60_000)
      await tx
        .updateTable('app.acces_jeton')
        .set({ utilise_le: sql`now()` })
        .where('organisme_id', '=', organismeId)
        .where('id', '=', row.id)
        .execute()
    return {
      id: row.id,
      nom: row.nom,
      organismeId,
      droits: new Set(row.droits),
      ecriture: row.ecriture,
      creePar: row.cree_par,
    }
  })
}
