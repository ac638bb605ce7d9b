import './tables.ts'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Base, inPlateforme, type Tx } from '#socle/db/base.ts'
import { estVerrouillee } from '../domain/verrou.ts'

export const empreinteOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export type CompteConnu = {
  id: string
  personneId: string
  identifiant: string
  nom: string
  prenom: string
  empreinte: string
}

const selectComptes = (tx: Tx) =>
  tx
    .selectFrom('app.acces_compte as c')
    .innerJoin('app.acces_personne as p', 'p.id', 'c.personne_id')
    .select(['c.id', 'c.personne_id as personneId', 'c.identifiant', 'c.empreinte', 'p.nom', 'p.prenom'])
    .where('c.est_actif', '=', true)
    .where('p.gelee_le', 'is', null)

/** By her identifiant, or by the personal address that she has confirmed. */
export const findCompte = (tx: Tx, identifiant: string): Promise<CompteConnu | undefined> =>
  selectComptes(tx)
    .where((eb) =>
      eb.or([
        eb('c.identifiant', '=', identifiant),
        eb.and([eb('c.courriel_personnel', '=', identifiant), eb('c.courriel_verifie_le', 'is not', null)]),
      ]),
    )
    .executeTakeFirst()

/** By the passkey that she has enrolled. */
export const findCompteOfCle = (tx: Tx, facteurId: string): Promise<CompteConnu | undefined> =>
  selectComptes(tx)
    .innerJoin('app.acces_facteur as f', 'f.compte_id', 'c.id')
    .where('f.id', '=', facteurId)
    .executeTakeFirst()

export type SessionOuverte = Omit<CompteConnu, 'empreinte'> & {
  sessionId: string
  jetonCsrf: string
  secondFacteurLe: Date | null
  /** The account has enrolled a factor of its own: its password alone opens nothing more. */
  aFacteur: boolean
  estVerrouillee: boolean
  /** What she holds today in the body that the request names; `undefined` when it names none. */
  tenus: RolesTenus | undefined
}

/** Roles of one person in one body and in the agency, and whether that body is her client there. */
export type RolesTenus = { roles: string[]; dansLAgence: string[]; estClient: boolean }

type Ligne = {
  id: string
  personne_id: string
  identifiant: string
  nom: string
  prenom: string
  session_id: string
  jeton_csrf: string
  second_facteur_le: Date | null
  active_le: Date
  verrouillee_le: Date | null
  verrou_minutes: number
  a_facteur: boolean
  roles: string[] | null
  roles_agence: string[] | null
  est_client: boolean | null
}

/**
 * The open session of a cookie, and what its person holds in a body: every request asks it, in one statement that takes
 * its own role and keeps its plans (`app.acces_ouvrir`). What a person does (`actif`) keeps the session awake, once a
 * minute at most; the polls of a page that nobody looks at do not.
 */
export async function findSession(
  base: Base,
  jeton: string,
  { actif, organisme, agence }: { actif: boolean; organisme?: string | undefined; agence?: string | undefined },
): Promise<SessionOuverte | undefined> {
  const empreinte = empreinteOf(jeton)
  const { rows } = await sql<Ligne>`
    select * from app.acces_ouvrir(${empreinte}, ${organisme ?? null}::uuid, ${agence ?? null}::uuid)`.execute(
    base.kysely,
  )
  const row = rows[0]
  if (!row) return undefined
  const verrouillee = estVerrouillee(
    { verrouilleeLe: row.verrouillee_le, activeLe: row.active_le, verrouMinutes: row.verrou_minutes },
    Date.now(),
  )
  if (actif && !verrouillee && Date.now() - row.active_le.getTime() > 60_000)
    await inPlateforme(base, (tx) =>
      tx
        .updateTable('app.acces_session')
        .set({
          active_le: sql`now()`,
          vue_le: sql`now()`,
          expire_le: sql`least(now() + interval '12 hours', creee_le + interval '24 hours')`,
        })
        .where('empreinte', '=', empreinte)
        .execute(),
    )
  return {
    id: row.id,
    personneId: row.personne_id,
    identifiant: row.identifiant,
    nom: row.nom,
    prenom: row.prenom,
    sessionId: row.session_id,
    jetonCsrf: row.jeton_csrf,
    secondFacteurLe: row.second_facteur_le,
    aFacteur: row.a_facteur,
    estVerrouillee: verrouillee,
    tenus:
      organisme && agence
        ? { roles: row.roles ?? [], dansLAgence: row.roles_agence ?? [], estClient: row.est_client ?? false }
        : undefined,
  }
}

/** Seconds left before this key may try again. */
export async function readAttente(tx: Tx, cles: string[]): Promise<number> {
  const { rows } = await sql<{ s: number }>`
    select coalesce(max(ceil(extract(epoch from libre_le - now()))), 0)::int as s
    from app.acces_frein where cle = any(${cles}) and libre_le > now()`.execute(tx)
  return rows[0]?.s ?? 0
}

export async function noteEchec(tx: Tx, cle: string, attente: (echecs: number) => number): Promise<void> {
  const { rows } = await sql<{ echecs: number }>`
    insert into app.acces_frein (cle, echecs, libre_le) values (${cle}, 1, now())
    on conflict (cle) do update set echecs =
      case when app.acces_frein.libre_le < now() - interval '1 day' then 1 else app.acces_frein.echecs + 1 end
    returning echecs`.execute(tx)
  await sql`update app.acces_frein set libre_le = now() + make_interval(secs => ${attente(rows[0]!.echecs)})
    where cle = ${cle}`.execute(tx)
}

export async function clearFrein(tx: Tx, cle: string): Promise<void> {
  await tx.deleteFrom('app.acces_frein').where('cle', '=', cle).execute()
}

export const getCompte = (tx: Tx, id: string) =>
  tx
    .selectFrom('app.acces_compte as c')
    .innerJoin('app.acces_personne as p', 'p.id', 'c.personne_id')
    .select(['c.id', 'c.identifiant', 'c.personne_id as personneId', 'p.nom', 'p.prenom'])
    .where('c.id', '=', id)
    .executeTakeFirstOrThrow()

export const listSessions = (tx: Tx, compteId: string) =>
  tx
    .selectFrom('app.acces_session')
    .select(['id', 'appareil', 'adresse', 'creee_le', 'vue_le'])
    .where('compte_id', '=', compteId)
    .where('revoquee_le', 'is', null)
    .where('expire_le', '>', new Date())
    .orderBy('vue_le', 'desc')
    .execute()

/** False when this account has no such open session. */
export async function revokeSession(tx: Tx, compteId: string, id: string): Promise<boolean> {
  const done = await tx
    .updateTable('app.acces_session')
    .set({ revoquee_le: new Date() })
    .where('id', '=', id)
    .where('compte_id', '=', compteId)
    .where('revoquee_le', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
