import type { Tx } from '#socle/db/base.ts'
import { openSecrets, type Secrets } from '#socle/secrets.ts'
import { openTrousseau } from '../db/cles.ts'
import { type Cle, desceller, type Proprietaire, type Scelle, sceller } from '../domain/scellement.ts'
import { refusAbsent, refusCorrompu } from '../refus.ts'
import { type Magasin, openMagasin } from './magasin.ts'

type Ecrit = { readonly empreinte: string; readonly taille: number }
export type Lecture = { etat: 'intact'; octets: Uint8Array } | { etat: 'corrompu' } | { etat: 'absent' }

/**
 * The encrypted store. An owner and the SHA-256 of the clear content are the address; one owner's content is never
 * shared with another. Writes are made inside the transaction that records them: when they return, the bytes are
 * durable; when the transaction rolls back, what remains on disk is sealed, unnamed, and replaced by the next try.
 */
export type Depot = {
  /** The folder of the sealed bytes: a worker process writes there itself, by `writeScellesIn`. */
  readonly dossier: string
  /** Seals short secrets by a key derived from the same master key. */
  readonly secrets: Secrets
  write(tx: Tx, proprietaire: Proprietaire, octets: Uint8Array): Promise<Ecrit>
  /** Many at once: the disk is synced once for the batch. */
  writeLot(tx: Tx, contenus: readonly { proprietaire: Proprietaire; octets: Uint8Array }[]): Promise<Ecrit[]>
  /** Stores what was sealed elsewhere (a worker thread) with the keys given by `cles`. */
  writeScelles(scelles: readonly Scelle[]): Promise<void>
  /** The keys of some owners, made when they have none yet. */
  cles(tx: Tx, proprietaires: Iterable<Proprietaire>): Promise<Map<Proprietaire, Cle>>
  destroyCle(tx: Tx, proprietaire: Proprietaire): Promise<void>
  /** Reads without a transaction: the disk is slow, and a transaction should not wait for it. */
  open(cle: Cle, proprietaire: Proprietaire, empreinte: string): Promise<Lecture>
  /** Reads, hash verified; a `Refus` when the content is not what was deposited. `nom` is for the message. */
  read(tx: Tx, proprietaire: Proprietaire, empreinte: string, nom?: string): Promise<Uint8Array>
  verify(tx: Tx, proprietaire: Proprietaire, empreinte: string): Promise<Lecture['etat']>
  has(proprietaire: Proprietaire, empreinte: string): Promise<boolean>
  /** Addresses kept for an owner, recorded or not. */
  list(proprietaire: Proprietaire): AsyncIterable<string>
  remove(proprietaire: Proprietaire, empreinte: string): Promise<void>
}

const dossierOf = (proprietaire: Proprietaire) => proprietaire.replace(':', '/')
// a body has tens of thousands of files, spread over 256 folders; a person has hundreds
const pathOf = (proprietaire: Proprietaire, empreinte: string) =>
  proprietaire.startsWith('organisme:')
    ? `${dossierOf(proprietaire)}/${empreinte.slice(0, 2)}/${empreinte}`
    : `${dossierOf(proprietaire)}/${empreinte}`

const putScelles = (magasin: Magasin, scelles: readonly Scelle[]) =>
  magasin.putLot(scelles.map((s) => ({ cle: pathOf(s.proprietaire, s.empreinte), octets: s.octets })))

const ouverts = new Map<string, Magasin>()

/** `Depot.writeScelles` for a worker process, which has no database and no master key. */
export function writeScellesIn(dossier: string, scelles: readonly Scelle[]): Promise<void> {
  const magasin = ouverts.get(dossier) ?? openMagasin(dossier)
  ouverts.set(dossier, magasin)
  return putScelles(magasin, scelles)
}

export type OptionsDepot = {
  /** `<DONNEES>/documents` */
  dossier: string
  cleMaitre: Uint8Array
  /** True when no other process writes in this folder (embedded database). */
  seul?: boolean
  /** Another store than the folder (S3). */
  magasin?: Magasin
}

export function openDepot({ dossier, cleMaitre, seul = false, magasin }: OptionsDepot): Depot {
  const ou = magasin ?? openMagasin(dossier, { seul })
  const { cles, destroyCle } = openTrousseau(cleMaitre)

  const depot: Depot = {
    dossier,
    secrets: openSecrets(cleMaitre),
    cles,
    destroyCle,
    async write(tx, proprietaire, octets) {
      const [ecrit] = await depot.writeLot(tx, [{ proprietaire, octets }])
      return ecrit!
    },
    async writeLot(tx, contenus) {
      const trousseau = await cles(
        tx,
        contenus.map((c) => c.proprietaire),
      )
      const scelles = contenus.map((c) => sceller(c.octets, trousseau.get(c.proprietaire)!, c.proprietaire))
      await depot.writeScelles(scelles)
      return scelles.map(({ empreinte, taille }) => ({ empreinte, taille }))
    },
    writeScelles: (scelles) => putScelles(ou, scelles),
    async open(cle, proprietaire, empreinte) {
      const scelle = await ou.get(pathOf(proprietaire, empreinte))
      if (!scelle) return { etat: 'absent' }
      const octets = desceller(scelle, cle, proprietaire, empreinte)
      return octets ? { etat: 'intact', octets } : { etat: 'corrompu' }
    },
    async read(tx, proprietaire, empreinte, nom = 'Ce document') {
      const cle = (await cles(tx, [proprietaire])).get(proprietaire)!
      const lecture = await depot.open(cle, proprietaire, empreinte)
      if (lecture.etat === 'corrompu') throw refusCorrompu(nom)
      if (lecture.etat === 'absent') throw refusAbsent(nom)
      return lecture.octets
    },
    async verify(tx, proprietaire, empreinte) {
      const cle = (await cles(tx, [proprietaire])).get(proprietaire)!
      return (await depot.open(cle, proprietaire, empreinte)).etat
    },
    has: (proprietaire, empreinte) => ou.has(pathOf(proprietaire, empreinte)),
    async *list(proprietaire) {
      for await (const cle of ou.list(dossierOf(proprietaire))) yield cle.slice(cle.lastIndexOf('/') + 1)
    },
    remove: (proprietaire, empreinte) => ou.remove(pathOf(proprietaire, empreinte)),
  }
  return depot
}
