import '../../db/tables.ts'
import { sql } from 'kysely'
import { addMois, type Jour, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insecables } from '#socle/texte.ts'
import { isAgent, type SituationCarriere } from '../../carriere/contract.ts'
import { estHorsPaie } from '../../carriere/positions/positions.ts'
import { pieceIntrouvable, questionIntrouvable } from '../../refus.ts'
import type { EtatPiece, NaturePiece } from '../contract.ts'
import { classeConservation, LIBELLES_CONSERVATION } from '../domain/conservation.ts'

/** Reads for the screens of a month. Row level security keeps each statement inside the body. */

export async function listDossiers(tx: Tx) {
  const { rows } = await sql<{
    mois: string
    etat: 'ouvert'
    net: string
    n: number
    a_approuver: number[] | null
    en_preparation: number[] | null
  }>`
    select d.mois, d.etat, coalesce(b.net, 0)::text as net, coalesce(b.n, 0)::int as n, c.a_approuver, c.en_preparation
    from app.paie_dossier d
    left join (select mois, json_agg(rang order by rang) filter (where etat = 'aApprouver') as a_approuver,
        json_agg(rang order by rang) filter (where etat in ('prepare', 'renvoye')) as en_preparation
      from app.paie_complement group by mois) c on c.mois = d.mois
    left join (select mois, sum(net_a_payer) as net, count(*) as n from app.paie_bulletin group by mois) b on b.mois = d.mois
    order by d.mois desc`.execute(tx)
  return rows.map((r) => ({
    mois: r.mois,
    etat: r.etat,
    netAPayer: r.net,
    bulletins: r.n,
    aApprouver: r.a_approuver ?? [],
    enPreparation: r.en_preparation ?? [],
  }))
}

export async function totauxDuMois(tx: Tx, mois: Mois) {
  const { rows } = await sql<{ n: number; brut: string; cotisations: string; net: string; cout: string }>`
    select count(*)::int as n, coalesce(sum(brut), 0)::text as brut, coalesce(sum(cotisations), 0)::text as cotisations,
      coalesce(sum(net_a_payer), 0)::text as net, coalesce(sum(cout), 0)::text as cout
    from app.paie_bulletin where mois = ${mois}`.execute(tx)
  const { n, net, ...t } = rows[0]!
  return n === 0 ? null : { ...t, netAPayer: net }
}

export async function listAgentsDuMois(tx: Tx, mois: Mois) {
  const { rows } = await sql<{
    carriere_id: string
    agent_id: string
    matricule: string
    nom: string
    prenom: string
    emploi: string
    contenu: SituationCarriere | null
    variables: number
    pieces: number
    anomalies: number
    bloquantes: number
    brut: string | null
    net: string | null
    cout: string | null
    precedent: string | null
    ecart: string | null
  }>`
    with m as (select (${mois} || '-01')::date as debut, ((${mois} || '-01')::date + interval '1 month')::date as fin)
    select c.id as carriere_id, c.agent_id, a.matricule, a.nom, a.prenom, c.emploi, s.contenu,
      coalesce(v.n, 0)::int as variables, coalesce(p.n, 0)::int as pieces,
      coalesce(x.n, 0)::int as anomalies, coalesce(x.b, 0)::int as bloquantes,
      b.brut::text, b.net_a_payer::text as net, b.cout::text, q.net_a_payer::text as precedent,
      (b.net_a_payer - q.net_a_payer)::text as ecart
    from m, app.paie_carriere c
    join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    left join lateral (select contenu from app.paie_situation s where s.organisme_id = c.organisme_id
      and s.carriere_id = c.id and s.periode && daterange((select debut from m), (select fin from m))
      order by lower(s.periode) desc limit 1) s on true
    left join (select carriere_id, count(*) as n from app.paie_variable where mois = ${mois} group by 1) v on v.carriere_id = c.id
    left join (select l.carriere_id, count(*) as n from app.paie_piece_carriere l
      join app.paie_piece p on p.organisme_id = l.organisme_id and p.id = l.piece_id
      where p.mois = ${mois} group by 1) p on p.carriere_id = c.id
    left join (select carriere_id, count(*) as n, count(*) filter (where est_bloquante) as b
      from app.paie_anomalie where mois = ${mois} group by 1) x on x.carriere_id = c.id
    left join app.paie_bulletin b on b.organisme_id = c.organisme_id and b.mois = ${mois} and b.carriere_id = c.id
    left join app.paie_bulletin q on q.organisme_id = c.organisme_id and q.mois = ${addMois(mois, -1)} and q.carriere_id = c.id
    where c.entree < m.fin and ((c.sortie is null or c.sortie > m.debut) and not ${estHorsPaie(sql`${mois}`)} or b.carriere_id is not null or v.n > 0)
    order by a.nom, a.prenom, c.id`.execute(tx)
  return rows.map((r) => ({
    carriereId: r.carriere_id,
    agentId: r.agent_id,
    matricule: r.matricule,
    nom: r.nom,
    prenom: r.prenom,
    emploi: r.emploi,
    statut: r.contenu?.statut ?? '',
    grade: r.contenu && r.contenu.statut !== 'elu' ? r.contenu.grade : '',
    echelon: r.contenu && isAgent(r.contenu) ? r.contenu.echelon : null,
    im: r.contenu && isAgent(r.contenu) ? r.contenu.im : null,
    variables: r.variables,
    pieces: r.pieces,
    anomalies: r.anomalies,
    bloquantes: r.bloquantes,
    brut: r.brut,
    netAPayer: r.net,
    cout: r.cout,
    netPrecedent: r.precedent,
    ecart: r.ecart,
  }))
}

export async function listVariables(tx: Tx, mois: Mois, carriereId: string) {
  return tx
    .selectFrom('app.paie_variable')
    .select(['id', 'contenu', 'piece_id', 'saisie_le', 'saisie_par', 'effet', 'rang'])
    .where('mois', '=', mois)
    .where('carriere_id', '=', carriereId)
    .orderBy('saisie_le')
    .execute()
}

export async function listBulletinsOfCarriere(tx: Tx, carriereId: string) {
  const { rows } = await sql<{ mois: string; brut: string; net: string; approuve: boolean }>`
    select b.mois, b.brut::text, b.net_a_payer::text as net,
      exists (select from app.paie_bulletin_approuve a where a.organisme_id = b.organisme_id and a.mois = b.mois
        and a.carriere_id = b.carriere_id) as approuve
    from app.paie_bulletin b where b.carriere_id = ${carriereId} order by b.mois desc limit 36`.execute(tx)
  return rows.map((r) => ({ mois: r.mois, brut: r.brut, netAPayer: r.net, approuve: r.approuve }))
}

type FiltrePieces = { mois?: Mois; carriereId?: string; id?: string }

export async function listPieces(tx: Tx, filtre: FiltrePieces) {
  const { rows } = await sql<{
    id: string
    numero: number
    nature: NaturePiece
    libelle: string
    nom_fichier: string
    type_mime: string
    document_id: string
    taille: number
    empreinte: string
    effet: Jour | null
    etat: EtatPiece
    motif: string | null
    depose_le: Date
    depose_par_nom: string
    mois: Mois
    concerne: { carriereId: string; nom: string }[] | null
    prise: string | null
    rappel: string | null
    remplace: string | null
    remplace_numero: number | null
  }>`
    select p.id, p.numero, p.nature, p.libelle, p.nom_fichier, d.type_mime, p.document_id, p.taille, p.empreinte, p.effet,
      p.etat, p.motif, p.depose_le, p.depose_par_nom, p.mois, l.concerne,
      (select min(v.mois) from app.paie_variable v join app.paie_dossier x on x.organisme_id = v.organisme_id and x.mois = v.mois
        where v.organisme_id = p.organisme_id and v.piece_id = p.id and x.calcule_le is not null) as prise,
      (select max(r.mois) from app.paie_rappel r where r.organisme_id = p.organisme_id and r.piece_id = p.id
        and r.etat not in ('dansLeMois', 'sansSuite')) as rappel,
      p.remplace, o.numero as remplace_numero
    from app.paie_piece p
    left join app.paie_piece o on o.organisme_id = p.organisme_id and o.id = p.remplace
    join app.document d on d.organisme_id = p.organisme_id and d.id = p.document_id
    left join lateral (select json_agg(json_build_object('carriereId', c.id, 'nom', a.prenom || ' ' || a.nom) order by a.nom) as concerne
      from app.paie_piece_carriere l
      join app.paie_carriere c on c.organisme_id = l.organisme_id and c.id = l.carriere_id
      join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
      where l.organisme_id = p.organisme_id and l.piece_id = p.id) l on true
    where (${filtre.mois ?? null}::text is null or p.mois = ${filtre.mois ?? null})
      and (${filtre.id ?? null}::uuid is null or p.id = ${filtre.id ?? null})
      and (${filtre.carriereId ?? null}::uuid is null or exists (select from app.paie_piece_carriere k
        where k.organisme_id = p.organisme_id and k.piece_id = p.id and k.carriere_id = ${filtre.carriereId ?? null}))
    order by p.numero desc`.execute(tx)
  return rows.map((r) => ({
    id: r.id,
    numero: r.numero,
    nature: r.nature,
    libelle: r.libelle,
    nomFichier: r.nom_fichier,
    type: r.type_mime,
    documentId: r.document_id,
    taille: r.taille,
    empreinte: r.empreinte,
    effet: r.effet,
    etat: r.etat,
    motif: r.motif,
    deposeLe: r.depose_le.toISOString(),
    deposePar: r.depose_par_nom,
    mois: r.mois,
    concerne: r.concerne ?? [],
    priseEnCompte: r.prise,
    rappel: r.rappel,
    remplacePiece: r.remplace && r.remplace_numero !== null ? { id: r.remplace, numero: r.remplace_numero } : null,
    conservation: LIBELLES_CONSERVATION[classeConservation(r.nature)],
  }))
}

export async function getPiece(tx: Tx, id: string) {
  const [piece] = await listPieces(tx, { id })
  if (!piece) throw pieceIntrouvable()
  return piece
}

export async function listAnomalies(tx: Tx, mois: Mois, carriereId?: string) {
  let query = tx
    .selectFrom('app.paie_anomalie as x')
    .leftJoin('app.paie_carriere as c', (j) =>
      j.onRef('c.organisme_id', '=', 'x.organisme_id').onRef('c.id', '=', 'x.carriere_id'),
    )
    .leftJoin('app.paie_agent as a', (j) =>
      j.onRef('a.organisme_id', '=', 'c.organisme_id').onRef('a.id', '=', 'c.agent_id'),
    )
    .select([
      'x.code',
      'x.message',
      'x.lieu',
      'x.conseil',
      'x.est_bloquante as bloquante',
      'x.carriere_id as carriereId',
    ])
    .select(['a.nom', 'a.prenom'])
    .where('x.mois', '=', mois)
    .orderBy('x.est_bloquante', 'desc')
    .orderBy('a.nom')
    .orderBy('x.id')
  if (carriereId) query = query.where('x.carriere_id', '=', carriereId)
  const rows = await query.execute()
  return rows.map(({ nom, prenom, ...a }) => ({
    ...a,
    message: insecables(a.message),
    conseil: a.conseil && insecables(a.conseil),
    nom: nom ? `${prenom} ${nom}` : '',
  }))
}

export async function listQuestions(tx: Tx, filtre: { mois?: Mois; id?: string }) {
  const { rows } = await sql<{
    id: string
    mois: string
    genre: 'dossier' | 'conseil'
    objet: string
    carriere_id: string | null
    agent: string | null
    piece_id: string | null
    echeance: Jour | null
    est_close: boolean
    messages: { id: string; le: string; personneId: string | null; nom: string; texte: string }[] | null
  }>`
    select q.id, q.mois, q.genre, q.objet, q.carriere_id, a.prenom || ' ' || a.nom as agent, q.piece_id, q.echeance, q.est_close, m.messages
    from app.paie_question q
    left join app.paie_carriere c on c.organisme_id = q.organisme_id and c.id = q.carriere_id
    left join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    left join lateral (select json_agg(json_build_object('id', m.id, 'le', m.le, 'personneId', m.personne_id, 'nom', m.nom, 'texte', m.texte) order by m.le, m.id) as messages
      from app.paie_message m where m.organisme_id = q.organisme_id and m.question_id = q.id) m on true
    where (${filtre.mois ?? null}::text is null or q.mois = ${filtre.mois ?? null}
        or (q.mois < ${filtre.mois ?? null} and not q.est_close))
      and (${filtre.id ?? null}::uuid is null or q.id = ${filtre.id ?? null})
    order by q.est_close, q.echeance nulls last, q.id`.execute(tx)
  return rows.map((r) => ({
    id: r.id,
    mois: r.mois,
    genre: r.genre,
    objet: r.objet,
    carriereId: r.carriere_id,
    agent: r.agent,
    pieceId: r.piece_id,
    echeance: r.echeance,
    estClose: r.est_close,
    messages: (r.messages ?? []).map((m) => ({ ...m, le: new Date(m.le).toISOString() })),
  }))
}

export async function getQuestion(tx: Tx, id: string) {
  const [question] = await listQuestions(tx, { id })
  if (!question) throw questionIntrouvable()
  return question
}

export async function listJournal(tx: Tx, mois: Mois) {
  const rows = await tx
    .selectFrom('app.paie_dossier_journal')
    .select(['id', 'le', 'nom', 'acte', 'detail'])
    .where('mois', '=', mois)
    .orderBy('le', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows.map((r) => ({ ...r, le: r.le.toISOString(), detail: insecables(r.detail) }))
}

type BulletinDeTravail = Record<
  'mois' | 'carriere_id' | 'entrees' | 'jeu' | 'bulletin' | 'cumuls' | 'empreinte',
  string
>

/**
 * The payslip of a month, the approved one when there is one; of one production of the month when `rang` is given, whose
 * payslip may still be a working one.
 */
export async function findBulletin(tx: Tx, mois: Mois, carriereId: string, rang?: number) {
  const colonnes = ['mois', 'carriere_id', 'entrees', 'jeu', 'bulletin', 'cumuls', 'empreinte'] as const
  let approuves = tx
    .selectFrom('app.paie_bulletin_approuve')
    .select(colonnes)
    .select('numero')
    .where('mois', '=', mois)
    .where('carriere_id', '=', carriereId)
    .orderBy('rang')
  if (rang !== undefined) approuves = approuves.where('rang', '=', rang)
  const approuve = await approuves.executeTakeFirst()
  if (approuve) return { ...approuve, approuve: true }
  if (rang !== undefined && rang > 1) {
    const { rows } = await sql<BulletinDeTravail>`
      select mois, carriere_id, entrees, jeu, bulletin, cumuls, empreinte from app.paie_complement_agent
      where mois = ${mois} and carriere_id = ${carriereId} and rang = ${rang} and bulletin is not null`.execute(tx)
    return rows[0] && { ...rows[0], numero: null, approuve: false }
  }
  const travail = await tx
    .selectFrom('app.paie_bulletin')
    .select(colonnes)
    .where('mois', '=', mois)
    .where('carriere_id', '=', carriereId)
    .executeTakeFirst()
  return travail && { ...travail, numero: null, approuve: false }
}
export type BulletinTrouve = NonNullable<Awaited<ReturnType<typeof findBulletin>>>

export async function readJeuContenu(tx: Tx, empreinte: string): Promise<string> {
  const row = await tx
    .selectFrom('app.paie_jeu')
    .select('contenu')
    .where('empreinte', '=', empreinte)
    .executeTakeFirstOrThrow()
  return row.contenu
}

/** The productions of the month that have a payslip of this post, in their order. */
export async function listRangs(tx: Tx, mois: Mois, carriereId: string): Promise<number[]> {
  const { rows } = await sql<{ rang: number }>`
    select 1 as rang from app.paie_bulletin where mois = ${mois} and carriere_id = ${carriereId}
      and not exists (select from app.paie_bulletin_approuve a where a.mois = ${mois} and a.carriere_id = ${carriereId})
    union select rang from app.paie_bulletin_approuve where mois = ${mois} and carriere_id = ${carriereId}
    union select a.rang from app.paie_complement_agent a join app.paie_complement c
      on c.organisme_id = a.organisme_id and c.mois = a.mois and c.rang = a.rang
      where a.mois = ${mois} and a.carriere_id = ${carriereId} and a.bulletin is not null and c.etat <> 'abandonne'
    order by rang`.execute(tx)
  return rows.map((r) => r.rang)
}

export const findEdition = (tx: Tx, mois: Mois, carriereId: string, rang = 1) =>
  tx
    .selectFrom('app.paie_edition')
    .select(['document_id', 'depot_id'])
    .where('mois', '=', mois)
    .where('carriere_id', '=', carriereId)
    .where('rang', '=', rang)
    .executeTakeFirst()
