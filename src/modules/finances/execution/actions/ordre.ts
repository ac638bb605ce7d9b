import { sql } from 'kysely'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { type LiquidationSaisie, zContenu } from '../contract.ts'
import { type Auteur, noteActe } from '../db/commun.ts'
import { type Cadre, listOfBordereau, openCadre } from '../db/contexte.ts'
import type { OrdreSaisi } from '../http/ordre/contract.ts'
import { empreinteOf, envoyerBordereau, lockBordereau, signerBordereau } from './bordereaux.ts'
import { liquider } from './liquider.ts'

export type OperationOrdre = {
  id: string
  libelle: string
  mouvement: 'entreSections' | 'interne'
  montant: string
  depense: { nature: string; fonction?: string }
  recette: { nature: string; fonction?: string }
}

/** One operation of ordre: a mandat and a titre of one amount, signed together or not at all. */
export async function passerOrdre(tx: Tx, auteur: Auteur, cadre: Cadre, o: OperationOrdre, le: Jour): Promise<void> {
  const { rows: deja } = await sql`select id from app.finances_operation_ordre where id = ${o.id}`.execute(tx)
  if (deja.length > 0) return
  const pieces = { D: newId<'Liquidation'>(), R: newId<'Liquidation'>() }
  await sql`insert into app.finances_operation_ordre (organisme_id, id, libelle, montant, mandat_id, titre_id)
    values (${auteur.organismeId}, ${o.id}, ${o.libelle}, ${o.montant}, ${pieces.D}, ${pieces.R})`.execute(tx)
  for (const sens of ['D', 'R'] as const) {
    const piece: LiquidationSaisie = {
      id: pieces[sens],
      objet: o.libelle,
      contenu: zContenu.parse({
        typePiece: '03',
        mouvement: o.mouvement,
        modeReglement: '08',
        lignes: [{ ...(sens === 'D' ? o.depense : o.recette), ht: o.montant }],
      }),
    }
    await liquider(tx, auteur, cadre, sens, [piece])
    const bordereau = newId<'Bordereau'>()
    await envoyerBordereau(tx, auteur, bordereau, [piece.id], le)
    const b = await lockBordereau(tx, bordereau)
    const empreinte = empreinteOf(b, await listOfBordereau(tx, bordereau))
    await signerBordereau(tx, auteur, bordereau, { empreinte, le, ordre: new Map([[piece.id, o.id]]) })
  }
}

type Prepare = { budget_id: string; annee: number; etat: string; contenu: OrdreSaisi }

/** Keeps an operation until the ordonnateur signs it. Its accounts and its chapters are checked now. */
export async function preparerOrdre(tx: Tx, auteur: Auteur, cadre: Cadre, id: string, s: OrdreSaisi): Promise<void> {
  const ouvert = await openCadre(tx, cadre)
  const sections = (['D', 'R'] as const).map((sens) => {
    const cote = sens === 'D' ? s.depense : s.recette
    const { lignes } = zContenu.parse({ lignes: [{ ...cote, ht: s.montant }] })
    return ouvert.imputer(sens, { mouvement: s.mouvement, lignes })[0]!.section
  })
  if ((s.mouvement === 'entreSections') !== (sections[0] !== sections[1]))
    throw new Refus(
      'ordre.sections',
      s.mouvement === 'entreSections'
        ? 'Une opération entre sections prend dans l’une et rend à l’autre : ces deux articles sont dans la même.'
        : 'Une opération interne reste dans une section : ces deux articles n’y sont pas.',
    )
  const { rows } =
    await sql`insert into app.finances_ordre_prepare as o (organisme_id, id, budget_id, annee, contenu, prepare_par_nom)
    values (${auteur.organismeId}, ${id}, ${cadre.budgetId}, ${cadre.annee}, ${JSON.stringify(s)}, ${auteur.nom})
    on conflict (organisme_id, id) do update set contenu = excluded.contenu where o.etat = 'prepare' returning id`.execute(
      tx,
    )
  if (rows.length === 0) throw ordreTranche()
  await noteActe(tx, auteur, 'ordre', id, 'Préparation', s.libelle)
}

const ordreTranche = () => new Refus('ordre.tranche', 'Cette opération est déjà signée ou abandonnée.')

/** The ordonnateur signs both pieces at once, or the operation is given up. Signed twice, it is passed once. */
export async function trancherOrdre(
  tx: Tx,
  auteur: Auteur,
  id: string,
  acte: 'signer' | 'abandonner',
  le: Jour,
): Promise<void> {
  const { rows } = await sql<Prepare>`select budget_id, annee, etat, contenu from app.finances_ordre_prepare
    where id = ${id} for update`.execute(tx)
  const o = rows[0]
  if (!o) throw introuvable('Cette opération d’ordre')
  const etat = acte === 'signer' ? 'passe' : 'abandonne'
  if (o.etat === etat) return
  if (o.etat !== 'prepare') throw ordreTranche()
  await sql`update app.finances_ordre_prepare set etat = ${etat} where id = ${id}`.execute(tx)
  if (acte === 'signer')
    await passerOrdre(tx, auteur, { budgetId: o.budget_id, annee: o.annee }, { ...o.contenu, id }, le)
  await noteActe(tx, auteur, 'ordre', id, acte === 'signer' ? 'Signature' : 'Abandon', o.contenu.libelle)
}
