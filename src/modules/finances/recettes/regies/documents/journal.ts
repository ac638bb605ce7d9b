import { sql } from 'kysely'
import { type Centimes, euros, formatEuros } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'
import { GENRES_OPERATION, GENRES_REGIE, MOYENS } from '../contract.ts'
import { getRegie, listOperations } from '../db.ts'

const GABARIT = new URL('./journal.typ', import.meta.url)

/** The journal of one year, with what was held before it. */
export async function readJournal(tx: Tx, regieId: string, annee: number, date: Jour) {
  const regie = await getRegie(tx, regieId)
  const { rows: budgets } = await sql<{ libelle: string }>`
    select libelle from app.finances_budget where id = ${regie.budget_id}`.execute(tx)
  const { rows: agents } = await sql<{
    nom: string
  }>`select nom from app.finances_regie_agent where regie_id = ${regieId}
    and qualite = 'regisseur' order by depuis desc limit 1`.execute(tx)
  const { rows: avant } = await sql<{ total: string }>`select coalesce(sum(montant), 0)::numeric(15,2)::text as total
    from app.finances_regie_operation where regie_id = ${regieId} and annee < ${annee}`.execute(tx)
  const operations = (await listOperations(tx, regieId, annee)).reverse()
  return {
    regie,
    annee,
    date,
    budget: budgets[0]!.libelle,
    regisseur: agents[0]?.nom ?? '',
    avant: avant[0]!.total,
    operations,
  }
}
export type JournalModele = Awaited<ReturnType<typeof readJournal>>

export function vueJournal({ regie, annee, date, budget, regisseur, avant, operations }: JournalModele) {
  let solde: bigint = euros(avant)
  let entrees = 0n
  let sorties = 0n
  const lignes = operations.map((o) => {
    const m: bigint = euros(o.montant)
    solde += m
    if (m > 0n) entrees += m
    else sorties -= m
    return {
      numero: String(o.numero),
      le: formatJour(o.le),
      piece: o.piece === null ? '' : `${o.genre === 'versement' ? 'V' : 'Q'} ${o.piece}`,
      libelle: [
        o.genre === 'annulation' ? GENRES_OPERATION.annulation : (o.produit ?? GENRES_OPERATION[o.genre]),
        o.qui,
        o.objet,
      ]
        .filter(Boolean)
        .join(', '),
      moyen: MOYENS[o.moyen],
      entree: m > 0n ? formatEuros(m as Centimes) : '',
      sortie: m < 0n ? formatEuros(-m as Centimes) : '',
      solde: formatEuros(solde as Centimes),
    }
  })
  return {
    titre: `Journal de caisse ${annee}`,
    auteur: budget,
    date,
    regie: `${regie.libelle} (${regie.code}), ${GENRES_REGIE[regie.genre].toLowerCase()}`,
    acte: [
      regie.acte && `Acte ${regie.acte}`,
      regie.acte_le && `du ${formatJour(regie.acte_le)}`,
      regisseur && `régisseur : ${regisseur}`,
    ]
      .filter(Boolean)
      .join(', '),
    avant: formatEuros(euros(avant)),
    lignes,
    entrees: formatEuros(entrees as Centimes),
    sorties: formatEuros(sorties as Centimes),
    solde: formatEuros(solde as Centimes),
    edite: formatJour(date),
  }
}
/** Pure: same journal, same bytes. */
export const renderJournal = (m: JournalModele, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(GABARIT, vueJournal(m), norme)
