import { sql } from 'kysely'
import { getAgenceId } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import type { Conseil } from '../contract.ts'

type Row = {
  id: string
  theme: string
  question: string
  reponse: string
  texte_de_droit: string
  publie_le: Date
  publie_par: string
}
const voir = (r: Row): Conseil => ({
  id: r.id,
  theme: r.theme,
  question: r.question,
  reponse: r.reponse,
  texteDeDroit: r.texte_de_droit,
  publieLe: r.publie_le.toISOString(),
  publiePar: r.publie_par,
})

/** The answers belong to the agency: a member reads them from its own transaction, and comes back to its rows. */
export async function chezLAgence<T>(tx: Tx, organismeId: string, fn: (tx: Tx, agence: string) => Promise<T>) {
  const agence = await getAgenceId(tx)
  return alsoInOrganisme(tx, { dans: agence, retour: organismeId }, (t) => fn(t, agence))
}

/** By the words that they share with the search, in any of their forms; any word counts, the more the better. */
export async function searchConseils(tx: Tx, texte: string): Promise<Conseil[]> {
  const { rows } =
    texte === ''
      ? await sql<Row>`select id, theme, question, reponse, texte_de_droit, publie_le, publie_par from app.paie_conseil
          where retire_le is null order by publie_le desc limit 30`.execute(tx)
      : await sql<Row>`
          with q as (select replace(plainto_tsquery('french', app.sans_accents(${texte}))::text, '&', '|')::tsquery as mots)
          select c.id, c.theme, c.question, c.reponse, c.texte_de_droit, c.publie_le, c.publie_par
          from app.paie_conseil c, q where c.retire_le is null and c.mots @@ q.mots
          order by ts_rank(c.mots, q.mots) desc, c.publie_le desc limit 30`.execute(tx)
  return rows.map(voir)
}

export async function getConseil(tx: Tx, id: string): Promise<Conseil | undefined> {
  const { rows } = await sql<Row>`select id, theme, question, reponse, texte_de_droit, publie_le, publie_par
    from app.paie_conseil where id = ${id}`.execute(tx)
  return rows[0] && voir(rows[0])
}

export type ConseilPublie = Pick<Conseil, 'theme' | 'question' | 'reponse' | 'texteDeDroit'>

/** Answers that an agency brings with it, published at once in its own rows. */
export async function publierConseils(
  tx: Tx,
  agenceId: string,
  conseils: readonly ConseilPublie[],
  par: string,
): Promise<void> {
  for (const c of conseils)
    await sql`insert into app.paie_conseil (organisme_id, id, theme, question, reponse, texte_de_droit, publie_par)
      values (${agenceId}, ${newId()}, ${c.theme}, ${c.question}, ${c.reponse}, ${c.texteDeDroit}, ${par})`.execute(tx)
}
