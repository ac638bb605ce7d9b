import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { empreinteOf } from '../domain/scellement.ts'
import { refusCleAbsente, refusCleIllisible, refusCleMaitre } from '../refus.ts'
import { syncDossierSync } from './disque.ts'

export type CleMaitre = {
  readonly secret: Uint8Array
  /** Present on the very first start only: the sentence to print, loudly. */
  readonly avertissement?: string
}

/** Written beside the documents: tells which key they wait for, and nothing about it. */
const TEMOIN = 'cle-attendue'

export const cleMaitreFile = (donnees: string): string => join(donnees, 'cle-maitre')

export const temoinOf = (secret: Uint8Array) => empreinteOf(Buffer.concat([Buffer.from('bosquet cle maitre '), secret]))

export function readCle(fichier: string): Uint8Array {
  const secret = Buffer.from(readFileSync(fichier, 'utf8').trim(), 'base64')
  if (secret.length !== 32) throw refusCleIllisible(fichier)
  return secret
}

/** Creates a file whole or not at all, and never over another: the link fails when the name is taken. */
function createOnce(dossier: string, nom: string, contenu: string): boolean {
  const part = join(dossier, `${nom}.${process.pid}.part`)
  const fd = openSync(part, 'wx', 0o600)
  try {
    writeSync(fd, contenu)
    fsyncSync(fd)
    linkSync(part, join(dossier, nom))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    closeSync(fd)
    unlinkSync(part)
    syncDossierSync(dossier)
  }
}

/** The key of this file, made when there is none: a work that was cut finds its own again. */
export function makeCle(fichier: string): Uint8Array {
  if (!existsSync(fichier)) createOnce(dirname(fichier), basename(fichier), `${randomBytes(32).toString('base64')}\n`)
  return readCle(fichier)
}

/** The documents wait for another key from now on. */
export function writeTemoin(donnees: string, temoin: string): void {
  const documents = join(donnees, 'documents')
  const part = join(documents, `${TEMOIN}.part`)
  const fd = openSync(part, 'w', 0o600)
  try {
    writeSync(fd, `${temoin}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(part, join(documents, TEMOIN))
  syncDossierSync(documents)
}

const hasDocuments = (dossier: string) => existsSync(dossier) && readdirSync(dossier).some((f) => f !== 'encours')

/**
 * The master key of this installation, `<DONNEES>/cle-maitre`, made on the first start. It is never overwritten; its
 * absence when documents exist, or the key of another installation, is a refusal to start.
 */
export function openCleMaitre(donnees: string): CleMaitre {
  const fichier = cleMaitreFile(donnees)
  const documents = join(donnees, 'documents')
  let avertissement: string | undefined
  if (!existsSync(fichier)) {
    if (hasDocuments(documents)) throw refusCleAbsente(fichier)
    mkdirSync(donnees, { recursive: true, mode: 0o700 })
    if (createOnce(donnees, 'cle-maitre', `${randomBytes(32).toString('base64')}\n`))
      avertissement = `ATTENTION : la clé maître des documents vient d’être créée dans « ${fichier} ». Sauvegardez ce fichier dès maintenant, ailleurs que sur cette machine et séparément des données : sans lui, aucun document ni bulletin ne pourra plus jamais être ouvert, même depuis une sauvegarde.`
  }
  const secret = readCle(fichier)
  mkdirSync(documents, { recursive: true, mode: 0o700 })
  createOnce(documents, TEMOIN, `${temoinOf(secret)}\n`)
  if (readFileSync(join(documents, TEMOIN), 'utf8').trim() !== temoinOf(secret)) throw refusCleMaitre()
  return avertissement ? { secret, avertissement } : { secret }
}
