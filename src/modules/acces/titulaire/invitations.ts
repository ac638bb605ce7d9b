import { randomBytes } from 'node:crypto'
import './tables.ts'
import { inscrireAgence } from '#modules/journal/index.ts'
import { inPlateforme, type Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { hashMotDePasse, requirePatience, type SessionNouvelle, startSession } from '../actions/connexion.ts'
import { requireSolide } from '../actions/mot-de-passe.ts'
import { empreinteOf, findCompte, noteEchec } from '../db/comptes.ts'
import { listGelees } from '../db/personnes.ts'
import { attenteApres } from '../domain/frein.ts'
import { codeSecoursOf, normaliserCode } from '../domain/second-facteur.ts'
import type { ServicesAcces } from '../services.ts'
import { sendConfirmation } from './adresse.ts'

const VALIDITE_MS = 90 * 24 * 3600_000

/** What an employer may know of the access of the persons whom he pays: never their addresses. */
export type AccesDeTitulaire = {
  personneId: string
  nom: string
  prenom: string
  aUnCompte: boolean
  /** When the last letter that still waits was made. */
  inviteeLe: Date | null
}

export async function listAccesDeTitulaires(tx: Tx, ids: readonly string[]): Promise<AccesDeTitulaire[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('app.acces_personne as p')
    .leftJoin('app.acces_compte as c', 'c.personne_id', 'p.id')
    .leftJoin('app.acces_invitation as i', (on) =>
      on.onRef('i.personne_id', '=', 'p.id').on('i.utilise_le', 'is', null).on('i.expire_le', '>', new Date()),
    )
    .select(['p.id', 'p.nom', 'p.prenom', 'c.id as compte', 'i.cree_le'])
    .where('p.id', 'in', [...ids])
    .orderBy('p.nom')
    .orderBy('p.prenom')
    .execute()
  return rows.map((r) => ({
    personneId: r.id,
    nom: r.nom,
    prenom: r.prenom,
    aUnCompte: r.compte !== null,
    inviteeLe: r.cree_le,
  }))
}

/**
 * New codes for the persons who have no account: the earlier ones die. They are given here once, for the letters, and
 * kept nowhere. Whoever has an account gets none: a letter of an employer never opens it again.
 */
export async function createInvitations(
  tx: Tx,
  ids: readonly string[],
  par: { organismeId: string; nom: string },
): Promise<{ titulaire: AccesDeTitulaire; code: string }[]> {
  const gelees = await listGelees(tx, ids)
  const sans = (await listAccesDeTitulaires(tx, ids)).filter((t) => !t.aUnCompte && !gelees.has(t.personneId))
  if (sans.length === 0) return []
  const lettres = sans.map((titulaire) => ({ titulaire, code: codeSecoursOf(randomBytes(10)) }))
  await tx
    .deleteFrom('app.acces_invitation')
    .where('utilise_le', 'is', null)
    .where(
      'personne_id',
      'in',
      sans.map((t) => t.personneId),
    )
    .execute()
  await tx
    .insertInto('app.acces_invitation')
    .values(
      lettres.map(({ titulaire, code }) => ({
        empreinte: empreinteOf(normaliserCode(code)),
        personne_id: titulaire.personneId,
        emise_par: par.organismeId,
        emise_par_nom: par.nom,
        expire_le: new Date(Date.now() + VALIDITE_MS),
      })),
    )
    .execute()
  return lettres
}

const findInvitation = (tx: Tx, code: string) =>
  tx
    .selectFrom('app.acces_invitation as i')
    .innerJoin('app.acces_personne as p', 'p.id', 'i.personne_id')
    .select(['i.empreinte', 'i.personne_id', 'i.emise_par_nom', 'p.nom', 'p.prenom'])
    .where('i.empreinte', '=', empreinteOf(normaliserCode(code)))
    .where('i.utilise_le', 'is', null)
    .where('i.expire_le', '>', new Date())
    .where('p.gelee_le', 'is', null)
    .executeTakeFirst()

/** @throws Refus, and slows the address that asked, when no letter that waits has this code */
export async function readInvitation(s: ServicesAcces, code: string, adresse: string) {
  const frein = `invitation:${adresse}`
  await requirePatience(s.base, [frein])
  const invitation = await inPlateforme(s.base, (tx) => findInvitation(tx, code))
  if (invitation) return invitation
  await inPlateforme(s.base, (tx) => noteEchec(tx, frein, attenteApres))
  throw new Refus(
    'invitation.inconnue',
    'Ce code n’est pas connu, a déjà servi ou a plus de trois mois. Vérifiez-le, ou demandez une nouvelle lettre à votre employeur.',
    { status: 400, champs: { code: 'Code inconnu, déjà utilisé ou périmé.' } },
  )
}

export async function openByInvitation(
  s: ServicesAcces,
  saisie: { code: string; courriel: string; motDePasse: string },
  origine: { appareil: string; adresse: string },
): Promise<SessionNouvelle> {
  const invitation = await readInvitation(s, saisie.code, origine.adresse)
  const identifiant = saisie.courriel.toLowerCase()
  await requireSolide(saisie.motDePasse, { identifiant, ...invitation }, s.estConnu, 'motDePasse')
  const empreinte = await hashMotDePasse(saisie.motDePasse)
  return inPlateforme(s.base, async (tx) => {
    const pris = await tx
      .updateTable('app.acces_invitation')
      .set({ utilise_le: new Date() })
      .where('empreinte', '=', invitation.empreinte)
      .where('utilise_le', 'is', null)
      .executeTakeFirst()
    const deja = await tx
      .selectFrom('app.acces_compte')
      .select('id')
      .where((eb) =>
        eb.or([
          eb('identifiant', '=', identifiant),
          eb('courriel_personnel', '=', identifiant),
          eb('personne_id', '=', invitation.personne_id),
        ]),
      )
      .executeTakeFirst()
    if (pris.numUpdatedRows === 0n || deja)
      throw new Refus('invitation.prise', 'Ce code a déjà servi, ou un compte existe déjà à cette adresse.', {
        champs: { courriel: 'Choisissez une autre adresse, ou connectez-vous.' },
      })
    const id = newId<'Compte'>()
    await tx
      .insertInto('app.acces_compte')
      .values({ id, personne_id: invitation.personne_id, identifiant, empreinte, identifiant_verifie: false })
      .execute()
    await sendConfirmation(tx, s.courrier, id, identifiant)
    const compte = (await findCompte(tx, identifiant))!
    const session = await startSession(tx, compte, origine)
    await inscrireAgence(
      tx,
      { personneId: compte.personneId, nom: `${compte.prenom} ${compte.nom}`.trim() },
      { acte: 'compte.ouvrir', detail: { lettreDe: invitation.emise_par_nom, adresse: origine.adresse } },
    )
    return session
  })
}
