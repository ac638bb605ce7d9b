import { deMois, formatMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { findEnPreparation } from '../../production/complements/db/complements.ts'
import { agentIntrouvable, pieceIntrouvable, refusFige } from '../../refus.ts'
import type { ContenuVariable } from '../contract.ts'
import { type Auteur, findDossier, lockDossier, noteActe, publishSuivi, touchDossier } from '../db/dossiers.ts'
import { estModifiable } from '../domain/dossier.ts'
import { describeVariable } from '../domain/variable.ts'
import { solderRappelDe } from '../rappels/actions/rappels.ts'

type Saisie = { id: string; carriereId: string; contenu: ContenuVariable; pieceId: string | null; effet?: Mois | null }

/** The complement that the variable is for, when the month itself no longer changes. */
async function lockModifiable(tx: Tx, mois: Mois, carriereId: string): Promise<number | null> {
  const d = await lockDossier(tx, mois)
  if (estModifiable(d.etat)) return null
  const rang = await findEnPreparation(tx, mois, carriereId)
  if (rang === null) throw refusFige()
  return rang
}

const findVariable = (tx: Tx, id: string) =>
  tx
    .selectFrom('app.paie_variable')
    .select(['id', 'mois', 'carriere_id', 'contenu', 'piece_id', 'saisie_le', 'saisie_par', 'effet', 'rang'])
    .where('id', '=', id)
    .executeTakeFirst()

/** A late variable corrects a month that was paid here: the others are entered where they belong. */
async function requireMoisPaye(tx: Tx, mois: Mois, effet: Mois) {
  const passe = await findDossier(tx, effet)
  const faute =
    effet >= mois
      ? `Un rappel porte sur un mois avant ${formatMois(mois)}.`
      : !passe
        ? `La paie ${deMois(effet)} n’a pas été faite ici.`
        : estModifiable(passe.etat)
          ? `La paie ${deMois(effet)} est encore ouverte : saisissez l’élément dans ce mois.`
          : undefined
  if (faute) throw new Refus('saisie.invalide', faute, { status: 400, champs: { effet: faute } })
}

async function nomDe(tx: Tx, carriereId: string): Promise<string | undefined> {
  const agent = await tx
    .selectFrom('app.paie_carriere as c')
    .innerJoin('app.paie_agent as a', (j) =>
      j.onRef('a.organisme_id', '=', 'c.organisme_id').onRef('a.id', '=', 'c.agent_id'),
    )
    .select(['a.prenom', 'a.nom'])
    .where('c.id', '=', carriereId)
    .executeTakeFirst()
  return agent && `${agent.prenom} ${agent.nom}`
}

/** Enters a variable. The id is the client's: sent twice, it is written once. */
export async function saisirVariable(tx: Tx, auteur: Auteur, mois: Mois, saisie: Saisie) {
  const deja = await findVariable(tx, saisie.id)
  if (deja) {
    if (deja.mois !== mois || deja.carriere_id !== saisie.carriereId)
      throw new Refus('variable.existe', 'Cet élément est déjà saisi ailleurs.')
    return deja
  }
  const rang = await lockModifiable(tx, mois, saisie.carriereId)
  const nom = await nomDe(tx, saisie.carriereId)
  if (nom === undefined) throw agentIntrouvable()
  if (saisie.effet) await requireMoisPaye(tx, mois, saisie.effet)
  if (saisie.pieceId) {
    const piece = await tx.selectFrom('app.paie_piece').select('id').where('id', '=', saisie.pieceId).executeTakeFirst()
    if (!piece) throw pieceIntrouvable()
  }
  await tx
    .insertInto('app.paie_variable')
    .values({
      organisme_id: auteur.organismeId,
      id: saisie.id,
      mois,
      carriere_id: saisie.carriereId,
      contenu: JSON.stringify(saisie.contenu),
      piece_id: saisie.pieceId,
      saisie_par: auteur.nom,
      effet: saisie.effet ?? null,
      rang,
    })
    .execute()
  if (saisie.pieceId) await solderRappelDe(tx, auteur, saisie.pieceId, saisie.effet ?? null)
  if (rang === null) await touchDossier(tx, mois)
  await noteActe(
    tx,
    auteur,
    mois,
    saisie.effet ? `Saisie d’un rappel ${deMois(saisie.effet)}` : 'Saisie',
    `${nom} : ${describeVariable(saisie.contenu)}`,
  )
  await publishSuivi(tx, auteur.organismeId, mois)
  return (await findVariable(tx, saisie.id))!
}

/** Takes a variable away and gives it back to the screen, which can undo by entering it again. */
export async function supprimerVariable(tx: Tx, auteur: Auteur, mois: Mois, carriereId: string, id: string) {
  const variable = await findVariable(tx, id)
  if (!variable || variable.mois !== mois || variable.carriere_id !== carriereId) throw introuvable('Cet élément')
  const rang = await lockModifiable(tx, mois, carriereId)
  // what the month was paid on stays
  if (rang !== null && variable.rang !== rang) throw refusFige()
  await tx.deleteFrom('app.paie_variable').where('id', '=', id).execute()
  if (rang === null) await touchDossier(tx, mois)
  await noteActe(
    tx,
    auteur,
    mois,
    'Retrait d’un élément',
    `${await nomDe(tx, carriereId)} : ${describeVariable(variable.contenu)}`,
  )
  await publishSuivi(tx, auteur.organismeId, mois)
  return variable
}
