import { sql } from 'kysely'
import { addMois, type Jour, type Mois, moisOf } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { type Auteur, publishSuivi, touchDossier } from '../../dossier/db/dossiers.ts'
import { type EtatDossier, estModifiable } from '../../dossier/domain/dossier.ts'
import { ouvrirRappel } from '../../dossier/rappels/actions/rappels.ts'
import { LIBELLES_STATUT, MOTIFS_SORTIE, type MotifSortie, type NatureActe } from '../contract.ts'
import { findActe, insertActes, lockEtatCarriere, storeEtatCarriere } from '../db/histoire.ts'
import {
  type Changement,
  type EtatCarriere,
  insererSituation,
  memeEtat,
  situationLe,
  sortir,
} from '../domain/changer.ts'
import { describeChangement } from '../domain/decrire.ts'
import { type ChangementPosition, describePosition, insererPosition, POSITIONS } from '../positions/domain/positions.ts'

/** Months that the change reaches: those still open compute it, those approved ask for a rappel. */
export type Portee = { moisOuverts: Mois[]; moisFiges: Mois[] }

export async function porteeOf(tx: Tx, effet: Jour): Promise<Portee> {
  const dossiers = await tx
    .selectFrom('app.paie_dossier')
    .select(['mois', 'etat'])
    .where('mois', '>=', moisOf(effet))
    .orderBy('mois')
    .execute()
  const of = (ouvert: boolean) =>
    dossiers.filter((d) => estModifiable(d.etat as EtatDossier) === ouvert).map((d) => d.mois as Mois)
  return { moisOuverts: of(true), moisFiges: of(false) }
}

/** The open months are to be computed again. */
export async function touchMois(tx: Tx, organismeId: string, moisOuverts: readonly Mois[]): Promise<void> {
  for (const mois of moisOuverts) {
    await touchDossier(tx, mois)
    await publishSuivi(tx, organismeId, mois)
  }
}

/**
 * Tells the months that something moved: the open ones are to be computed again; those already approved are settled by
 * one rappel, in the first month that is not.
 */
export async function annoncerPortee(
  tx: Tx,
  auteur: Auteur,
  effet: Jour,
  libelle: string,
  carriereIds: readonly string[],
): Promise<Portee> {
  const portee = await porteeOf(tx, effet)
  const dernier = portee.moisFiges.at(-1)
  if (dernier)
    await ouvrirRappel(tx, auteur, {
      mois: portee.moisOuverts.find((m) => m > dernier) ?? addMois(dernier, 1),
      effet,
      origine: 'carriere',
      libelle,
      carriereIds,
      recalcul: true,
    })
  await touchMois(tx, auteur.organismeId, portee.moisOuverts)
  return portee
}

export const refusHorsCarriere = (champ = 'depuis') =>
  new Refus('carriere.horsDates', 'Cette date est en dehors de l’emploi : avant l’entrée, ou après la sortie.', {
    champs: { [champ]: 'Choisissez un jour compris entre l’entrée et la sortie.' },
  })

type Geste = {
  id: string
  nature: (avant: EtatCarriere) => NatureActe
  effet: Jour
  motif: string
  resume: (avant: EtatCarriere, apres: EtatCarriere) => string
  pieceId?: string | null
  lotId?: string | null
  annule?: string | null
}

/** Every change of a career passes here: read and locked, changed, kept in the history, and the months told. */
async function ecrire(
  tx: Tx,
  auteur: Auteur,
  carriereId: string,
  geste: Geste,
  changer: (avant: EtatCarriere) => EtatCarriere,
): Promise<Portee> {
  // the id is the client's: sent twice, done once
  if (await findActe(tx, geste.id)) return porteeOf(tx, geste.effet)
  const { agentId, ...avant } = await lockEtatCarriere(tx, carriereId)
  const apres = changer(avant)
  if (memeEtat(avant, apres))
    throw new Refus('carriere.rienNeChange', 'Rien ne change : ces valeurs sont déjà celles de la carrière.')
  await storeEtatCarriere(tx, auteur.organismeId, carriereId, apres)
  const { resume, nature, ...acte } = geste
  await insertActes(tx, auteur, [
    { ...acte, nature: nature(avant), agentId, carriereId, resume: resume(avant, apres), avant, apres },
  ])
  // a batch tells the months once, at its end
  return geste.lotId
    ? porteeOf(tx, geste.effet)
    : annoncerPortee(tx, auteur, geste.effet, resume(avant, apres), [carriereId])
}

function requireDansCarriere({ entree, sortie }: EtatCarriere, c: { depuis: Jour; jusqua: Jour | null }): void {
  if (c.depuis < entree || (sortie !== null && c.depuis >= sortie)) throw refusHorsCarriere()
  if (c.jusqua !== null && sortie !== null && c.jusqua > sortie) throw refusHorsCarriere('jusqua')
}

export function appliquerChangement(avant: EtatCarriere, c: Changement): EtatCarriere {
  requireDansCarriere(avant, c)
  return { ...avant, situations: insererSituation(avant.situations, c) }
}

/** A new situation from a day on; on the day of another one, it corrects it. The former stays in the history. */
export async function changerSituation(
  tx: Tx,
  auteur: Auteur,
  carriereId: string,
  c: Changement & { id: string; pieceId?: string | null; lotId?: string | null; nature?: NatureActe },
): Promise<Portee> {
  const { id, pieceId = null, lotId = null, nature, ...changement } = c
  return ecrire(
    tx,
    auteur,
    carriereId,
    {
      id,
      nature: (avant) => nature ?? (avant.situations.some((s) => s.depuis === c.depuis) ? 'correction' : 'situation'),
      effet: c.depuis,
      motif: c.motif,
      resume: (avant) => describeChangement(situationLe(avant.situations, c.depuis)?.contenu, c.contenu),
      pieceId,
      lotId,
    },
    (avant) => appliquerChangement(avant, changement),
  )
}

const FONCTIONNAIRES: readonly string[] = ['titulaire', 'stagiaire', 'emploiFonctionnel']
const AGENTS_PUBLICS: readonly string[] = [...FONCTIONNAIRES, 'contractuel', 'collaborateurCabinet']

export function appliquerPosition(avant: EtatCarriere, c: ChangementPosition): EtatCarriere {
  requireDansCarriere(avant, c)
  const statut = situationLe(avant.situations, c.depuis)?.contenu.statut
  const ouverte = c.position !== 'activite' && POSITIONS[c.position].contractuels ? AGENTS_PUBLICS : FONCTIONNAIRES
  if (c.position !== 'activite' && statut && !ouverte.includes(statut))
    throw new Refus('position.statut', `Cette position n’existe pas pour ce statut (${LIBELLES_STATUT[statut]}).`, {
      champs: { position: 'Saisissez une absence dans les éléments du mois, ou changez la situation.' },
    })
  return { ...avant, positions: insererPosition(avant.positions ?? [], c) }
}

/** Another position from a day on: the post goes on, its pay may stop until the return. */
export async function changerPosition(
  tx: Tx,
  auteur: Auteur,
  carriereId: string,
  { id, ...c }: ChangementPosition & { id: string },
): Promise<Portee> {
  return ecrire(
    tx,
    auteur,
    carriereId,
    {
      id,
      nature: () => 'position',
      effet: c.depuis,
      motif: c.motif,
      resume: () => `Position : ${describePosition(c)}`,
    },
    (avant) => appliquerPosition(avant, c),
  )
}

/** Closes the post: `sortie` is the first day out of it. */
export async function fermerCarriere(
  tx: Tx,
  auteur: Auteur,
  carriereId: string,
  s: { id: string; sortie: Jour; motif: MotifSortie; pieceId?: string | null },
): Promise<Portee> {
  return ecrire(
    tx,
    auteur,
    carriereId,
    {
      id: s.id,
      nature: () => 'sortie',
      effet: s.sortie,
      motif: MOTIFS_SORTIE[s.motif],
      resume: () => `Fin de l’emploi : ${MOTIFS_SORTIE[s.motif].toLowerCase()}`,
      pieceId: s.pieceId ?? null,
    },
    (avant) => {
      if (s.sortie <= avant.entree) throw refusHorsCarriere('sortie')
      return sortir(avant, s.sortie, MOTIFS_SORTIE[s.motif])
    },
  )
}

/**
 * Undoes an act on a career: gives it back what it was before. Refused when something was done since, which would be
 * lost: that one is undone first.
 */
export async function annulerActe(
  tx: Tx,
  auteur: Auteur,
  acteId: string,
  annulation: { id: string; lotId?: string | null },
): Promise<Portee> {
  const acte = await findActe(tx, acteId)
  if (!acte?.carriere_id) throw introuvable('Cet acte')
  const { rows } = await sql<{ id: string }>`
    select id from app.paie_acte_carriere where annule = ${acteId}`.execute(tx)
  if (rows[0]) {
    if (rows[0].id === annulation.id) return porteeOf(tx, acte.effet as Jour)
    throw new Refus('carriere.dejaAnnule', 'Cet acte est déjà annulé.')
  }
  const avant = acte.avant as EtatCarriere | null
  if (!avant)
    throw new Refus(
      'carriere.nonAnnulable',
      'L’entrée d’un agent ne s’annule pas ici : fermez son emploi le jour même.',
    )
  const apres = acte.apres as unknown as EtatCarriere
  return ecrire(
    tx,
    auteur,
    acte.carriere_id,
    {
      id: annulation.id,
      nature: () => 'annulation',
      effet: acte.effet as Jour,
      motif: '',
      resume: () => `Annulé : ${acte.resume}`,
      lotId: annulation.lotId ?? null,
      annule: acteId,
    },
    (courant) => {
      if (!memeEtat(courant, apres))
        throw new Refus(
          'carriere.changeeDepuis',
          'La carrière a changé depuis cet acte. Annulez d’abord ce qui a été fait après lui.',
        )
      return avant
    },
  )
}
