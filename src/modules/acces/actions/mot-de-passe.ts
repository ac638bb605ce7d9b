import { randomBytes } from 'node:crypto'
import { inscrireAgence } from '#modules/journal/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { type Base, inPlateforme, type Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { empreinteOf, findCompte, getCompte, noteEchec } from '../db/comptes.ts'
import { attenteApres } from '../domain/frein.ts'
import { type EstConnu, faiblesseOf } from '../domain/mot-de-passe.ts'
import type { ServicesAcces } from '../services.ts'
import { hashMotDePasse, requirePatience, verifyMotDePasse } from './connexion.ts'

const VALIDITE_MS = 30 * 60_000

/** @throws Refus at the field, when this password would be found by whoever tries */
export async function requireSolide(
  motDePasse: string,
  compte: { identifiant: string; nom: string; prenom: string },
  estConnu: EstConnu,
  champ: 'nouveau' | 'motDePasse' = 'nouveau',
): Promise<void> {
  const mots = ['Bosquet', 'mot de passe', compte.nom, compte.prenom, ...compte.identifiant.split(/[@.]/)]
  mots.push(compte.prenom + compte.nom, compte.nom + compte.prenom, compte.identifiant)
  const faiblesse = await faiblesseOf(motDePasse, { mots, estConnu })
  if (faiblesse) throw new Refus('motDePasse.faible', faiblesse, { status: 400, champs: { [champ]: faiblesse } })
}

/** The new password holds, every other session is closed, and no link that was sent before opens anything. */
async function replaceMotDePasse(tx: Tx, compteId: string, empreinte: string, sauf?: string): Promise<void> {
  await tx.updateTable('app.acces_compte').set({ empreinte }).where('id', '=', compteId).execute()
  let sessions = tx
    .updateTable('app.acces_session')
    .set({ revoquee_le: new Date() })
    .where('compte_id', '=', compteId)
    .where('revoquee_le', 'is', null)
  if (sauf) sessions = sessions.where('id', '<>', sauf)
  await sessions.execute()
  await tx
    .updateTable('app.acces_reinitialisation')
    .set({ utilise_le: new Date() })
    .where('compte_id', '=', compteId)
    .where('utilise_le', 'is', null)
    .execute()
}

const isCourriel = (t: string) => /^[^\s@]+@[^\s@]+$/.test(t)

/** Where a letter reaches the person for sure: her identifiant and her personal address, once confirmed. */
export async function listAdressesSures(tx: Tx, compteId: string): Promise<string[]> {
  const c = await tx
    .selectFrom('app.acces_compte')
    .select(['identifiant', 'identifiant_verifie', 'courriel_personnel'])
    .where('id', '=', compteId)
    .executeTakeFirstOrThrow()
  return [
    ...(c.identifiant_verifie ? [c.identifiant] : []),
    ...(c.courriel_personnel ? [c.courriel_personnel] : []),
  ].filter(isCourriel)
}

/** Whoever did not do it must learn it. */
async function announceChangement(
  tx: Tx,
  courrier: Courrier,
  { id, identifiant }: { id: string; identifiant: string },
): Promise<void> {
  for (const a of await listAdressesSures(tx, id))
    await courrier.sendPersonnel(tx, {
      a,
      objet: 'Votre mot de passe Bosquet a changé',
      texte: `Le mot de passe du compte ${identifiant} vient de changer, et les sessions ouvertes ailleurs sont fermées.\n\nSi ce n’est pas vous, choisissez-en un autre tout de suite : ${courrier.lien('/connexion/oubli')}\net prévenez la personne qui administre vos accès.`,
      motif: 'acces.motDePasse',
    })
}

export async function changeMotDePasse(
  services: ServicesAcces,
  qui: { compteId: string; sessionId: string },
  saisie: { actuel: string; nouveau: string },
): Promise<void> {
  const { base } = services
  const frein = `motDePasse:${qui.compteId}`
  await requirePatience(base, [frein])
  const compte = await inPlateforme(base, async (tx) => ({
    ...(await getCompte(tx, qui.compteId)),
    ...(await tx
      .selectFrom('app.acces_compte')
      .select('empreinte')
      .where('id', '=', qui.compteId)
      .executeTakeFirstOrThrow()),
  }))
  if (!(await verifyMotDePasse(compte.empreinte, saisie.actuel))) {
    await inPlateforme(base, (tx) => noteEchec(tx, frein, attenteApres))
    throw new Refus('motDePasse.incorrect', 'Le mot de passe actuel est incorrect.', {
      status: 400,
      champs: { actuel: 'Ce n’est pas votre mot de passe actuel.' },
    })
  }
  await requireSolide(saisie.nouveau, compte, services.estConnu)
  const empreinte = await hashMotDePasse(saisie.nouveau)
  await inPlateforme(base, async (tx) => {
    await replaceMotDePasse(tx, qui.compteId, empreinte, qui.sessionId)
    await announceChangement(tx, services.courrier, compte)
    await inscrireAgence(tx, { personneId: compte.personneId, nom: compte.identifiant }, { acte: 'motDePasse.changer' })
  })
}

/**
 * Takes a demand, whoever it is for: the account is looked for later, by a job, so that neither the words nor the time
 * of the reply tell whether it exists.
 */
export async function askOubli(services: ServicesAcces, identifiant: string, adresse: string): Promise<void> {
  const cles = [`oubli:${identifiant.toLowerCase()}`, `oubli-adresse:${adresse}`]
  await requirePatience(services.base, cles)
  await inPlateforme(services.base, async (tx) => {
    await noteEchec(tx, cles[0]!, attenteApres)
    await noteEchec(tx, cles[1]!, (n) => attenteApres(Math.floor(n / 10)))
    await services.jobs().enqueue(tx, services.oubli, { identifiant: identifiant.toLowerCase() })
  })
}

export async function sendLienMotDePasse(base: Base, courrier: Courrier, identifiant: string): Promise<void> {
  await inPlateforme(base, async (tx) => {
    const compte = await findCompte(tx, identifiant)
    const adresses = compte ? await listAdressesSures(tx, compte.id) : []
    if (!compte || adresses.length === 0) return
    const jeton = randomBytes(32).toString('base64url')
    await tx
      .insertInto('app.acces_reinitialisation')
      .values({
        empreinte: empreinteOf(jeton),
        compte_id: compte.id,
        expire_le: new Date(Date.now() + VALIDITE_MS),
        utilise_le: null,
      })
      .execute()
    await inscrireAgence(
      tx,
      { personneId: compte.personneId, nom: compte.identifiant },
      { acte: 'motDePasse.demander' },
    )
    for (const a of adresses)
      await courrier.sendPersonnel(tx, {
        a,
        objet: 'Choisir un nouveau mot de passe Bosquet',
        texte: `Vous avez demandé à choisir un nouveau mot de passe pour le compte ${compte.identifiant}.\n\nOuvrez cette adresse dans les trente minutes ; elle ne sert qu’une fois :\n${courrier.lien(`/connexion/nouveau#${jeton}`)}\n\nSi vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même. Votre second facteur sera demandé comme d’habitude.`,
        motif: 'acces.oubli',
      })
  })
}

export async function resetMotDePasse(
  services: ServicesAcces,
  saisie: { jeton: string; nouveau: string },
): Promise<void> {
  const { base } = services
  const refus = () =>
    new Refus('oubli.perime', 'Ce lien a déjà servi, ou a plus de trente minutes. Demandez-en un autre.', {
      status: 400,
    })
  const compte = await inPlateforme(base, async (tx) => {
    const lien = await tx
      .selectFrom('app.acces_reinitialisation')
      .select('compte_id')
      .where('empreinte', '=', empreinteOf(saisie.jeton))
      .where('utilise_le', 'is', null)
      .where('expire_le', '>', new Date())
      .executeTakeFirst()
    return lien && (await getCompte(tx, lien.compte_id))
  })
  if (!compte) throw refus()
  // the link stays good while the password that was typed is refused
  await requireSolide(saisie.nouveau, compte, services.estConnu)
  const empreinte = await hashMotDePasse(saisie.nouveau)
  await inPlateforme(base, async (tx) => {
    const done = await tx
      .updateTable('app.acces_reinitialisation')
      .set({ utilise_le: new Date() })
      .where('empreinte', '=', empreinteOf(saisie.jeton))
      .where('utilise_le', 'is', null)
      .executeTakeFirst()
    if (done.numUpdatedRows === 0n) throw refus()
    await replaceMotDePasse(tx, compte.id, empreinte)
    await announceChangement(tx, services.courrier, compte)
    await inscrireAgence(
      tx,
      { personneId: compte.personneId, nom: compte.identifiant },
      { acte: 'motDePasse.changer', detail: { par: 'lien' } },
    )
  })
}
