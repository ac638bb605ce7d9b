import { sql } from 'kysely'
import { formatEuros } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'
import { operationIntrouvable } from '../../refus.ts'
import { MOYENS } from '../contract.ts'
import { getRegie } from '../db.ts'

const GABARIT = new URL('./quittance.typ', import.meta.url)

/** What the régisseur gives to who paid: the number of the journal, and nothing that could change. */
export async function readQuittance(tx: Tx, regieId: string, operationId: string) {
  const regie = await getRegie(tx, regieId)
  const { rows } = await sql<{
    annee: number
    piece: number
    le: Jour
    moyen: keyof typeof MOYENS
    montant: string
    produit: string
    qui: string
    objet: string
    organisme: string
    regisseur: string | null
    annulee: boolean
  }>`
    select o.annee, o.piece, o.le, o.moyen, o.montant, p.libelle as produit, o.qui, o.objet, g.nom as organisme,
      (select a.nom from app.finances_regie_agent a where a.organisme_id = o.organisme_id and a.regie_id = o.regie_id
        and a.qualite in ('regisseur', 'suppleant') and a.depuis <= o.le and (a.jusqua is null or a.jusqua > o.le)
        order by a.qualite limit 1) as regisseur,
      exists (select from app.finances_regie_operation x where x.organisme_id = o.organisme_id and x.annule_id = o.id) as annulee
    from app.finances_regie_operation o
    join app.finances_regie_produit p on p.organisme_id = o.organisme_id and p.id = o.produit_id
    join app.organisme g on g.id = o.organisme_id
    where o.id = ${operationId} and o.regie_id = ${regieId} and o.genre = 'encaissement'`.execute(tx)
  if (!rows[0]) throw operationIntrouvable()
  return { regie, ...rows[0] }
}
export type QuittanceModele = Awaited<ReturnType<typeof readQuittance>>

/** Pure: same operation, same bytes. */
export const renderQuittance = (m: QuittanceModele, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(
    GABARIT,
    {
      titre: `Quittance n° ${m.piece} de ${m.annee}`,
      auteur: m.organisme,
      date: m.le,
      regie: `${m.regie.libelle} (${m.regie.code})`,
      le: formatJour(m.le),
      montant: formatEuros(m.montant),
      moyen: MOYENS[m.moyen].toLowerCase(),
      pour: [m.produit, m.objet].filter(Boolean).join(', '),
      qui: m.qui,
      regisseur: m.regisseur ?? '',
      annulee: m.annulee,
    },
    norme,
  )
