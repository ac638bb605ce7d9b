import { sql } from 'kysely'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { getExercice, planOf } from '../../budget/db/exercices.ts'
import { type Contenu, type TiersSaisi, zContenu, zTiersSaisi } from '../contract.ts'
import type { Auteur } from '../db/commun.ts'
import { articleProche } from '../domain/article.ts'
import type { Sens } from '../domain/controler.ts'
import { joindre } from './joindre.ts'
import { liquider } from './liquider.ts'
import { enregistrerTiers } from './tiers.ts'

/**
 * A mandat or a titre that another module brings. `cle` is its own name for it: brought twice, it is entered once.
 * Accounts are those of the most detailed plan: the closest one of the body's plan is used.
 */
export type PieceRecue = {
  cle: string
  objet: string
  /** Found by its SIRET, or by its category and its name; created when nobody has it. */
  tiers: Partial<TiersSaisi> & Pick<TiersSaisi, 'categorie' | 'natureJuridique' | 'nom'>
  /** Papers already deposited, that justify it. */
  documents?: readonly { documentId: string; type: string; nom: string }[]
  contenu: Omit<Partial<Contenu>, 'lignes'> & {
    lignes: {
      nature: string
      ht: string
      tva?: string
      libelle?: string
      fonction?: string
      service?: string
      produit?: string
    }[]
  }
}
export type Reception = {
  /** The module that brings them: `paie`, `facturation`… */
  source: string
  annee: number
  /** Default: the main budget. */
  budgetId?: string | undefined
  pieces: readonly PieceRecue[]
}

export async function findBudget(tx: Tx, id?: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from app.finances_budget where ${id ? sql`id = ${id}` : sql`est_principal`}`.execute(tx)
  if (!rows[0])
    throw new Refus('finances.sansBudget', 'Aucun budget principal n’est ouvert dans les finances : créez-le d’abord.')
  return rows[0].id
}

export async function findOrCreateTiers(tx: Tx, auteur: Auteur, brut: PieceRecue['tiers']): Promise<string> {
  const t = zTiersSaisi.parse(brut)
  const { rows } = await sql<{ id: string }>`select id from app.finances_tiers
    where ${t.siret ? sql`siret = ${t.siret}` : sql`categorie = ${t.categorie} and lower(nom) = lower(${t.nom}) and lower(prenom) = lower(${t.prenom})`}
    order by est_actif desc, numero limit 1`.execute(tx)
  if (rows[0]) return rows[0].id
  const id = newId<'Tiers'>()
  await enregistrerTiers(tx, auteur, id, t)
  return id
}

async function recevoir(
  tx: Tx,
  auteur: Auteur,
  sens: Sens,
  r: Reception,
): Promise<{ nouvelles: number; connues: number }> {
  const budgetId = await findBudget(tx, r.budgetId)
  const plan = planOf(await getExercice(tx, budgetId, r.annee))
  const cles = new Map<string, string>()
  const saisies = []
  const tiers = new Map<string, string>()
  for (const p of r.pieces) {
    const id = newId<'Liquidation'>()
    cles.set(id, p.cle)
    const nom = JSON.stringify([p.tiers.siret, p.tiers.categorie, p.tiers.nom, p.tiers.prenom])
    if (!tiers.has(nom)) tiers.set(nom, await findOrCreateTiers(tx, auteur, p.tiers))
    const lignes = p.contenu.lignes.map((l) => ({ ...l, nature: articleProche(plan, l.nature, sens) }))
    saisies.push({
      id,
      objet: p.objet,
      tiersId: tiers.get(nom)! as never,
      contenu: zContenu.parse({ ...p.contenu, lignes }),
    })
  }
  const nouvelles = await liquider(tx, auteur, { budgetId, annee: r.annee }, sens, saisies, {
    nom: r.source,
    cleOf: (s) => cles.get(s.id)!,
  })
  const documents = new Map(r.pieces.map((p) => [p.cle, p.documents ?? []]))
  for (const id of nouvelles) await joindre(tx, auteur, id, documents.get(cles.get(id)!)!)
  return { nouvelles: nouvelles.length, connues: saisies.length - nouvelles.length }
}

/** The door of the modules that spend (payroll, aids…): their mandats wait with the others for a bordereau. */
export const recevoirMandats = (tx: Tx, auteur: Auteur, r: Reception) => recevoir(tx, auteur, 'D', r)
/** The door of the modules that bill (canteen, water, rents…). */
export const recevoirTitres = (tx: Tx, auteur: Auteur, r: Reception) => recevoir(tx, auteur, 'R', r)
/** Keys of a source that are already here, among those that begin so. */
export async function listRecus(
  tx: Tx,
  source: string,
  prefixe: string,
): Promise<{ cle: string; etat: string; ttc: string }[]> {
  const { rows } = await sql<{ cle: string; etat: string; ttc: string }>`
    select source_cle as cle, etat, (ht + tva)::text as ttc from app.finances_liquidation
    where source = ${source} and source_cle like ${`${prefixe}%`} and etat <> 'abandonnee' order by source_cle`.execute(
    tx,
  )
  return rows
}
