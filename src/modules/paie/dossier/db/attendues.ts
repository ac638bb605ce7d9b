import { sql } from 'kysely'
import { formatJour, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'

/**
 * Papers that the known events of the month call for and that nobody has deposited yet: an entry, an exit, a change of
 * situation, each for its agent.
 */
export async function listAttendues(tx: Tx, mois: Mois): Promise<{ libelle: string; motif: string }[]> {
  const { rows } = await sql<{ nom: string; sorte: 'entree' | 'sortie' | 'situation'; jour: string; motif: string }>`
    with m as (select (${mois} || '-01')::date as debut, ((${mois} || '-01')::date + interval '1 month')::date as fin),
    evenements as (
      select c.organisme_id, c.id, c.agent_id, 'entree' as sorte, c.entree as jour, c.emploi as motif from app.paie_carriere c, m
        where c.entree >= m.debut and c.entree < m.fin
      union all select c.organisme_id, c.id, c.agent_id, 'sortie', c.sortie, coalesce(c.motif_sortie, '') from app.paie_carriere c, m
        where c.sortie >= m.debut and c.sortie < m.fin
      union all select c.organisme_id, c.id, c.agent_id, 'situation', lower(s.periode), s.motif
        from app.paie_situation s join app.paie_carriere c on c.organisme_id = s.organisme_id and c.id = s.carriere_id, m
        where lower(s.periode) >= m.debut and lower(s.periode) < m.fin and lower(s.periode) > c.entree
    )
    select a.prenom || ' ' || a.nom as nom, e.sorte, e.jour::text, e.motif from evenements e
    join app.paie_agent a on a.organisme_id = e.organisme_id and a.id = e.agent_id
    where not exists (select from app.paie_piece_carriere k join app.paie_piece p on p.organisme_id = k.organisme_id and p.id = k.piece_id
      where k.organisme_id = e.organisme_id and k.carriere_id = e.id and p.mois = ${mois} and p.etat <> 'refusee')
    order by a.nom, e.jour`.execute(tx)
  return rows.map((r) => ({
    libelle:
      r.sorte === 'entree'
        ? `Contrat ou arrêté de ${r.nom}`
        : r.sorte === 'sortie'
          ? `Fin de fonctions de ${r.nom}`
          : `Arrêté de ${r.nom}`,
    motif:
      r.sorte === 'entree'
        ? `Entrée le ${formatJour(r.jour)}`
        : r.sorte === 'sortie'
          ? `Départ le ${formatJour(r.jour)}${r.motif ? ` (${r.motif})` : ''}`
          : `${r.motif || 'Changement de situation'} au ${formatJour(r.jour)}`,
  }))
}
