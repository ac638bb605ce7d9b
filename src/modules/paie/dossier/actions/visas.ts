import { sql } from 'kysely'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { refusActe, refusBloquantes, refusEmpreinte, refusPerime, refusSansBulletin } from '../../refus.ts'
import { type Auteur, countDossier, lockDossier, noteActe, publishSuivi } from '../db/dossiers.ts'
import { type ActeDossier, type EtatDossier, LIBELLES_ETAT, nextEtat } from '../domain/dossier.ts'

export const auteurOf = (acteur: Acteur): Auteur => ({
  organismeId: acteur.organismeId,
  personneId: acteur.personneId,
  nom: acteur.nom,
})

function moved(etat: EtatDossier, acte: ActeDossier): EtatDossier {
  const next = nextEtat(etat, acte)
  if (!next) throw refusActe(LIBELLES_ETAT[etat])
  return next
}

/** SHA-256 of all the payslips of the month, in the order of the careers: what a visa is given on. */
export async function empreinteDuMois(tx: Tx, mois: Mois): Promise<string> {
  const { rows } = await sql<{ e: string | null }>`
    select encode(sha256(convert_to(string_agg(empreinte, '' order by carriere_id), 'UTF8')), 'hex') as e
    from app.paie_bulletin where mois = ${mois}`.execute(tx)
  const e = rows[0]?.e
  if (!e) throw refusSansBulletin()
  return e
}

/** Sends the month to the ordonnateur: computed from what is known now, without any blocking anomaly. */
export async function envoyerMois(tx: Tx, auteur: Auteur, mois: Mois): Promise<void> {
  const d = await lockDossier(tx, mois)
  const etat = moved(d.etat, 'envoyer')
  const c = await countDossier(tx, mois)
  if (c.bloquantes > 0) throw refusBloquantes(c.bloquantes)
  if (c.perime) throw refusPerime()
  const empreinte = await empreinteDuMois(tx, mois)
  await sql`update app.paie_dossier set etat = ${etat}, empreinte = ${empreinte}, envoye_le = now(),
    envoye_par = ${auteur.nom}, motif_renvoi = null where mois = ${mois}`.execute(tx)
  await noteActe(tx, auteur, mois, 'Envoi à l’approbation', `${c.bulletins} bulletins`)
  await publishSuivi(tx, auteur.organismeId, mois)
}

/**
 * The visa of the ordonnateur: the payslips that he saw, named by their hash, are copied where nothing can change them.
 * The caller enqueues their edition in the same transaction.
 */
export async function approuverMois(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
  empreinte: string,
  mention = 'Approbation',
): Promise<void> {
  const d = await lockDossier(tx, mois)
  const etat = moved(d.etat, 'approuver')
  if (empreinte !== d.empreinte || empreinte !== (await empreinteDuMois(tx, mois))) throw refusEmpreinte()
  await sql`
    insert into app.paie_bulletin_approuve (organisme_id, mois, carriere_id, agent_id, entrees, jeu, bulletin, cumuls,
      empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout, numero)
    select b.organisme_id, b.mois, b.carriere_id, b.agent_id, b.entrees, b.jeu, b.bulletin, b.cumuls, b.empreinte,
      b.population, b.brut, b.cotisations, b.net_imposable, b.net_a_payer, b.cout,
      row_number() over (order by a.nom, a.prenom, b.carriere_id)
    from app.paie_bulletin b join app.paie_agent a on a.organisme_id = b.organisme_id and a.id = b.agent_id
    where b.mois = ${mois}`.execute(tx)
  await sql`update app.paie_dossier set etat = ${etat}, approuve_le = now(), approuve_par = ${auteur.nom}
    where mois = ${mois}`.execute(tx)
  await noteActe(tx, auteur, mois, mention, `Empreinte ${empreinte.slice(0, 16)}…`)
  await publishSuivi(tx, auteur.organismeId, mois)
}

export async function renvoyerMois(tx: Tx, auteur: Auteur, mois: Mois, motif: string): Promise<void> {
  const d = await lockDossier(tx, mois)
  const etat = moved(d.etat, 'renvoyer')
  await sql`update app.paie_dossier set etat = ${etat}, motif_renvoi = ${motif}, empreinte = null where mois = ${mois}`.execute(
    tx,
  )
  await noteActe(tx, auteur, mois, 'Renvoi au gestionnaire', motif)
  await publishSuivi(tx, auteur.organismeId, mois)
}

/** All payslips are in the safes: the month is done. */
export async function marquerDiffuse(tx: Tx, auteur: Auteur, mois: Mois, nombre: number): Promise<void> {
  const d = await lockDossier(tx, mois)
  if (d.etat === 'diffuse') return
  const etat = moved(d.etat, 'diffuser')
  await sql`update app.paie_dossier set etat = ${etat}, diffuse_le = now() where mois = ${mois}`.execute(tx)
  await noteActe(tx, auteur, mois, 'Remise des bulletins', `${nombre} bulletins déposés dans les coffres`)
  await publishSuivi(tx, auteur.organismeId, mois)
}
