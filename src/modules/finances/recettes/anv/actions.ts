import { sql } from 'kysely'
import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import type { Feuille } from '#socle/feuille.ts'
import { newId } from '#socle/ids.ts'
import type { Anomalie } from '#socle/refus.ts'
import { liquider } from '../../execution/actions/liquider.ts'
import { zContenu } from '../../execution/contract.ts'
import { type Auteur, noteActe } from '../../execution/db/commun.ts'
import type { Cadre } from '../../execution/db/contexte.ts'
import { lireColonnes, readMontant } from '../domain/feuille.ts'
import { listeAnvIntrouvable, refusAnv } from '../refus.ts'
import type { GENRES_ANV, ListeAnvSaisie, zDeliberationAnv } from './contract.ts'

type Genre = keyof typeof GENRES_ANV
/** M57: 6541 for what is given up for now, 6542 for what a judge wiped out. */
const COMPTES: Record<Genre, string> = { anv: '6541', eteinte: '6542' }

export type ListeRow = {
  id: string
  budget_id: string
  annee: number
  reference: string
  recue_le: Jour
  deliberation_numero: string | null
  deliberation_le: Jour | null
  mandat_anv_id: string | null
  mandat_eteintes_id: string | null
}
export type LigneRow = {
  id: string
  liste_id: string
  genre: Genre
  exercice: number
  titre: string
  debiteur: string
  montant: string
  motif: string
  decision: 'admise' | 'refusee' | null
}
export async function listListesAnv(tx: Tx, c: Cadre): Promise<(ListeRow & { lignes: LigneRow[] })[]> {
  const { rows } = await sql<ListeRow>`select * from app.finances_anv_liste
    where budget_id = ${c.budgetId} and annee = ${c.annee} order by recue_le desc, reference desc`.execute(tx)
  const { rows: lignes } = await sql<LigneRow>`
    select g.* from app.finances_anv_ligne g
    join app.finances_anv_liste l on l.organisme_id = g.organisme_id and l.id = g.liste_id
    where l.budget_id = ${c.budgetId} and l.annee = ${c.annee} order by g.liste_id, g.rang`.execute(tx)
  return rows.map((l) => ({ ...l, lignes: lignes.filter((g) => g.liste_id === l.id) }))
}

/** The list of the comptable, as he presented it; sent twice, entered once. */
export async function enregistrerListeAnv(tx: Tx, auteur: Auteur, c: Cadre, l: ListeAnvSaisie): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from app.finances_anv_liste where budget_id = ${c.budgetId} and reference = ${l.reference}`.execute(tx)
  if (rows[0]?.id === l.id) return
  if (rows[0]) throw refusAnv('existe', `La liste ${l.reference} est déjà enregistrée.`)
  await sql`insert into app.finances_anv_liste (organisme_id, id, budget_id, annee, reference, recue_le, saisie_par_nom)
    values (${auteur.organismeId}, ${l.id}, ${c.budgetId}, ${c.annee}, ${l.reference}, ${l.recueLe}, ${auteur.nom})`.execute(
    tx,
  )
  await insertLot(
    tx,
    'app.finances_anv_ligne',
    {
      organisme_id: 'uuid',
      id: 'uuid',
      liste_id: 'uuid',
      rang: 'int',
      genre: 'text',
      exercice: 'smallint',
      titre: 'text',
      debiteur: 'text',
      montant: 'numeric',
      motif: 'text',
    },
    l.lignes.map((g, i) => ({ ...g, organisme_id: auteur.organismeId, liste_id: l.id, rang: i + 1 })),
  )
  await noteActe(tx, auteur, 'anv', l.id, 'Réception', `Liste ${l.reference}, ${l.lignes.length} créances`)
}

/** The vote of the assembly: what it admits becomes one mandat by account, which waits with the others. */
export async function delibererAnv(
  tx: Tx,
  auteur: Auteur,
  id: string,
  d: (typeof zDeliberationAnv)['_output'],
): Promise<{ mandats: number; total: string }> {
  const { rows } = await sql<ListeRow>`select * from app.finances_anv_liste where id = ${id} for update`.execute(tx)
  const liste = rows[0]
  if (!liste) throw listeAnvIntrouvable()
  if (liste.deliberation_le) throw refusAnv('deliberee', 'La délibération de cette liste est déjà enregistrée.')
  if (d.le < liste.recue_le) throw refusAnv('date', 'La délibération ne précède pas la liste du comptable.')
  await sql`update app.finances_anv_ligne set decision = case when id in (
      select value::uuid from json_array_elements_text(${JSON.stringify(d.refusees)}::json)) then 'refusee' else 'admise' end
    where liste_id = ${id}`.execute(tx)
  const { rows: admises } = await sql<LigneRow>`
    select * from app.finances_anv_ligne where liste_id = ${id} and decision = 'admise'`.execute(tx)
  const mandats: Partial<Record<Genre, string>> = {}
  for (const genre of ['anv', 'eteinte'] as const) {
    const lignes = admises.filter((l) => l.genre === genre)
    if (lignes.length === 0) continue
    const mandat = newId<'Liquidation'>()
    mandats[genre] = mandat
    await liquider(tx, auteur, { budgetId: liste.budget_id, annee: liste.annee }, 'D', [
      {
        id: mandat,
        objet: `${genre === 'anv' ? 'Admission en non-valeur' : 'Créances éteintes'}, liste ${liste.reference}, délibération ${d.numero}`,
        contenu: zContenu.parse({
          typePiece: '07',
          naturePiece: '01',
          rattachement: { nature: '04', exercice: liste.annee, piece: liste.reference },
          lignes: [
            {
              nature: COMPTES[genre],
              fonction: d.fonction,
              libelle: `Liste ${liste.reference}, ${lignes.length} créances`,
              ht: inEuros(sum(lignes.map((l) => euros(l.montant)))),
            },
          ],
        }),
      },
    ])
  }
  await sql`update app.finances_anv_liste set deliberation_numero = ${d.numero}, deliberation_le = ${d.le},
    mandat_anv_id = ${mandats.anv ?? null}, mandat_eteintes_id = ${mandats.eteinte ?? null} where id = ${id}`.execute(
    tx,
  )
  const total = inEuros(sum(admises.map((l) => euros(l.montant))))
  await noteActe(tx, auteur, 'anv', id, 'Délibération', `N° ${d.numero}, ${total} admis`)
  return { mandats: Object.keys(mandats).length, total }
}

const COLONNES = {
  exercice: ['exercice', 'annee'],
  titre: ['titre', 'piece', 'reference', 'numero', 'n° piece', 'n° titre'],
  debiteur: ['debiteur', 'nom', 'nom du redevable', 'redevable', 'tiers'],
  montant: ['montant', 'montant restant a recouvrer', 'reste', 'reste a recouvrer', 'somme'],
  motif: ['motif', 'motif de presentation', 'motif de la presentation'],
  genre: ['type', 'genre', 'compte'],
} as const

/** Lines of a list as the comptable sends it in a spreadsheet. */
export function readListeAnv(feuille: Feuille): { lignes: ListeAnvSaisie['lignes']; anomalies: Anomalie[] } {
  const { lire, manquantes } = lireColonnes(feuille.titres, COLONNES)
  const anomalies: Anomalie[] = manquantes(['exercice', 'debiteur', 'montant']).map((c) => ({
    code: 'anv.colonne',
    lieu: 'ligne 1',
    message: `Aucune colonne « ${{ exercice: 'Exercice', debiteur: 'Débiteur', montant: 'Montant' }[c as 'exercice']} » parmi les titres.`,
    bloquante: true,
  }))
  const lignes: ListeAnvSaisie['lignes'] = []
  if (anomalies.length > 0) return { lignes, anomalies }
  for (const [i, cellules] of feuille.lignes.entries()) {
    if (cellules.every((c) => c === '')) continue
    const dire = (message: string) =>
      anomalies.push({ code: 'anv.ligne', lieu: `ligne ${i + 2}`, message, bloquante: true })
    const exercice = Number(lire(cellules, 'exercice'))
    const montant = readMontant(lire(cellules, 'montant'))
    const debiteur = lire(cellules, 'debiteur').slice(0, 80)
    if (!Number.isInteger(exercice) || exercice < 1990 || exercice > 2100)
      dire(`L’exercice « ${lire(cellules, 'exercice')} » ne se lit pas.`)
    if (montant === undefined || montant <= 0n) dire(`Le montant « ${lire(cellules, 'montant')} » ne se lit pas.`)
    if (debiteur.length < 2) dire('Le débiteur manque.')
    if (montant === undefined) continue
    lignes.push({
      id: newId<'LigneAnv'>(),
      genre: /teinte|6542/.test(lire(cellules, 'genre')) ? 'eteinte' : 'anv',
      exercice,
      titre: lire(cellules, 'titre').slice(0, 20),
      debiteur,
      montant: inEuros(montant),
      motif: lire(cellules, 'motif').slice(0, 160),
    })
  }
  return { lignes, anomalies }
}
