import { sql } from 'kysely'
import type { Depot } from '#modules/documents/index.ts'
import {
  appliquerReponse,
  type BordereauSigne,
  genererFlux,
  listBudgets,
  listSignes,
  noterRetour,
  type PieceRetour,
  remettreFlux,
  simulerReponses,
  writeReglages,
  writeRetour,
  zReglagesAsap,
} from '#modules/finances/index.ts'
import { euros } from '#socle/argent.ts'
import { addJours, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'

type Auteur = { organismeId: string; personneId: string | null; nom: string }
/** Days before today from which each bordereau has its own flux and its own answers. */
const RECENTS = 45
/** Those of the last days are still to be generated, or handed over. */
const DERNIERS = 12

const REJET = {
  etat: 'rejetee',
  motif: 'Imputation erronée : cette dépense relève de l’entretien et réparations',
} as const
const INSTANCE = { etat: 'suspendue', motif: 'Devis signé absent' } as const

/**
 * What the comptable did with the bordereaux of the demonstration. The old ones are paid and collected at once; the
 * recent ones went through their flux, with a rejected mandat, one on hold, and a direct debit to regularise; the last
 * ones wait for the secretary.
 */
export async function installEchanges(tx: Tx, depot: Depot, auteur: Auteur, aujourdhui: Jour): Promise<void> {
  const rows = await listSignes(tx)
  await reglerAvis(tx, auteur)
  const recents = rows.filter((b) => b.date_emission >= addJours(aujourdhui, -RECENTS))
  const anciens = rows.filter((x) => x.date_emission < addJours(aujourdhui, -RECENTS))
  // a rôle after the titre that books it: what is collected on its debts is already collected there
  for (const b of anciens.toSorted((x, y) => Number(x.type_bordereau === '06') - Number(y.type_bordereau === '06')))
    await payer(tx, auteur, b)

  let incidents = 0
  for (const [i, b] of recents.entries()) {
    const dernier = b.date_emission > addJours(aujourdhui, -DERNIERS)
    if (dernier && i === recents.length - 1) continue
    const flux = await genererFlux(tx, depot, auteur, b.id, addJours(b.date_emission, 1))
    if (dernier || flux.anomalies.some((a) => a.bloquante)) continue
    await remettreFlux(tx, depot, auteur, flux.id)
    const regle = addJours(b.date_emission, b.sens === 'D' ? 12 : 20)
    await simulerReponses(tx, depot, auteur, flux.id, addJours(b.date_emission, 3), {
      regleLe: regle <= aujourdhui ? regle : undefined,
      visa: (_, sens) => {
        const rang = sens === 'D' ? incidents++ : 0
        return rang === 2 ? REJET : rang === 5 ? INSTANCE : { etat: 'priseEnCharge' }
      },
    })
  }
  await announceDebit(tx, depot, auteur, addJours(aujourdhui, -6))
}

async function payer(tx: Tx, auteur: Auteur, b: BordereauSigne): Promise<void> {
  const cible = {
    budgetId: b.budget_id,
    annee: b.annee,
    sens: b.sens,
    typeBordereau: b.type_bordereau,
    numeroBordereau: b.numero,
  }
  for (const [nature, jours] of [
    ['accepte', 2],
    ['priseEnCharge', 3],
    ['reglement', 14],
  ] as const)
    await noterRetour(tx, auteur, {
      ...cible,
      nature,
      le: addJours(b.date_emission, jours),
      cle: `demonstration/${b.id}/${nature}`,
    })
}

/** The mentions of its avis des sommes à payer; the references of the comptable are made up. */
async function reglerAvis(tx: Tx, auteur: Auteur): Promise<void> {
  const { rows } = await sql<{ nom: string; type: string }>`
    select nom, type from app.organisme where id = ${auteur.organismeId}`.execute(tx)
  const commune = rows[0]!.type === 'commune'
  const lieu = (nom: string, ville: string, codePostal: string) => ({
    nom: nom.slice(0, 38),
    adresse: '1 place de la République',
    codePostal,
    ville,
  })
  await writeReglages(tx, auteur.organismeId, {
    version: '5.17',
    dematerialise: false,
    asap: zReglagesAsap.parse({
      emetteur: { ...lieu(rows[0]!.nom, 'Dax', '40100'), categorie: commune ? '23' : '24' },
      signataire: { nom: 'Darricau', prenom: 'Jeanne', role: commune ? 'Maire' : 'Présidente' },
      refBdf: 'FR00ZZZ000000',
      encaissement: lieu('Centre d’encaissement de Lille', 'Lille', '59885'),
      tresorerie: lieu('Service de gestion comptable de Dax', 'Dax', '40100'),
      tipi: { code: '012345', adresse: 'https://www.payfip.gouv.fr' },
      prelevement: 'Démarche non prévue par la collectivité.',
      contestation: 'Tribunal administratif de Pau, dans les deux mois de la réception de l’avis.',
    }),
  })
}

/** A PES Retour with a direct debit that the comptable paid before any mandat. */
async function announceDebit(tx: Tx, depot: Depot, auteur: Auteur, le: Jour): Promise<void> {
  const budget = (await listBudgets(tx)).find((b) => b.est_principal)!
  const debit: PieceRetour = {
    sens: 'D',
    exercice: Number(le.slice(0, 4)),
    typeBordereau: '04',
    bordereau: '18',
    numero: '512',
    type: '12',
    nature: '01',
    objet: 'Électricité de l’éclairage public, prélèvement',
    tiers: '',
    etat: 'suspendue',
    date: le,
    motif: '',
    montant: euros('612.48'),
    regle: euros('612.48'),
    dernierReglement: le,
    aEmettre: true,
  }
  const entete = {
    date: le,
    codique: budget.codique,
    siret: budget.siret,
    codeCollectivite: budget.code_collectivite,
    codeBudget: budget.code,
  }
  const nom = `RETOUR_${budget.siret}_${le.replaceAll('-', '')}`
  await appliquerReponse(tx, depot, auteur, { nom: `${nom}.xml`, octets: writeRetour(nom, entete, le, [debit]) })
}
