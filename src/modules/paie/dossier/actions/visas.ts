import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { publishIndicateurs } from '../../production/cockpit/indicateurs.ts'
import { readReglages } from '../../production/controles/db/reglages.ts'
import { requireControles } from '../../production/controles/liste.ts'
import { composeVisa, insertVisa } from '../../production/controles/visa.ts'
import { retenirMoisEntier } from '../../production/mois-entier.ts'
import { refusActe, refusBloquantes, refusEmpreinte, refusPerime, refusSansBulletin } from '../../refus.ts'
import { type Auteur, countDossier, lockDossier, noteActe, publishSuivi } from '../db/dossiers.ts'
import { type ActeDossier, type EtatDossier, LIBELLES_ETAT, nextEtat } from '../domain/dossier.ts'

export const auteurOf = (acteur: Acteur): Auteur => ({
  organismeId: acteur.organismeId,
  personneId: acteur.personneId,
  nom: acteur.nom,
})

const MENTIONS = {
  expres: 'Approbation',
  tacite: 'Approbation tacite',
  demonstration: 'Approbation de démonstration',
} as const

const formatInstantParis = (d: Date) =>
  d.toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' })

function moved(etat: EtatDossier, acte: ActeDossier): EtatDossier {
  const next = nextEtat(etat, acte)
  if (!next) throw refusActe(LIBELLES_ETAT[etat])
  return next
}

/** The run of the month as it is approved: its canonical JSON and the SHA-256 of it. */
async function visaDuMois(tx: Tx, organismeId: string, mois: Mois) {
  const visa = await composeVisa(tx, organismeId, mois)
  if (!visa) throw refusSansBulletin()
  return visa
}

/**
 * Sends the month to the ordonnateur: computed from what is known now, without any blocking anomaly, its list of controls
 * signed. Where the convention of the body has a tacit approval, its date is set here.
 */
export async function envoyerMois(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
): Promise<{ empreinte: string; taciteLe: Date | null }> {
  const d = await lockDossier(tx, mois)
  const etat = moved(d.etat, 'envoyer')
  const c = await countDossier(tx, mois)
  if (c.bloquantes > 0) throw refusBloquantes(c.bloquantes)
  if (c.perime) throw refusPerime()
  const { empreinte } = await visaDuMois(tx, auteur.organismeId, mois)
  await requireControles(tx, auteur, mois, empreinte)
  const { taciteJours, taciteConvention } = await readReglages(tx)
  const delai = taciteConvention === '' ? null : taciteJours
  const { rows } = await sql<{ tacite_le: Date | null }>`update app.paie_dossier set etat = ${etat},
      empreinte = ${empreinte}, envoye_le = now(), envoye_par = ${auteur.nom}, motif_renvoi = null,
      tacite_le = now() + make_interval(days => ${delai}::int)
    where mois = ${mois} returning tacite_le`.execute(tx)
  const tacite = rows[0]?.tacite_le ?? null
  await noteActe(
    tx,
    auteur,
    mois,
    'Envoi à l’approbation',
    `${c.bulletins} bulletins${tacite ? ` ; approbation tacite prévue le ${formatInstantParis(tacite)}` : ''}`,
  )
  await publishSuivi(tx, auteur.organismeId, mois)
  await publishIndicateurs(tx, auteur.organismeId, mois)
  return { empreinte, taciteLe: tacite }
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
  genre: keyof typeof MENTIONS = 'expres',
): Promise<void> {
  const d = await lockDossier(tx, mois)
  const etat = moved(d.etat, 'approuver')
  const visa = await visaDuMois(tx, auteur.organismeId, mois)
  if (empreinte !== d.empreinte || empreinte !== visa.empreinte) throw refusEmpreinte()
  await sql`
    insert into app.paie_bulletin_approuve (organisme_id, mois, carriere_id, agent_id, entrees, jeu, bulletin, cumuls,
      empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout, numero)
    select b.organisme_id, b.mois, b.carriere_id, b.agent_id, b.entrees, b.jeu, b.bulletin, b.cumuls, b.empreinte,
      b.population, b.brut, b.cotisations, b.net_imposable, b.net_a_payer, b.cout,
      (select coalesce(max(p.numero), 0) from app.paie_bulletin_approuve p where p.mois = ${mois})
        + row_number() over (order by a.nom, a.prenom, b.carriere_id)
    from app.paie_bulletin b join app.paie_agent a on a.organisme_id = b.organisme_id and a.id = b.agent_id
    where b.mois = ${mois}`.execute(tx)
  await insertVisa(tx, auteur, mois, { ...visa, genre })
  await retenirMoisEntier(tx, auteur.organismeId, mois)
  await sql`update app.paie_dossier set etat = ${etat}, approuve_le = now(), approuve_par = ${auteur.nom}, tacite_le = null
    where mois = ${mois}`.execute(tx)
  await noteActe(tx, auteur, mois, MENTIONS[genre], `Empreinte ${empreinte.slice(0, 16)}…`)
  const { bulletins, net_a_payer } = await publishSuivi(tx, auteur.organismeId, mois)
  await publishIndicateurs(tx, auteur.organismeId, mois)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'paie.approuver',
    objet: { type: 'mois', id: mois },
    detail: { mention: MENTIONS[genre], bulletins, netAPayer: net_a_payer, empreinte },
    sensible: 'paie',
  })
}

/**
 * The delay of the convention is over and the ordonnateur said nothing: the month that was sent is approved, and its
 * history says by which article. Gives false when there is nothing left to approve: he answered, or it was sent again.
 */
export async function accorderTacitement(tx: Tx, organismeId: string, mois: Mois, empreinte: string): Promise<boolean> {
  const { rows } = await sql<{ du: boolean }>`
    select etat = 'aApprouver' and empreinte = ${empreinte} and coalesce(tacite_le <= now(), false) as du
    from app.paie_dossier where mois = ${mois} for update`.execute(tx)
  const { taciteConvention } = await readReglages(tx)
  if (!rows[0]?.du || taciteConvention === '') return false
  const auteur = { organismeId, personneId: null, nom: `Accord tacite (${taciteConvention})` }
  await approuverMois(tx, auteur, mois, empreinte, 'tacite')
  return true
}

export async function renvoyerMois(tx: Tx, auteur: Auteur, mois: Mois, motif: string): Promise<void> {
  const d = await lockDossier(tx, mois)
  const etat = moved(d.etat, 'renvoyer')
  await sql`update app.paie_dossier set etat = ${etat}, motif_renvoi = ${motif}, empreinte = null, tacite_le = null where mois = ${mois}`.execute(
    tx,
  )
  await noteActe(tx, auteur, mois, 'Renvoi au gestionnaire', motif)
  await publishSuivi(tx, auteur.organismeId, mois)
  await publishIndicateurs(tx, auteur.organismeId, mois)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'paie.renvoyer',
    objet: { type: 'mois', id: mois },
    detail: { motif },
  })
}

/** All payslips are in the safes: the month is done. */
export async function marquerDiffuse(tx: Tx, auteur: Auteur, mois: Mois, nombre: number): Promise<void> {
  const d = await lockDossier(tx, mois)
  if (d.etat === 'diffuse' || d.etat === 'clos') return
  const etat = moved(d.etat, 'diffuser')
  await sql`update app.paie_dossier set etat = ${etat}, diffuse_le = now() where mois = ${mois}`.execute(tx)
  await noteActe(tx, auteur, mois, 'Remise des bulletins', `${nombre} bulletins déposés dans les coffres`)
  await publishSuivi(tx, auteur.organismeId, mois)
  await publishIndicateurs(tx, auteur.organismeId, mois)
}
