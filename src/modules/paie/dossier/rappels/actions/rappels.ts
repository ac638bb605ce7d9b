import '../db/tables.ts'
import { sql } from 'kysely'
import { formatJour, type Jour, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { type Auteur, findDossier, noteActe, touchDossier } from '../../db/dossiers.ts'
import { estModifiable } from '../../domain/dossier.ts'
import { type ActeRappel, type EtatRappel, nextEtatRappel, type OrigineRappel } from '../domain/rappel.ts'

export type OuvertureRappel = {
  /** Month of pay that will settle it. */
  mois: Mois
  effet: Jour
  origine: OrigineRappel
  libelle: string
  pieceId?: string | null
  carriereIds: readonly string[]
  /** Already known that the past months are to be computed again: a career corrected after the pay. */
  recalcul?: boolean
}

/** Opens a rappel. The month that settles it may not be open yet: the rappel waits for it. */
export async function ouvrirRappel(tx: Tx, auteur: Auteur, r: OuvertureRappel): Promise<string> {
  const id = newId<'Rappel'>()
  await tx
    .insertInto('app.paie_rappel')
    .values({
      organisme_id: auteur.organismeId,
      id,
      mois: r.mois,
      effet: r.effet,
      origine: r.origine,
      libelle: r.libelle,
      piece_id: r.pieceId ?? null,
      etat: r.recalcul ? 'recalcul' : 'aTraiter',
      ouvert_par: auteur.nom,
      traite_le: null,
      traite_par: null,
    })
    .execute()
  if (r.carriereIds.length > 0)
    await tx
      .insertInto('app.paie_rappel_carriere')
      .values(
        [...new Set(r.carriereIds)].map((carriere_id) => ({
          organisme_id: auteur.organismeId,
          rappel_id: id,
          carriere_id,
        })),
      )
      .execute()
  if (await findDossier(tx, r.mois)) {
    await touchDossier(tx, r.mois)
    await noteActe(tx, auteur, r.mois, 'Rappel ouvert', `${r.libelle}, effet au ${formatJour(r.effet)}`)
  }
  return id
}

const lockRappel = async (tx: Tx, id: string) => {
  const r = await tx.selectFrom('app.paie_rappel').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!r) throw introuvable('Ce rappel')
  return r
}

const ACTES: Record<ActeRappel, string> = {
  saisir: 'Rappel saisi',
  recalculer: 'Rappel : mois passés à recalculer',
  prendreDansLeMois: 'Pièce tardive prise dans le mois',
  classer: 'Rappel sans suite',
  reprendre: 'Rappel remis à traiter',
}

/** The officer's decision on a rappel. Its month must still be open: what is approved has settled it. */
export async function deciderRappel(tx: Tx, auteur: Auteur, id: string, acte: ActeRappel, note: string): Promise<Mois> {
  const r = await lockRappel(tx, id)
  const etat = nextEtatRappel(r.etat, acte)
  if (!etat) throw new Refus('rappel.acteImpossible', 'Ce rappel a déjà une décision. Remettez-le à traiter d’abord.')
  const d = await findDossier(tx, r.mois as Mois)
  if (d && !estModifiable(d.etat))
    throw new Refus('rappel.moisFige', 'Le mois qui règle ce rappel est envoyé ou approuvé : ouvrez-en un autre.')
  if (acte === 'recalculer') {
    const { n } = await tx
      .selectFrom('app.paie_rappel_carriere')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('rappel_id', '=', id)
      .executeTakeFirstOrThrow()
    if (Number(n) === 0)
      throw new Refus('rappel.sansAgent', 'Ce rappel ne nomme aucun agent : saisissez plutôt ses éléments un par un.')
  }
  await setEtat(tx, auteur, id, etat, note)
  if (d) {
    await touchDossier(tx, d.mois as Mois)
    await noteActe(tx, auteur, d.mois as Mois, ACTES[acte], note ? `${r.libelle} : ${note}` : r.libelle)
  }
  return r.mois as Mois
}

const setEtat = (tx: Tx, auteur: Auteur, id: string, etat: EtatRappel, note: string) =>
  tx
    .updateTable('app.paie_rappel')
    .set(
      etat === 'aTraiter'
        ? { etat, note, traite_le: null, traite_par: null }
        : { etat, note, traite_le: sql<Date>`now()`, traite_par: auteur.nom },
    )
    .where('id', '=', id)
    .execute()

/** A variable entered from a paper settles the rappel of that paper by itself: in time after all, or as a rappel. */
export async function solderRappelDe(tx: Tx, auteur: Auteur, pieceId: string, effet: Mois | null): Promise<void> {
  const ouverts = await tx
    .selectFrom('app.paie_rappel')
    .select('id')
    .where('piece_id', '=', pieceId)
    .where('etat', '=', 'aTraiter')
    .execute()
  for (const { id } of ouverts) await setEtat(tx, auteur, id, effet === null ? 'dansLeMois' : 'saisi', '')
}
