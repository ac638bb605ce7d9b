import { sql } from 'kysely'
import { formatEuros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { hasDroit, requireDroit } from '#socle/droits.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { EngagementSaisi } from '../contract.ts'
import { auteurOf, noteActe } from '../db/commun.ts'
import { type Circuit, type Niveau, niveauDe } from '../domain/circuit.ts'
import { type Cadre, engager } from './engager.ts'

/** The department of the finances liquidates; the ordonnateur signs. */
const DROITS = { finances: 'finances.liquider', ordonnateur: 'finances.viser' } as const

/** The circuit belongs to the complete edition: the other one engages without asking. */
export async function readCircuit(tx: Tx): Promise<Circuit> {
  const { rows } = await sql<{ edition: string; f: string | null; o: string | null }>`
    select edition, seuil_finances as f, seuil_ordonnateur as o from app.finances_reglage`.execute(tx)
  const r = rows[0]
  return r?.edition === 'complete'
    ? { seuilFinances: r.f, seuilOrdonnateur: r.o }
    : { seuilFinances: null, seuilOrdonnateur: null }
}

export async function reglerCircuit(tx: Tx, organismeId: string, c: Circuit): Promise<void> {
  await sql`insert into app.finances_reglage (organisme_id, edition, seuil_finances, seuil_ordonnateur)
    values (${organismeId}, 'complete', ${c.seuilFinances}, ${c.seuilOrdonnateur})
    on conflict (organisme_id) do update set seuil_finances = excluded.seuil_finances,
      seuil_ordonnateur = excluded.seuil_ordonnateur`.execute(tx)
}

/** Engages, or asks to when the amount needs somebody else. Gives the number, or null while it waits. */
export async function engagerOuDemander(
  tx: Tx,
  qui: Acteur,
  cadre: Cadre,
  e: EngagementSaisi,
  le: Jour,
): Promise<number | null> {
  const niveau = niveauDe(await readCircuit(tx), e.montant)
  if (niveau === undefined || hasDroit(qui, DROITS[niveau])) return engager(tx, auteurOf(qui), cadre, e, le)
  const auteur = auteurOf(qui)
  await sql`insert into app.finances_demande (organisme_id, id, budget_id, annee, niveau, montant, contenu, demande_par, demande_par_nom)
    values (${auteur.organismeId}, ${e.id}, ${cadre.budgetId}, ${cadre.annee}, ${niveau}, ${e.montant}, ${JSON.stringify(e)},
      ${auteur.personneId}, ${auteur.nom}) on conflict do nothing`.execute(tx)
  await noteActe(tx, auteur, 'engagement', e.id, 'Demande', `${e.objet}, ${formatEuros(e.montant)}`)
  return null
}

type Demande = {
  budget_id: string
  annee: number
  niveau: Niveau
  etat: string
  contenu: EngagementSaisi
  demande_par: string | null
}

/** Grants a demand, which engages it, or refuses it. Nobody grants his own. */
export async function deciderDemande(
  tx: Tx,
  qui: Acteur,
  id: string,
  d: { acte: 'accorder' | 'refuser'; motif: string },
  le: Jour,
): Promise<number | null> {
  const { rows } = await sql<Demande>`select budget_id, annee, niveau, etat, contenu, demande_par
    from app.finances_demande where id = ${id} for update`.execute(tx)
  const demande = rows[0]
  if (!demande) throw introuvable('Cette demande')
  requireDroit(qui, DROITS[demande.niveau])
  if (demande.etat !== 'demande') throw new Refus('demande.decidee', 'Cette demande a déjà reçu sa réponse.')
  if (demande.demande_par !== null && demande.demande_par === qui.personneId)
    throw new Refus('demande.memePersonne', 'Vous avez fait cette demande : une autre personne lui répond.', {
      status: 403,
    })
  if (d.acte === 'refuser' && d.motif.trim() === '')
    throw new Refus('demande.motif', 'Dites pourquoi en une phrase.', { champs: { motif: 'À remplir.' } })
  const auteur = auteurOf(qui)
  await sql`update app.finances_demande set etat = ${d.acte === 'accorder' ? 'accorde' : 'refuse'}, motif = ${d.motif},
    decide_par_nom = ${auteur.nom}, decide_le = now() where id = ${id}`.execute(tx)
  if (d.acte === 'accorder')
    return engager(tx, auteur, { budgetId: demande.budget_id, annee: demande.annee }, demande.contenu, le)
  await noteActe(tx, auteur, 'engagement', id, 'Refus', d.motif)
  return null
}
