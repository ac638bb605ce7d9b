import type { z } from 'zod'
import { type Id, newId } from '#socle/ids.ts'
import { formatOctets } from '#ui'
import { LIBELLES_NATURE, type NaturePiece, type zPiece } from '../../../contract.ts'
import { libelleDe, proposerAgents, proposerNature } from './proposer.ts'

export type Piece = z.output<typeof zPiece>

/** One file waiting to be described and sent. Its id is made once: sending again deposits nothing twice. */
export type Ligne = {
  id: Id<'Piece'>
  fichier: File
  nature: NaturePiece | ''
  libelle: string
  effet: string
  /** The whole body, rather than some agents. */
  tous: boolean
  carrieres: string[]
  /** Filled from the name of the file: the person is told to check. */
  estProposee: boolean
  /** The refused or incomplete paper whose place it takes. */
  remplace: { id: string; numero: number } | undefined
  etat: 'aDecrire' | 'attente' | 'envoi' | 'depose' | 'refuse'
  part: number
  raison: string | undefined
  /** By field, once the person has asked to send. */
  erreurs: Readonly<Record<string, string>>
  /** The deposit, as the server received it. */
  piece: Piece | undefined
}

const TAILLE_MAX = 25 * 1024 * 1024
export const LIMITE = '25\u00a0Mo'
export const FORMATS = '.pdf,.jpg,.jpeg,.png,.webp,.heic,.heif,.docx,.xlsx,.odt,.ods,.csv,.txt'

type Agent = { carriereId: string; nom: string; prenom: string }

export function creerLigne(fichier: File, agents: readonly Agent[], remplace?: Piece): Ligne {
  const nature = remplace?.nature ?? proposerNature(fichier.name)
  const carrieres = remplace ? remplace.concerne.map((c) => c.carriereId) : proposerAgents(fichier.name, agents)
  const refus =
    fichier.size === 0
      ? 'Ce fichier est vide.'
      : fichier.size > TAILLE_MAX
        ? `Ce fichier pèse ${formatOctets(fichier.size)} ; la limite est ${LIMITE}.`
        : undefined
  return {
    id: newId<'Piece'>(),
    fichier,
    nature: nature ?? '',
    libelle: remplace?.libelle ?? (libelleDe(fichier.name) || (nature ? LIBELLES_NATURE[nature] : '')),
    effet: remplace?.effet ?? '',
    tous: remplace !== undefined && carrieres.length === 0,
    carrieres,
    estProposee: remplace === undefined && (nature !== undefined || carrieres.length > 0),
    remplace: remplace && { id: remplace.id, numero: remplace.numero },
    etat: refus === undefined ? 'aDecrire' : 'refuse',
    part: 0,
    raison: refus,
    erreurs: {},
    piece: undefined,
  }
}

/** What is still missing on a line, at its field. */
export function manques(l: Ligne): Record<string, string> {
  const m: Record<string, string> = {}
  if (l.nature === '') m.nature = 'Dites ce qu’est cette pièce.'
  if (!l.tous && l.carrieres.length === 0) m.carrieres = 'Dites qui elle concerne, ou cochez « Tout l’organisme ».'
  if (l.libelle.trim() === '') m.libelle = 'Donnez un libellé.'
  if (l.effet !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(l.effet)) m.effet = 'Une date est attendue, par exemple 010325.'
  return m
}

/** The fields of the deposit, as the server reads them. */
export function champsDe(l: Ligne): Record<string, string> {
  return {
    id: l.id,
    nature: l.nature,
    libelle: l.libelle.trim(),
    effet: l.effet,
    carrieres: JSON.stringify(l.tous ? [] : l.carrieres),
    ...(l.remplace ? { remplace: l.remplace.id } : {}),
  }
}

/** The lines that the person may still change or send. */
export const estModifiable = (l: Ligne) => l.etat === 'aDecrire' || l.etat === 'refuse'
export const estVide = (l: Ligne) => l.fichier.size === 0 || l.fichier.size > TAILLE_MAX
