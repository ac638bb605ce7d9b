import './tables.ts'
import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { agentIntrouvable } from '../../refus.ts'
import { isAgent, type SituationCarriere } from '../contract.ts'
import type { AgentListe } from '../http/contract.ts'
import { POSITIONS, type Position } from '../positions/domain/positions.ts'

/** SQL types of the columns, for whoever enters many agents at once. */
export const COLONNES_CARRIERE = {
  organisme_id: 'uuid',
  id: 'uuid',
  agent_id: 'uuid',
  emploi: 'text',
  entree: 'date',
  sortie: 'date',
  motif_sortie: 'text',
}
export const COLONNES_AGENT = {
  organisme_id: 'uuid',
  id: 'uuid',
  personne_id: 'uuid',
  matricule: 'text',
  nom: 'text',
  prenom: 'text',
  nom_naissance: 'text',
  sexe: 'text',
  naissance: 'date',
  nir: 'text',
  adresse: 'text',
  code_postal: 'text',
  ville: 'text',
  courriel: 'text',
}

/** Every post of the body, with its situation of the day (the last one of those who left, the first of those to come). */
export async function listAgents(tx: Tx, aujourdhui: Jour): Promise<AgentListe[]> {
  const { rows } = await sql<{
    agent_id: string
    carriere_id: string
    matricule: string
    nom: string
    prenom: string
    emploi: string
    entree: Jour
    sortie: Jour | null
    contenu: SituationCarriere | null
    iban: string
    attend: boolean
    position: Position | null
  }>`
    select a.id as agent_id, c.id as carriere_id, a.matricule, a.nom, a.prenom, c.emploi, c.entree, c.sortie, s.contenu,
      a.iban, exists (select from app.paie_compte_bancaire b where b.organisme_id = a.organisme_id and b.agent_id = a.id
        and not exists (select from app.paie_compte_bancaire_acte x where x.organisme_id = b.organisme_id
          and x.compte_id = b.id)) as attend,
      (select position from app.paie_position p where p.organisme_id = c.organisme_id and p.carriere_id = c.id
        and p.periode @> ${aujourdhui}::date) as position
    from app.paie_carriere c
    join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    left join lateral (select contenu from app.paie_situation s where s.organisme_id = c.organisme_id
      and s.carriere_id = c.id order by (s.periode @> ${aujourdhui}::date) desc, lower(s.periode) desc limit 1) s on true
    order by a.nom, a.prenom, c.entree`.execute(tx)
  return rows.map((r) => {
    const s = r.contenu
    const indiciaire = s && isAgent(s) ? s : undefined
    return {
      agentId: r.agent_id,
      carriereId: r.carriere_id,
      matricule: r.matricule,
      nom: r.nom,
      prenom: r.prenom,
      emploi: r.emploi,
      statut: s?.statut ?? '',
      categorie: indiciaire?.categorie ?? '',
      grade: s && s.statut !== 'elu' ? s.grade : '',
      echelon: indiciaire?.echelon ?? null,
      im: indiciaire?.im ?? null,
      minutesHebdo: s && s.statut !== 'elu' ? s.minutesHebdo : null,
      quotite: indiciaire?.quotiteTempsPartiel ?? null,
      entree: r.entree,
      sortie: r.sortie,
      presence: r.entree > aujourdhui ? 'aVenir' : r.sortie !== null && r.sortie <= aujourdhui ? 'sorti' : 'present',
      position: r.position ? POSITIONS[r.position].libelle : '',
      compte: r.attend ? 'aConfirmer' : r.iban === '' ? 'absent' : 'confirme',
    }
  })
}

const CIVIL = sql`matricule, nom, prenom, nom_naissance as "nomNaissance", sexe, naissance, nir, adresse,
  code_postal as "codePostal", ville, courriel, iban, bic`

export type AgentCivil = {
  id: string
  matricule: string
  nom: string
  prenom: string
  nomNaissance: string
  sexe: 'F' | 'M'
  naissance: Jour
  nir: string
  adresse: string
  codePostal: string
  ville: string
  courriel: string
  iban: string
  bic: string
}

export async function getAgent(tx: Tx, id: string): Promise<AgentCivil> {
  const { rows } = await sql<AgentCivil>`select id, ${CIVIL} from app.paie_agent where id = ${id}`.execute(tx)
  if (!rows[0]) throw agentIntrouvable()
  return rows[0]
}

/** The posts of an agent, the latest first, each with its situations in order. */
export async function listCarrieresOfAgent(tx: Tx, agentId: string) {
  const carrieres = await tx
    .selectFrom('app.paie_carriere')
    .select(['id', 'emploi', 'entree', 'sortie', 'motif_sortie'])
    .where('agent_id', '=', agentId)
    .orderBy('entree', 'desc')
    .execute()
  const { rows } = await sql<{
    carriere_id: string
    depuis: Jour
    jusqua: Jour | null
    motif: string
    contenu: SituationCarriere
  }>`select s.carriere_id, lower(s.periode) as depuis, upper(s.periode) as jusqua, s.motif, s.contenu
    from app.paie_situation s join app.paie_carriere c on c.organisme_id = s.organisme_id and c.id = s.carriere_id
    where c.agent_id = ${agentId} order by lower(s.periode)`.execute(tx)
  const of = Map.groupBy(rows, (r) => r.carriere_id)
  return carrieres.map((c) => ({ ...c, situations: of.get(c.id) ?? [] }))
}

/** The next free number: those of a body are figures, or the officer gives his own. */
export async function nextMatricule(tx: Tx): Promise<string> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(max(matricule::bigint), 0)::int + 1 as n from app.paie_agent where matricule ~ '^[0-9]{1,9}$'`.execute(
    tx,
  )
  return String(rows[0]!.n).padStart(5, '0')
}
