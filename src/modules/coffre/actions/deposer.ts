import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import {
  type Depot,
  newNumeroRecu,
  organisme,
  type PapierDurable,
  type PapierScelle,
  type Proprietaire,
  personne,
  recordDocuments,
  scellerDouble,
  storePapiers,
} from '#modules/documents/index.ts'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { newId } from '#socle/ids.ts'
import type { Nature } from '../contract.ts'
import { listRecus, type Recu } from '../db/recus.ts'
import { listSansDepot } from '../employeur/oppositions.ts'
import { listSansCoffre } from '../fermeture/etat.ts'
import '../db/tables.ts'

export type Employeur = { organismeId: string; nom: string; siren: string }

export type PapierADeposer = {
  personneId: string
  nature: Nature
  /** What names this paper at this employer, once: the id of the payslip. */
  reference: string
  mois: Mois
  titre: string
  /** File name of the double and of the downloads. */
  nom: string
  type: string
  /** In euros, `"1806.66"`. */
  netAPayer?: string
  /** The bytes, or what `scellerDouble` made of them in a worker thread, or what `storePapiers` wrote of that. */
  contenu: { octets: Uint8Array } | PapierScelle | PapierDurable
}

export type RecuDeDepot = Recu & { dejaDepose: boolean }

const keyOf = (p: { personneId: string; nature: string; reference: string }) =>
  `${p.personneId}/${p.nature}/${p.reference}`

/**
 * Deposits papers in the safes of the persons and keeps the employer's double, in the transaction of the employer
 * (`inOrganisme`). Safe to run again: what already has its receipt is left as it is, and answers with that receipt.
 * Give a hundred at a time: they are synced to the disk together.
 */
export async function deposerAuCoffre(
  tx: Tx,
  depot: Depot,
  employeur: Employeur,
  papiers: readonly PapierADeposer[],
): Promise<RecuDeDepot[]> {
  // two runs of one employer at the same time would both find the receipt missing
  await sql`select pg_advisory_xact_lock(hashtextextended(${`coffre/${employeur.organismeId}`}, 0))`.execute(tx)
  const recus = new Map<string, RecuDeDepot>()
  for (const nature of new Set(papiers.map((p) => p.nature))) {
    const references = papiers.filter((p) => p.nature === nature).map((p) => p.reference)
    for (const r of await listRecus(tx, nature, references)) recus.set(keyOf(r), { ...r, dejaDepose: true })
  }
  const nouveaux = [...new Map(papiers.map((p) => [keyOf(p), p])).values()].filter((p) => !recus.has(keyOf(p)))
  for (const r of await depositNouveaux(tx, depot, employeur, nouveaux)) recus.set(keyOf(r), r)
  return papiers.map((p) => recus.get(keyOf(p))!)
}

async function depositNouveaux(
  tx: Tx,
  depot: Depot,
  employeur: Employeur,
  papiers: readonly PapierADeposer[],
): Promise<RecuDeDepot[]> {
  if (papiers.length === 0) return []
  const ecrits = await storeAll(tx, depot, employeur, papiers)
  const documents = await recordDocuments(
    tx,
    { organismeId: employeur.organismeId, personneId: null, nom: employeur.nom },
    papiers.map((p, i) => ({ nom: p.nom, type: p.type, empreinte: ecrits[i]!.empreinte, taille: ecrits[i]!.taille })),
  )
  const deposeLe = new Date()
  const lignes = papiers.map((p, i) => ({
    p,
    document: documents[i]!,
    objetId: newId<'ObjetDeCoffre'>(),
    recuId: newId<'RecuDeCoffre'>(),
    numero: newNumeroRecu('C', deposeLe),
  }))
  // whoever asked for paper has nothing put in her safe: the employer keeps his double and his receipt, and prints
  const papier = await listSansDepot(
    tx,
    Temporal.Instant.fromEpochMilliseconds(deposeLe.getTime())
      .toZonedDateTimeISO('Europe/Paris')
      .toPlainDate()
      .toString(),
    papiers.map((p) => p.personneId),
  )
  const sansCoffre = await listSansCoffre(
    tx,
    papiers.map((p) => p.personneId),
  )
  const remis = lignes.filter(({ p }) => !papier.has(p.personneId) && !sansCoffre.has(p.personneId))
  // a closed safe keeps no byte, even sealed by a key that opens nothing else
  for (const { p, document } of lignes)
    if (sansCoffre.get(p.personneId) === 'ferme') await depot.remove(personne(p.personneId), document.empreinte)
  if (remis.length > 0) await insertObjets(tx, employeur, deposeLe, remis)
  await insertLot(
    tx,
    'app.coffre_recu',
    {
      organisme_id: 'uuid',
      id: 'uuid',
      personne_id: 'uuid',
      nature: 'text',
      reference: 'text',
      mois: 'text',
      numero: 'text',
      document_id: 'uuid',
      empreinte: 'text',
      depose_le: 'timestamptz',
    },
    lignes.map(({ p, document, recuId, numero }) => ({
      organisme_id: employeur.organismeId,
      id: recuId,
      personne_id: p.personneId,
      nature: p.nature,
      reference: p.reference,
      mois: p.mois,
      numero,
      document_id: document.id,
      empreinte: document.empreinte,
      depose_le: deposeLe,
    })),
  )
  return lignes.map(({ p, document, recuId, numero }) => ({
    id: recuId,
    personneId: p.personneId,
    nature: p.nature,
    reference: p.reference,
    numero,
    documentId: document.id,
    empreinte: document.empreinte,
    deposeLe,
    dejaDepose: false,
  }))
}

type LigneDeDepot = {
  p: PapierADeposer
  document: { empreinte: string; taille: number }
  objetId: string
  numero: string
}

async function insertObjets(
  tx: Tx,
  employeur: Employeur,
  deposeLe: Date,
  remis: readonly LigneDeDepot[],
): Promise<void> {
  await insertLot(
    tx,
    'app.coffre_objet',
    {
      personne_id: 'uuid',
      id: 'uuid',
      employeur_id: 'uuid',
      employeur_nom: 'text',
      employeur_siren: 'text',
      nature: 'text',
      reference: 'text',
      mois: 'text',
      titre: 'text',
      net_a_payer: 'numeric',
      type_mime: 'text',
      empreinte: 'text',
      taille: 'integer',
      recu: 'text',
      depose_le: 'timestamptz',
    },
    remis.map(({ p, document, objetId, numero }) => ({
      personne_id: p.personneId,
      id: objetId,
      employeur_id: employeur.organismeId,
      employeur_nom: employeur.nom,
      employeur_siren: employeur.siren,
      nature: p.nature,
      reference: p.reference,
      mois: p.mois,
      titre: p.titre,
      net_a_payer: p.netAPayer,
      type_mime: p.type,
      empreinte: document.empreinte,
      taille: document.taille,
      recu: numero,
      depose_le: deposeLe,
    })),
  )
  await insertLot(
    tx,
    'app.coffre_journal',
    {
      personne_id: 'uuid',
      id: 'uuid',
      acte: 'text',
      objet_id: 'uuid',
      auteur: 'text',
      employeur_id: 'uuid',
      fait_le: 'timestamptz',
    },
    remis.map(({ p, objetId }) => ({
      personne_id: p.personneId,
      id: newId(),
      acte: 'deposer',
      objet_id: objetId,
      auteur: employeur.nom,
      employeur_id: employeur.organismeId,
      fait_le: deposeLe,
    })),
  )
}

/** Seals what is not sealed, writes what is not written, and checks whose each paper is. */
async function storeAll(
  tx: Tx,
  depot: Depot,
  employeur: Employeur,
  papiers: readonly PapierADeposer[],
): Promise<PapierDurable[]> {
  const chezLui = organisme(employeur.organismeId)
  const clairs = papiers.filter((p) => 'octets' in p.contenu)
  const cles = await depot.cles(tx, clairs.length > 0 ? [chezLui, ...clairs.map((p) => personne(p.personneId))] : [])
  const requireProprietaires = (p: PapierADeposer, double: Proprietaire, copie: Proprietaire) => {
    if (double !== chezLui || copie !== personne(p.personneId))
      throw new Error('paper sealed for another employer or another holder')
  }
  const aEcrire = new Map<PapierADeposer, PapierScelle>()
  for (const p of papiers) {
    if ('octets' in p.contenu)
      aEcrire.set(
        p,
        scellerDouble(p.contenu.octets, {
          organismeId: employeur.organismeId,
          cleOrganisme: cles.get(chezLui)!,
          personneId: p.personneId,
          clePersonne: cles.get(personne(p.personneId))!,
        }),
      )
    else if ('double' in p.contenu) {
      requireProprietaires(p, p.contenu.double.proprietaire, p.contenu.copie.proprietaire)
      aEcrire.set(p, p.contenu)
    } else requireProprietaires(p, ...p.contenu.proprietaires)
  }
  const ecrits = await storePapiers(depot, [...aEcrire.values()])
  const durables = new Map([...aEcrire.keys()].map((p, i) => [p, ecrits[i]!]))
  return papiers.map((p) => durables.get(p) ?? (p.contenu as PapierDurable))
}
