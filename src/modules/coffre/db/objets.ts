import type { Tx } from '#socle/db/base.ts'
import { introuvable } from '#socle/refus.ts'
import type { Nature, Objet } from '../contract.ts'
import './tables.ts'

type Filtre = { annee?: string | undefined; employeur?: string | undefined; nature?: Nature | undefined }

/** The holder's papers, the latest month first; row level security shows hers only. */
export async function listObjets(tx: Tx, filtre: Filtre & { id?: string } = {}): Promise<Objet[]> {
  let query = tx
    .selectFrom('app.coffre_objet')
    .select([
      'id',
      'nature',
      'mois',
      'titre',
      'employeur_id',
      'employeur_nom',
      'employeur_siren',
      'net_a_payer',
      'type_mime',
      'taille',
      'empreinte',
      'recu',
      'depose_le',
    ])
    .orderBy('mois', 'desc')
    .orderBy('employeur_nom')
    .orderBy('id')
  if (filtre.id !== undefined) query = query.where('id', '=', filtre.id)
  if (filtre.annee !== undefined)
    query = query.where('mois', '>=', `${filtre.annee}-01`).where('mois', '<=', `${filtre.annee}-12`)
  if (filtre.employeur !== undefined) query = query.where('employeur_id', '=', filtre.employeur)
  if (filtre.nature !== undefined) query = query.where('nature', '=', filtre.nature)
  return (await query.execute()).map((r) => ({
    id: r.id,
    nature: r.nature,
    mois: r.mois,
    titre: r.titre,
    employeur: { id: r.employeur_id, nom: r.employeur_nom, siren: r.employeur_siren },
    netAPayer: r.net_a_payer,
    typeMime: r.type_mime,
    taille: r.taille,
    empreinte: r.empreinte,
    recu: r.recu,
    deposeLe: r.depose_le.toISOString(),
  }))
}

export async function getObjet(tx: Tx, id: string): Promise<Objet> {
  const [objet] = await listObjets(tx, { id })
  if (!objet) throw introuvable('Ce document')
  return objet
}
