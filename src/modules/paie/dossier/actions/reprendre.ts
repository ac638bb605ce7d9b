import type { Depot } from '#modules/documents/index.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { newId } from '#socle/ids.ts'
import type { EmployeurPex, SituationCarriere } from '../../carriere/contract.ts'
import { COLONNES_AGENT, COLONNES_CARRIERE } from '../../carriere/db/agents.ts'
import { insertSituations } from '../../carriere/db/histoire.ts'
import { readDateLimite } from '../calendrier/db/calendriers.ts'
import type { ContenuVariable, NaturePiece } from '../contract.ts'
import { type Auteur, openDossier, publishSuivi } from '../db/dossiers.ts'
import { deposerPiece } from './pieces.ts'

export type AgentRepris = {
  personneId: string
  matricule: string
  nom: string
  prenom: string
  nomNaissance: string
  sexe: 'F' | 'M'
  naissance: Jour
  nir: string
  adresse: string
  codePostal: string
  ville: string
  courriel: string
  iban: string
  bic: string
  carriere: {
    id: string
    emploi: string
    entree: Jour
    sortie: Jour | null
    motifSortie: string | null
    situations: { depuis: Jour; jusqua: Jour | null; motif: string; contenu: SituationCarriere }[]
  }
}

/** All that a body brings when the agency takes its pay over. */
export type DossierRepris = {
  mois: Mois[]
  employeur: EmployeurPex
  agents: AgentRepris[]
  pieces: {
    id: string
    mois: Mois
    nature: NaturePiece
    libelle: string
    nomFichier: string
    effet: Jour | null
    carriereIds: readonly string[]
    deposant: { personneId: string | null; nom: string }
    octets: () => Uint8Array
  }[]
  variables: { id: string; mois: Mois; carriereId: string; pieceId: string | null; contenu: ContenuVariable }[]
  questions: {
    id: string
    mois: Mois
    carriereId: string | null
    pieceId: string | null
    objet: string
    echeance: Jour | null
    estClose: boolean
    messages: { personneId: string | null; nom: string; texte: string }[]
  }[]
}

/** Enters a whole body in one transaction: its settings, agents, careers, months, papers, variables and questions. */
export async function reprendreDossier(tx: Tx, depot: Depot, organismeId: string, d: DossierRepris): Promise<void> {
  const auteur: Auteur = { organismeId, personneId: null, nom: 'Reprise du dossier' }
  await tx
    .insertInto('app.paie_employeur')
    .values({ organisme_id: organismeId, depuis: '2024-01-01', contenu: JSON.stringify(d.employeur) })
    .execute()
  // a person who holds two posts in the body is one agent
  const agents = new Map<string, { id: string; a: AgentRepris }>()
  for (const a of d.agents) if (!agents.has(a.personneId)) agents.set(a.personneId, { id: newId(), a })
  await insertLot(
    tx,
    'app.paie_agent',
    { ...COLONNES_AGENT, iban: 'text', bic: 'text' },
    [...agents.values()].map(({ id, a: { carriere: _, personneId, nomNaissance, codePostal, ...a } }) => ({
      ...a,
      organisme_id: organismeId,
      id,
      personne_id: personneId,
      nom_naissance: nomNaissance,
      code_postal: codePostal,
    })),
  )
  await insertLot(
    tx,
    'app.paie_carriere',
    COLONNES_CARRIERE,
    d.agents.map(({ personneId, carriere: { situations: _, motifSortie, ...c } }) => ({
      ...c,
      organisme_id: organismeId,
      agent_id: agents.get(personneId)!.id,
      motif_sortie: motifSortie,
    })),
  )
  await insertSituations(
    tx,
    organismeId,
    d.agents.map(({ carriere: { id, situations } }) => ({ carriereId: id, situations })),
  )
  for (const mois of d.mois) await openDossier(tx, auteur, mois, await readDateLimite(tx, mois))
  for (const p of d.pieces)
    await deposerPiece(
      tx,
      depot,
      { organismeId, ...p.deposant },
      p.mois,
      {
        id: p.id,
        nature: p.nature,
        libelle: p.libelle,
        effet: p.effet,
        carriereIds: [...p.carriereIds],
        remplace: null,
      },
      { nom: p.nomFichier, bytes: p.octets(), type: 'application/pdf' },
    )
  const deposees = new Set(d.pieces.map((p) => p.id))
  if (d.variables.length > 0)
    await tx
      .insertInto('app.paie_variable')
      .values(
        d.variables.map((v) => ({
          organisme_id: organismeId,
          id: v.id,
          mois: v.mois,
          carriere_id: v.carriereId,
          contenu: JSON.stringify(v.contenu),
          piece_id: v.pieceId && deposees.has(v.pieceId) ? v.pieceId : null,
          saisie_par: auteur.nom,
        })),
      )
      .execute()
  for (const q of d.questions) {
    await tx
      .insertInto('app.paie_question')
      .values({
        organisme_id: organismeId,
        id: q.id,
        mois: q.mois,
        carriere_id: q.carriereId,
        piece_id: q.pieceId && deposees.has(q.pieceId) ? q.pieceId : null,
        objet: q.objet,
        echeance: q.echeance,
        est_close: q.estClose,
      })
      .execute()
    await tx
      .insertInto('app.paie_message')
      .values(
        q.messages.map((m) => ({
          organisme_id: organismeId,
          id: newId(),
          question_id: q.id,
          personne_id: m.personneId,
          nom: m.nom,
          texte: m.texte,
        })),
      )
      .execute()
  }
  for (const mois of d.mois) await publishSuivi(tx, organismeId, mois)
}
