import { sql } from 'kysely'
import { sendFichier } from '#modules/documents/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { addMoisToJour, type Jour } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { requireDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { deciderRetenue } from '../../actions/retenues.ts'
import { auteurOf } from '../../db/commun.ts'
import { renderCertificat } from '../../documents/certificat.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

export async function listRetenues(tx: Tx, le: Jour, id?: string): Promise<contrat.RetenueVue[]> {
  const { rows } = await sql<{
    id: string
    marche: string
    tiers: string
    objet: string
    montant: string
    etat: contrat.RetenueVue['etat']
    piece_id: string | null
    numero: number | null
    annee: number
    budget_id: string
    recue_le: Jour | null
    garant: string
    reference: string
    motif: string
    decide_le: string | null
    decide_par_nom: string | null
  }>`
    select r.*, trim(t.nom || ' ' || t.prenom) as tiers, m.objet, p.id as piece_id, p.numero, l.annee, l.budget_id
    from app.finances_retenue r
    join app.finances_tiers t on t.organisme_id = r.organisme_id and t.id = r.tiers_id
    join app.finances_liquidation l on l.organisme_id = r.organisme_id and l.id = r.id
    join app.finances_liquidation m on m.organisme_id = r.organisme_id and m.id = r.principale_id
    left join app.finances_piece p on p.organisme_id = r.organisme_id and p.id = r.id
    where l.etat <> 'abandonnee' and (${id ?? null}::uuid is null or r.id = ${id ?? null})
    order by (r.etat = 'retenue') desc, r.recue_le nulls last, r.id`.execute(tx)
  return rows.map((r) => {
    // a year after the reception, unless reservations were made (code de la commande publique, art. R. 2191-35)
    const liberableLe = r.recue_le && addMoisToJour(r.recue_le, 12)
    return {
      id: r.id,
      marche: r.marche,
      tiers: r.tiers,
      objet: r.objet,
      montant: r.montant,
      etat: r.etat,
      pieceId: r.piece_id,
      numero: r.numero,
      annee: r.annee,
      budgetId: r.budget_id,
      recueLe: r.recue_le,
      liberableLe,
      echue: r.etat === 'retenue' && liberableLe !== null && liberableLe <= le,
      garant: r.garant,
      reference: r.reference,
      motif: r.motif,
      decideLe: r.decide_le,
      decidePar: r.decide_par_nom,
    }
  })
}

export function registerRetenues(application: Application): void {
  servirOrganisme(application, contrat.listerRetenues, 'finances.lire', async ({ tx }) => ({
    retenues: await listRetenues(tx, aujourdhui()),
  }))
  servirOrganisme(application, contrat.deciderRetenue, 'finances.lire', async ({ tx, qui, params, body }) => {
    // the release is an order to pay: it belongs to the ordonnateur
    requireDroit(qui, body.acte === 'recevoir' ? 'finances.liquider' : 'finances.viser')
    await deciderRetenue(tx, auteurOf(qui), params.retenue, body, aujourdhui())
    return { fait: true }
  })
  servirLibre(application, contrat.lireCertificat, 'finances.lire', async ({ qui, params, reply }) => {
    const modele = await inOrganisme(application.base, qui.organismeId, async (tx) => {
      const [retenue] = await listRetenues(tx, aujourdhui(), params.retenue)
      if (!retenue) throw introuvable('Cette retenue de garantie')
      if (retenue.etat === 'retenue')
        throw new Refus(
          'retenue.nonDecidee',
          'Cette retenue n’est ni libérée ni remplacée : il n’y a pas de certificat.',
        )
      return { retenue, organisme: (await getOrganisme(tx, qui.organismeId)).nom }
    })
    const octets = renderCertificat({ ...modele, date: modele.retenue.decideLe as Jour })
    return sendFichier(reply, { nom: `Certificat ${modele.retenue.marche}.pdf`, type: 'application/pdf', octets })
  })
}
