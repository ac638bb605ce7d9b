import './tables.ts'
import '../fermeture/tables.ts'
import { listAccesDeTitulaires } from '#modules/acces/index.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { introuvable } from '#socle/refus.ts'
import type { EtatSuccession, Remise, Succession } from './contract.ts'

const iso = (d: Date | null | undefined) => d?.toISOString() ?? null

const etatOf = (s: { levee_le: Date | null }, fermeeLe: Date | null, remises: readonly Remise[]): EtatSuccession => {
  if (s.levee_le) return 'levee'
  if (fermeeLe) return 'ferme'
  if (remises.some((r) => r.etat === 'aDecider')) return 'aDecider'
  if (remises.some((r) => r.etat === 'accordee')) return 'aRemettre'
  return remises.some((r) => r.etat === 'remise') ? 'remis' : 'gele'
}

/** The deaths that were declared to the agency, the latest first, each with what was asked of its safe. */
export async function listSuccessions(tx: Tx, qui: Acteur, id?: string): Promise<Succession[]> {
  let query = tx.selectFrom('app.coffre_succession').selectAll().orderBy('declaree_le', 'desc').limit(500)
  if (id) query = query.where('id', '=', id)
  const rows = await query.execute()
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map((r) => r.personne_id))]
  const noms = new Map((await listAccesDeTitulaires(tx, ids)).map((t) => [t.personneId, `${t.prenom} ${t.nom}`.trim()]))
  const fermetures = await tx
    .selectFrom('app.coffre_fermeture')
    .select(['personne_id', 'prevue_le', 'faite_le'])
    .where('personne_id', 'in', ids)
    .where('origine', '=', 'deces')
    .where('annulee_le', 'is', null)
    .execute()
  const remises = await tx
    .selectFrom('app.coffre_remise')
    .selectAll()
    .where(
      'succession_id',
      'in',
      rows.map((r) => r.id),
    )
    .orderBy('preparee_le')
    .execute()
  return rows.map((s) => {
    const siennes = remises
      .filter((r) => r.succession_id === s.id)
      .map(
        (r): Remise => ({
          id: r.id,
          beneficiaire: r.beneficiaire,
          qualite: r.qualite,
          motif: r.motif,
          documentId: r.document_id,
          prepareePar: r.preparee_par_nom,
          prepareeLe: r.preparee_le.toISOString(),
          estDeMoi: r.preparee_par === qui.personneId,
          etat: r.remise_le ? 'remise' : r.accord === null ? 'aDecider' : r.accord ? 'accordee' : 'refusee',
          decideePar: r.decidee_par_nom,
          decideeLe: iso(r.decidee_le),
          refusMotif: r.refus_motif,
          remiseLe: iso(r.remise_le),
        }),
      )
    const fermeture = s.levee_le ? undefined : fermetures.find((f) => f.personne_id === s.personne_id)
    return {
      id: s.id,
      personneId: s.personne_id,
      nom: noms.get(s.personne_id) ?? '',
      decedeeLe: s.decedee_le,
      motif: s.motif,
      documentId: s.document_id,
      declareePar: s.declaree_par_nom,
      declareeLe: s.declaree_le.toISOString(),
      etat: etatOf(s, fermeture?.faite_le ?? null, siennes),
      fermeturePrevueLe: iso(fermeture?.prevue_le),
      fermeeLe: iso(fermeture?.faite_le),
      levee: s.levee_le ? { le: s.levee_le.toISOString(), par: s.levee_par_nom!, motif: s.levee_motif! } : null,
      remises: siennes,
    }
  })
}

export async function getSuccession(tx: Tx, qui: Acteur, id: string): Promise<Succession> {
  const [s] = await listSuccessions(tx, qui, id)
  if (!s) throw introuvable('Cette succession')
  return s
}

/** Whether this paper proves something here: no other paper of the agency goes through this door. */
export async function isPreuve(tx: Tx, documentId: string): Promise<boolean> {
  const acte = await tx
    .selectFrom('app.coffre_succession')
    .select('id')
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  const qualite = await tx
    .selectFrom('app.coffre_remise')
    .select('id')
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  return (acte ?? qualite) !== undefined
}
