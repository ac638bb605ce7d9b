import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import type { Tx } from '#socle/db/base.ts'
import type { TiersSaisi, zCompteSaisi } from '../contract.ts'
import { type Auteur, noteActe, takeNumeros } from '../db/commun.ts'
import { compteIntrouvable, refusCompteDecide, refusDoublon, refusMemePersonne, tiersIntrouvable } from '../refus.ts'

const row = (t: TiersSaisi) => ({
  categorie: t.categorie,
  nature_juridique: t.natureJuridique,
  nom: t.nom,
  complement: t.complement,
  civilite: t.civilite,
  prenom: t.prenom,
  siret: t.siret || null,
  adresse: t.adresse,
  complement_adresse: t.complementAdresse,
  code_postal: t.codePostal,
  ville: t.ville,
  pays: t.pays,
  courriel: t.courriel,
  telephone: t.telephone,
})

async function refuseDoublon(tx: Tx, id: string, siret: string) {
  if (!siret) return
  const autre = await tx
    .selectFrom('app.finances_tiers')
    .select('nom')
    .where('siret', '=', siret)
    .where('id', '<>', id)
    .executeTakeFirst()
  if (autre) throw refusDoublon(autre.nom)
}

/** Creates a tiers, or corrects it. Sent twice, it is created once. */
export async function enregistrerTiers(tx: Tx, auteur: Auteur, id: string, t: TiersSaisi): Promise<void> {
  await refuseDoublon(tx, id, t.siret)
  const done = await tx.updateTable('app.finances_tiers').set(row(t)).where('id', '=', id).executeTakeFirst()
  if (done.numUpdatedRows > 0n) return noteActe(tx, auteur, 'tiers', id, 'Modification', t.nom)
  const numero = await takeNumeros(tx, auteur.organismeId, 'tiers')
  await tx
    .insertInto('app.finances_tiers')
    .values({ organisme_id: auteur.organismeId, id, numero, ...row(t) })
    .execute()
  await noteActe(tx, auteur, 'tiers', id, 'Création', t.nom)
}

export async function activerTiers(tx: Tx, auteur: Auteur, id: string, actif: boolean): Promise<void> {
  const done = await tx
    .updateTable('app.finances_tiers')
    .set({ est_actif: actif })
    .where('id', '=', id)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw tiersIntrouvable()
  await noteActe(tx, auteur, 'tiers', id, actif ? 'Remise en service' : 'Mise hors service')
}

/** A bank account is proposed by one person and accepted by another: until then it pays nobody. */
export async function proposerCompte(
  tx: Tx,
  auteur: Auteur,
  tiersId: string,
  c: (typeof zCompteSaisi)['_output'],
): Promise<void> {
  const tiers = await tx.selectFrom('app.finances_tiers').select('id').where('id', '=', tiersId).executeTakeFirst()
  if (!tiers) throw tiersIntrouvable()
  const { rows } = await sql`insert into app.finances_compte_bancaire (organisme_id, id, tiers_id, iban, bic, titulaire,
      origine, propose_par, propose_par_nom)
    values (${auteur.organismeId}, ${c.id}, ${tiersId}, ${c.iban}, ${c.bic}, ${c.titulaire}, ${c.origine},
      ${auteur.personneId}, ${auteur.nom})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length > 0) await noteActe(tx, auteur, 'tiers', tiersId, 'Compte bancaire proposé', `…${c.iban.slice(-4)}`)
}

export async function deciderCompte(
  tx: Tx,
  auteur: Auteur,
  id: string,
  decision: { acte: 'accepter' | 'refuser' | 'retirer'; motif: string },
): Promise<string> {
  const compte = await tx
    .selectFrom('app.finances_compte_bancaire')
    .select(['tiers_id', 'etat', 'propose_par', 'iban'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!compte) throw compteIntrouvable()
  const retrait = decision.acte === 'retirer'
  if (retrait ? compte.etat === 'retire' : compte.etat !== 'propose') throw refusCompteDecide()
  if (!retrait && compte.propose_par !== null && compte.propose_par === auteur.personneId) throw refusMemePersonne()
  const etat = ({ accepter: 'accepte', refuser: 'refuse', retirer: 'retire' } as const)[decision.acte]
  await sql`update app.finances_compte_bancaire set etat = ${etat}, decide_par = ${auteur.personneId},
    decide_par_nom = ${auteur.nom}, decide_le = now(), motif = ${decision.motif} where id = ${id}`.execute(tx)
  const mots = { accepte: 'accepté', refuse: 'refusé', retire: 'retiré' }
  await noteActe(
    tx,
    auteur,
    'tiers',
    compte.tiers_id,
    `Compte bancaire ${mots[etat]}`,
    `…${compte.iban.slice(-4)} ${decision.motif}`.trim(),
  )
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: `tiers.compte.${decision.acte}`,
    objet: { type: 'tiers', id: compte.tiers_id },
    detail: { compte: `…${compte.iban.slice(-4)}`, motif: decision.motif || undefined },
  })
  return compte.tiers_id
}
