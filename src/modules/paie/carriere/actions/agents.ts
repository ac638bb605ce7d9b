import type { z } from 'zod'
import { createPersonnes } from '#modules/acces/index.ts'
import { addJours, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { nirValide } from '../../calcul/index.ts'
import type { Auteur } from '../../dossier/db/dossiers.ts'
import { LIBELLES_STATUT } from '../contract.ts'
import { type AgentCivil, COLONNES_AGENT, COLONNES_CARRIERE, getAgent, nextMatricule } from '../db/agents.ts'
import { type Acte, insertActes, insertSituations } from '../db/histoire.ts'
import type { EtatCarriere } from '../domain/changer.ts'
import type { Civil, zNouveau } from '../http/contract.ts'
import { annoncerPortee, porteeOf, touchMois } from './changer.ts'

export type NouvelEmploi = Pick<
  z.output<typeof zNouveau>,
  'carriereId' | 'emploi' | 'entree' | 'terme' | 'motif' | 'contenu'
>
export type NouvelAgent = z.output<typeof zNouveau>

const etatOf = (e: NouvelEmploi): EtatCarriere => {
  const sortie = e.terme === null ? null : addJours(e.terme, 1)
  return {
    emploi: e.emploi,
    entree: e.entree,
    sortie,
    motifSortie: sortie === null ? null : 'Fin de contrat',
    situations: [{ depuis: e.entree, jusqua: sortie, motif: e.motif, contenu: e.contenu }],
  }
}
const resumeEntree = (e: NouvelEmploi) =>
  `Entrée : ${e.emploi}, ${LIBELLES_STATUT[e.contenu.statut].toLowerCase()}${e.contenu.statut === 'elu' ? '' : `, ${e.contenu.grade}`}`

function requireTerme(e: NouvelEmploi) {
  if (e.terme !== null && e.terme < e.entree)
    throw new Refus('carriere.termeAvantEntree', 'Le terme du contrat précède l’entrée.', {
      champs: { terme: 'Le terme vient après l’entrée.' },
    })
}

/** Many posts in a few statements: agents exist already. */
export async function insertEmplois(
  tx: Tx,
  auteur: Auteur,
  emplois: readonly (NouvelEmploi & { agentId: string })[],
  lotId: string | null,
): Promise<void> {
  const etats = emplois.map((e) => ({ e, etat: etatOf(e) }))
  await insertLot(
    tx,
    'app.paie_carriere',
    COLONNES_CARRIERE,
    etats.map(({ e, etat }) => ({
      organisme_id: auteur.organismeId,
      id: e.carriereId,
      agent_id: e.agentId,
      emploi: etat.emploi,
      entree: etat.entree,
      sortie: etat.sortie,
      motif_sortie: etat.motifSortie,
    })),
  )
  await insertSituations(
    tx,
    auteur.organismeId,
    etats.map(({ e, etat }) => ({ carriereId: e.carriereId, situations: etat.situations })),
  )
  await insertActes(
    tx,
    auteur,
    etats.map(
      ({ e, etat }): Acte => ({
        id: newId(),
        agentId: e.agentId,
        carriereId: e.carriereId,
        nature: 'entree',
        effet: e.entree,
        motif: e.motif,
        resume: resumeEntree(e),
        lotId,
        avant: null,
        apres: etat,
      }),
    ),
  )
}

/** Many agents in a few statements. Each is a new person: nobody is matched by his name to the safe of another one. */
export async function insertAgents(
  tx: Tx,
  auteur: Auteur,
  agents: readonly NouvelAgent[],
  lotId: string | null,
): Promise<void> {
  const personnes = agents.map((a) => ({ id: newId(), nom: a.nom, prenom: a.prenom, courriel: a.courriel || null }))
  await createPersonnes(tx, personnes)
  await insertLot(
    tx,
    'app.paie_agent',
    COLONNES_AGENT,
    agents.map(({ nomNaissance, codePostal, ...a }, i) => ({
      ...a,
      organisme_id: auteur.organismeId,
      personne_id: personnes[i]!.id,
      nom_naissance: nomNaissance,
      code_postal: codePostal,
    })),
  )
  await insertEmplois(
    tx,
    auteur,
    agents.map((a) => ({ ...a, agentId: a.id })),
    lotId,
  )
}

export function requireNir(nir: string): void {
  if (!nirValide(nir))
    throw new Refus('agent.nirInvalide', 'La clé du numéro de sécurité sociale ne correspond pas au numéro.', {
      champs: { nir: 'Relisez le numéro sur l’attestation de droits.' },
    })
}

async function requireLibre(tx: Tx, champ: 'nir' | 'matricule', valeur: string, saufAgent: string): Promise<void> {
  const deja = await tx
    .selectFrom('app.paie_agent')
    .select(['nom', 'prenom'])
    .where(champ, '=', valeur)
    .where('id', '!=', saufAgent)
    .executeTakeFirst()
  if (!deja) return
  const quoi = champ === 'nir' ? 'Ce numéro de sécurité sociale' : 'Ce matricule'
  throw new Refus('agent.existe', `${quoi} est déjà celui de ${deja.prenom} ${deja.nom}.`, {
    champs: { [champ]: `Déjà celui de ${deja.prenom} ${deja.nom}.` },
  })
}

/** A recruit: the person, the post and its first situation. The ids are the client's: sent twice, created once. */
export async function creerAgent(tx: Tx, auteur: Auteur, a: NouvelAgent): Promise<void> {
  const deja = await tx.selectFrom('app.paie_agent').select('id').where('id', '=', a.id).executeTakeFirst()
  if (deja) return
  requireNir(a.nir)
  requireTerme(a)
  const matricule = a.matricule || (await nextMatricule(tx))
  await requireLibre(tx, 'nir', a.nir, a.id)
  await requireLibre(tx, 'matricule', matricule, a.id)
  await insertAgents(tx, auteur, [{ ...a, matricule }], null)
  await annoncerPortee(tx, auteur, a.entree, resumeEntree(a), [a.carriereId])
}

/** Another post for someone who is known: one payslip each. */
export async function ouvrirEmploi(tx: Tx, auteur: Auteur, agentId: string, e: NouvelEmploi): Promise<void> {
  await getAgent(tx, agentId)
  const deja = await tx.selectFrom('app.paie_carriere').select('id').where('id', '=', e.carriereId).executeTakeFirst()
  if (deja) return
  requireTerme(e)
  await insertEmplois(tx, auteur, [{ ...e, agentId }], null)
  await annoncerPortee(tx, auteur, e.entree, resumeEntree(e), [e.carriereId])
}

const LIBELLES: Record<keyof Civil, string> = {
  nom: 'Nom',
  prenom: 'Prénom',
  nomNaissance: 'Nom de naissance',
  sexe: 'Sexe',
  naissance: 'Naissance',
  nir: 'Numéro de sécurité sociale',
  adresse: 'Adresse',
  codePostal: 'Code postal',
  ville: 'Ville',
  courriel: 'Courriel',
}

/** Corrects who someone is: the former values stay in the history. */
export async function modifierIdentite(
  tx: Tx,
  auteur: Auteur,
  agentId: string,
  { id, motif, ...civil }: Civil & { id: string; motif: string },
  aujourdhui: Jour,
): Promise<void> {
  const deja = await tx.selectFrom('app.paie_acte_carriere').select('id').where('id', '=', id).executeTakeFirst()
  if (deja) return
  const avant: AgentCivil = await getAgent(tx, agentId)
  const changes = (Object.keys(LIBELLES) as (keyof Civil)[]).filter((k) => avant[k] !== civil[k])
  if (changes.length === 0)
    throw new Refus('carriere.rienNeChange', 'Rien ne change : ces valeurs sont déjà les siennes.')
  if (changes.includes('nir')) {
    requireNir(civil.nir)
    await requireLibre(tx, 'nir', civil.nir, agentId)
  }
  await tx
    .updateTable('app.paie_agent')
    .set({
      nom: civil.nom,
      prenom: civil.prenom,
      nom_naissance: civil.nomNaissance,
      sexe: civil.sexe,
      naissance: civil.naissance,
      nir: civil.nir,
      adresse: civil.adresse,
      code_postal: civil.codePostal,
      ville: civil.ville,
      courriel: civil.courriel,
    })
    .where('id', '=', agentId)
    .execute()
  await insertActes(tx, auteur, [
    {
      id,
      agentId,
      carriereId: null,
      nature: 'identite',
      effet: aujourdhui,
      motif,
      resume: changes.map((k) => `${LIBELLES[k]} : ${avant[k] || 'vide'} puis ${civil[k] || 'vide'}`).join(' ; '),
      avant: Object.fromEntries(changes.map((k) => [k, avant[k]])),
      apres: Object.fromEntries(changes.map((k) => [k, civil[k]])),
    },
  ])
  // the payslip prints who it is for, and the engine reads the birth
  await touchMois(tx, auteur.organismeId, (await porteeOf(tx, aujourdhui)).moisOuverts)
}
