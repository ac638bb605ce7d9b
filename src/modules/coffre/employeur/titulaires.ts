import '../db/tables.ts'
import Papa from 'papaparse'
import { listAccesDeTitulaires } from '#modules/acces/index.ts'
import type { Tx } from '#socle/db/base.ts'
import { listSansCoffre } from '../fermeture/etat.ts'
import type { TitulaireVu } from './contract.ts'
import { listOpposants } from './oppositions.ts'

/** Everybody who has received a paper from this body, and how she reaches it. */
export async function listTitulaires(tx: Tx, jour: string): Promise<TitulaireVu[]> {
  const recus = await tx
    .selectFrom('app.coffre_recu')
    .select((eb) => ['personne_id', eb.fn.countAll<number>().as('documents'), eb.fn.max('mois').as('dernier')])
    .groupBy('personne_id')
    .execute()
  const oppositions = new Map((await listOpposants(tx, jour)).map((o) => [o.personne_id, o]))
  const parPersonne = new Map(recus.map((r) => [r.personne_id, r]))
  const sansCoffre = await listSansCoffre(tx, [...parPersonne.keys()])
  return (await listAccesDeTitulaires(tx, [...parPersonne.keys()])).map((t) => {
    const o = oppositions.get(t.personneId)
    const r = parPersonne.get(t.personneId)!
    return {
      personneId: t.personneId,
      nom: t.nom,
      prenom: t.prenom,
      etat:
        sansCoffre.get(t.personneId) ?? (o ? 'papier' : t.aUnCompte ? 'ouvert' : t.inviteeLe ? 'invite' : 'sansAcces'),
      documents: Number(r.documents),
      dernierMois: r.dernier,
      inviteeLe: t.inviteeLe?.toISOString() ?? null,
      opposition: o ? { id: o.id, recueLe: o.recue_le, effetLe: o.effet_le } : null,
    }
  })
}

/** Every demand of paper with its dates, those that ended too: the proof that the law asks for. */
export async function papierCsv(tx: Tx): Promise<string> {
  const rows = await tx.selectFrom('app.coffre_opposition').selectAll().orderBy('recue_le').orderBy('id').execute()
  const noms = new Map(
    (
      await listAccesDeTitulaires(
        tx,
        rows.map((r) => r.personne_id),
      )
    ).map((t) => [t.personneId, t]),
  )
  const lignes = rows.map((r) => ({
    Nom: noms.get(r.personne_id)?.nom ?? '',
    Prénom: noms.get(r.personne_id)?.prenom ?? '',
    'Demande reçue le': r.recue_le,
    'Effet le': r.effet_le,
    'Saisie par': r.saisie_par_nom,
    'Levée le': r.levee_le ?? '',
    'Levée par': r.levee_par_nom ?? '',
  }))
  const fields = ['Nom', 'Prénom', 'Demande reçue le', 'Effet le', 'Saisie par', 'Levée le', 'Levée par']
  const csv = Papa.unparse({ fields, data: lignes }, { delimiter: ';', newline: '\r\n', escapeFormulae: true })
  return `\ufeff${csv}\r\n`
}
