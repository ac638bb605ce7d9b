import { sql } from 'kysely'
import { add, euros, formatEuros, inEuros } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { zContenu } from '../contract.ts'
import { type Auteur, noteActe } from '../db/commun.ts'
import { openCadre } from '../db/contexte.ts'
import { cleOf, listRecurrences, type RecurrenceRow, rythmeOf } from '../db/recurrences.ts'
import { echeancesOf, prixAt } from '../domain/recurrence.ts'
import type { RecurrenceSaisie, zFactureEcheance } from '../http/recurrences/contract.ts'
import { enregistrerFacture } from './factures.ts'
import { joindre } from './joindre.ts'
import { liquider } from './liquider.ts'

const recurrenceIntrouvable = () => introuvable('Cette dépense qui revient')

async function lockRecurrence(tx: Tx, id: string): Promise<RecurrenceRow> {
  const [r] = await listRecurrences(tx, { ids: [id] }, true)
  if (!r) throw recurrenceIntrouvable()
  return r
}

/** Creates a contract with its first price, or corrects it. Its rhythm does not change under due dates already mandated. */
export async function enregistrerRecurrence(tx: Tx, auteur: Auteur, id: string, s: RecurrenceSaisie): Promise<void> {
  const { budgetId, tiersId, libelle, reference, moisEntre, premiere, derniere, ht, tva, ...modele } = s
  const [connue] = await listRecurrences(tx, { ids: [id] }, true)
  if (connue && connue.faites.size > 0 && (connue.premiere !== premiere || String(connue.mois_entre) !== moisEntre))
    throw new Refus(
      'recurrence.rythme',
      'Des échéances sont déjà mandatées à ce rythme : donnez une fin à ce contrat, puis créez-en un autre.',
      { champs: { moisEntre: 'Ne change plus.' } },
    )
  await sql`insert into app.finances_recurrence as r (organisme_id, id, budget_id, tiers_id, libelle, reference, mois_entre,
      premiere, derniere, contenu, cree_par_nom)
    values (${auteur.organismeId}, ${id}, ${budgetId}, ${tiersId}, ${libelle}, ${reference}, ${Number(moisEntre)}, ${premiere},
      ${derniere}, ${JSON.stringify(modele)}, ${auteur.nom})
    on conflict (organisme_id, id) do update set tiers_id = excluded.tiers_id, libelle = excluded.libelle,
      reference = excluded.reference, mois_entre = excluded.mois_entre, premiere = excluded.premiere,
      derniere = excluded.derniere, contenu = excluded.contenu`.execute(tx)
  if (!connue) await addPrix(tx, auteur, id, { depuis: premiere, ht, tva, motif: '' })
  await noteActe(tx, auteur, 'recurrence', id, connue ? 'Correction' : 'Création', libelle)
}

type Prix = { depuis: Jour; ht: string; tva: string; motif: string }
const addPrix = (tx: Tx, auteur: Auteur, id: string, p: Prix) =>
  sql`insert into app.finances_recurrence_prix (organisme_id, recurrence_id, depuis, ht, tva, motif, saisi_par_nom)
    values (${auteur.organismeId}, ${id}, ${p.depuis}, ${p.ht}, ${p.tva}, ${p.motif}, ${auteur.nom})
    on conflict do nothing returning depuis`.execute(tx)

/** A new price from a date on. A due date already mandated keeps the price that it had. */
export async function changerPrix(tx: Tx, auteur: Auteur, id: string, p: Prix): Promise<void> {
  const r = await lockRecurrence(tx, id)
  const { rows } = await addPrix(tx, auteur, id, p)
  if (rows.length === 0) {
    const meme = r.prix.find((x) => x.depuis === p.depuis)
    // sent twice, it is done once
    if (meme?.ht === p.ht && meme.tva === p.tva) return
    throw new Refus(
      'recurrence.prix',
      `Un prix commence déjà le ${formatJour(p.depuis)} : choisissez une autre date.`,
      {
        champs: { depuis: 'Déjà prise.' },
      },
    )
  }
  const ttc = formatEuros(add(euros(p.ht), euros(p.tva)))
  await noteActe(tx, auteur, 'recurrence', id, 'Nouveau prix', `${ttc} à partir du ${formatJour(p.depuis)}`)
}

function requireEcheance(r: RecurrenceRow, le: Jour): void {
  if (!echeancesOf(rythmeOf(r), le).includes(le))
    throw new Refus('recurrence.echeance', `Le ${formatJour(le)} n’est pas une échéance de « ${r.libelle} ».`)
}

export async function passerEcheance(tx: Tx, auteur: Auteur, id: string, le: Jour, motif: string): Promise<void> {
  const r = await lockRecurrence(tx, id)
  requireEcheance(r, le)
  if (r.faites.has(le)) return
  await sql`insert into app.finances_recurrence_saut (organisme_id, recurrence_id, le, motif, par_nom)
    values (${auteur.organismeId}, ${id}, ${le}, ${motif}, ${auteur.nom})`.execute(tx)
  await noteActe(tx, auteur, 'recurrence', id, 'Échéance écartée', `${formatJour(le)} : ${motif}`)
}

type Demande = { recurrence: string; le: Jour; facture?: (typeof zFactureEcheance)['_output'] | undefined }

/** Due dates become liquidations, with their invoice when it came. Asked twice, each is entered once. */
export async function mandaterEcheances(tx: Tx, auteur: Auteur, demandes: readonly Demande[]): Promise<number> {
  const connues = new Map(
    (await listRecurrences(tx, { ids: demandes.map((d) => d.recurrence) }, true)).map((r) => [r.id, r]),
  )
  let nouvelles = 0
  for (const d of demandes) {
    const r = connues.get(d.recurrence)
    if (!r) throw recurrenceIntrouvable()
    requireEcheance(r, d.le)
    if (r.faites.has(d.le)) continue
    const cadre = { budgetId: r.budget_id, annee: Number(d.le.slice(0, 4)) }
    const prix = prixAt(r.prix, d.le)
    const objet = `${r.libelle}, échéance du ${formatJour(d.le)}`
    const facture = d.facture && { ...d.facture, id: newId<'Facture'>() }
    if (facture)
      await enregistrerFacture(
        tx,
        auteur,
        {
          ...facture,
          budgetId: r.budget_id as never,
          tiersId: r.tiers_id as never,
          objet,
          serviceFaitLe: d.le,
          ht: prix.ht,
          tva: prix.tva,
        },
        facture.documentId ?? null,
      )
    const { nature, fonction, service, ...reste } = r.contenu
    const { assujetti } = await openCadre(tx, cadre)
    // a budget that does not recover the VAT carries the whole amount
    const montants = assujetti
      ? { ht: prix.ht, tva: prix.tva }
      : { ht: inEuros(add(euros(prix.ht), euros(prix.tva))), tva: '0.00' }
    const ids = await liquider(
      tx,
      auteur,
      cadre,
      'D',
      [
        {
          id: newId<'Liquidation'>(),
          tiersId: r.tiers_id as never,
          objet,
          ...(facture ? { factureId: facture.id } : {}),
          contenu: zContenu.parse({ ...reste, lignes: [{ nature, fonction, service, ...montants }] }),
        },
      ],
      { nom: 'recurrence', cleOf: () => cleOf(r.id, d.le) },
    )
    if (facture?.documentId)
      for (const id of ids)
        await joindre(tx, auteur, id, [
          { documentId: facture.documentId, type: 'facture', nom: `Facture ${facture.numero}` },
        ])
    nouvelles += ids.length
  }
  return nouvelles
}
