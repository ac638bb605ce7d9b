import { sql } from 'kysely'
import {
  addJours,
  addMois,
  dernierJour,
  formatJour,
  formatMois,
  type Jour,
  type Mois,
  premierJour,
} from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insecables } from '#socle/texte.ts'
import { POSITIONS, type Position } from '../../carriere/positions/domain/positions.ts'
import type { Attendue, NaturePiece } from '../contract.ts'

type Sorte = 'entree' | 'sortie' | 'finProche' | 'situation' | 'absence' | 'saisonnier' | 'position' | 'retour'
type Evenement = { sorte: Sorte; id: string; nom: string; jour: Jour; motif: string }

/** Kinds of paper that answer each event. */
const REPONSES: Record<Sorte, readonly NaturePiece[]> = {
  entree: ['contrat', 'arrete', 'deliberation'],
  sortie: ['finContrat', 'arrete', 'contrat', 'avenant'],
  finProche: ['avenant', 'contrat', 'arrete', 'finContrat'],
  situation: ['arrete', 'avenant', 'contrat', 'deliberation', 'sft', 'etatPrimes'],
  absence: ['arretTravail', 'conge', 'arrete'],
  saisonnier: ['contrat', 'arrete'],
  position: ['arrete'],
  retour: ['arrete'],
}

/**
 * The events of a month that are known before anybody writes: entries, exits, contracts that end before the next month
 * does, changes of situation (échelons among them), positions taken and returns from them, absences that run or end, and those who came for the season last year.
 */
async function listEvenements(tx: Tx, mois: Mois): Promise<Evenement[]> {
  const debut = premierJour(mois)
  const fin = addJours(dernierJour(mois), 1)
  const finSuivant = addJours(dernierJour(addMois(mois, 1)), 1)
  const anDernier = addMois(mois, -12)
  const { rows } = await sql<Evenement>`
    with agent as (select c.*, a.personne_id, a.prenom || ' ' || a.nom as nom, a.nom as tri from app.paie_carriere c
      join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id)
    select 'entree' as sorte, id, nom, tri, entree as jour, emploi as motif from agent where entree >= ${debut} and entree < ${fin}
    union all select 'sortie', id, nom, tri, sortie, coalesce(motif_sortie, '') from agent where sortie >= ${debut} and sortie < ${fin}
    union all select 'finProche', id, nom, tri, sortie, coalesce(motif_sortie, '') from agent
      where sortie >= ${fin} and sortie <= ${finSuivant} and entree < ${fin}
    union all select 'situation', c.id, c.nom, c.tri, lower(s.periode), s.motif from app.paie_situation s
      join agent c on c.organisme_id = s.organisme_id and c.id = s.carriere_id
      where lower(s.periode) >= ${debut} and lower(s.periode) < ${fin} and lower(s.periode) > c.entree
    union all select 'position', c.id, c.nom, c.tri, lower(p.periode), p.position from app.paie_position p
      join agent c on c.organisme_id = p.organisme_id and c.id = p.carriere_id
      where lower(p.periode) >= ${debut} and lower(p.periode) < ${fin}
    union all select 'retour', c.id, c.nom, c.tri, upper(p.periode), p.position from app.paie_position p
      join agent c on c.organisme_id = p.organisme_id and c.id = p.carriere_id
      where upper(p.periode) >= ${debut} and upper(p.periode) < ${fin} and upper(p.periode) is distinct from c.sortie
        and not exists (select from app.paie_position q where q.organisme_id = p.organisme_id
          and q.carriere_id = p.carriere_id and lower(q.periode) = upper(p.periode))
    union all select distinct on (c.id) 'absence', c.id, c.nom, c.tri, (v.contenu ->> 'jusqua')::date, v.contenu ->> 'motif'
      from app.paie_variable v join agent c on c.organisme_id = v.organisme_id and c.id = v.carriere_id
      where v.contenu ->> 'nature' = 'absence' and v.mois < ${mois} and v.mois >= ${addMois(mois, -12)}
        and (v.contenu ->> 'jusqua')::date >= ${debut} and (v.contenu ->> 'jusqua')::date < ${fin}
    union all select distinct on (c.agent_id) 'saisonnier', c.id, c.nom, c.tri, c.entree, c.emploi from agent c
      where c.sortie is not null and c.entree >= ${premierJour(anDernier)} and c.entree <= ${dernierJour(anDernier)}
        and c.sortie <= c.entree + interval '7 months'
        and not exists (select from agent n where n.personne_id = c.personne_id and n.entree > c.sortie)
    order by tri, jour`.execute(tx)
  return rows
}

function phrase({ sorte, nom, jour, motif }: Evenement): { libelle: string; motif: string } {
  switch (sorte) {
    case 'entree':
      return { libelle: `Contrat ou arrêté de ${nom}`, motif: `Entrée le ${formatJour(jour)}` }
    case 'sortie':
      return {
        libelle: `Fin de fonctions de ${nom}`,
        motif: `Départ le ${formatJour(jour)}${motif ? ` (${motif})` : ''}`,
      }
    case 'finProche':
      return {
        libelle: `Renouvellement ou fin de ${nom}`,
        motif: `Le contrat s’achève le ${formatJour(addJours(jour, -1))}`,
      }
    case 'situation':
      return {
        libelle: `Arrêté de ${nom}`,
        motif: `${motif || 'Changement de situation'} au ${formatJour(jour)}`,
      }
    case 'absence':
      return {
        libelle: `Prolongation ou reprise de ${nom}`,
        motif: `Absence jusqu’au ${formatJour(addJours(jour, -1))}`,
      }
    case 'position':
      return { libelle: `Arrêté de ${nom}`, motif: `${POSITIONS[motif as Position].libelle} au ${formatJour(jour)}` }
    case 'retour':
      return {
        libelle: `Réintégration ou renouvellement de ${nom}`,
        motif: `${POSITIONS[motif as Position].libelle} jusqu’au ${formatJour(addJours(jour, -1))}`,
      }
    case 'saisonnier':
      return {
        libelle: `Contrat de ${nom}, si cette personne revient`,
        motif: `Saison ${formatMois(jour.slice(0, 7))} : ${motif}`,
      }
  }
}

/** What a month waits for, and what the deposits have ticked already. */
export async function listAttendues(tx: Tx, mois: Mois) {
  const evenements = await listEvenements(tx, mois)
  const { rows: deposees } = await sql<{ id: string; numero: number; nature: NaturePiece; carriere_id: string }>`
    select p.id, p.numero, p.nature, k.carriere_id from app.paie_piece p
    join app.paie_piece_carriere k on k.organisme_id = p.organisme_id and k.piece_id = p.id
    where p.mois in (${mois}, ${addMois(mois, -1)}) and p.etat not in ('refusee', 'remplacee')
      and (p.mois = ${mois} or p.effet >= ${premierJour(mois)}) order by p.numero`.execute(tx)
  const attendues: Attendue[] = []
  const arrivees: (Attendue & { pieceId: string; numero: number })[] = []
  for (const e of evenements) {
    const { libelle, motif } = phrase(e)
    const attendue: Attendue = {
      cle: `${e.sorte}-${e.id}-${e.jour}`,
      libelle,
      motif: insecables(motif),
      carriereId: e.id,
      nature: REPONSES[e.sorte][0]!,
      effet: e.jour,
    }
    const piece = deposees.find((p) => p.carriere_id === e.id && REPONSES[e.sorte].includes(p.nature))
    if (piece) arrivees.push({ ...attendue, pieceId: piece.id, numero: piece.numero })
    else attendues.push(attendue)
  }
  return { attendues, arrivees }
}
