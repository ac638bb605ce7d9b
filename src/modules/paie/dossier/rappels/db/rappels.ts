import './tables.ts'
import { sql } from 'kysely'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insecables } from '#socle/texte.ts'
import { allowedActesRappel, type EtatRappel, type OrigineRappel } from '../domain/rappel.ts'

/** Rappels that a month settles, those to treat first. */
export async function listRappels(tx: Tx, mois: Mois) {
  const { rows } = await sql<{
    id: string
    mois: string
    effet: Jour
    origine: OrigineRappel
    libelle: string
    piece_id: string | null
    numero: number | null
    etat: EtatRappel
    note: string
    ouvert_le: Date
    ouvert_par: string
    traite_le: Date | null
    traite_par: string | null
    concerne: { carriereId: string; nom: string; estParti: boolean }[] | null
  }>`
    select r.id, r.mois, r.effet, r.origine, r.libelle, r.piece_id, p.numero, r.etat, r.note, r.ouvert_le, r.ouvert_par,
      r.traite_le, r.traite_par, l.concerne
    from app.paie_rappel r
    left join app.paie_piece p on p.organisme_id = r.organisme_id and p.id = r.piece_id
    left join lateral (select json_agg(json_build_object('carriereId', c.id, 'nom', a.prenom || ' ' || a.nom,
        'estParti', coalesce(c.sortie <= (r.mois || '-01')::date, false)) order by a.nom) as concerne
      from app.paie_rappel_carriere k
      join app.paie_carriere c on c.organisme_id = k.organisme_id and c.id = k.carriere_id
      join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
      where k.organisme_id = r.organisme_id and k.rappel_id = r.id) l on true
    where r.mois = ${mois} order by r.etat <> 'aTraiter', r.effet, r.id`.execute(tx)
  return rows.map((r) => ({
    id: r.id,
    mois: r.mois,
    effet: r.effet,
    origine: r.origine,
    libelle: insecables(r.libelle),
    pieceId: r.piece_id,
    pieceNumero: r.numero,
    etat: r.etat,
    actes: allowedActesRappel(r.etat),
    note: r.note,
    ouvertLe: r.ouvert_le.toISOString(),
    ouvertPar: r.ouvert_par,
    traiteLe: r.traite_le?.toISOString() ?? null,
    traitePar: r.traite_par,
    concerne: r.concerne ?? [],
  }))
}
