import { sql } from 'kysely'
import { receiveFichier } from '#modules/documents/index.ts'
import { euros, inEuros, sum } from '#socle/argent.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { readFeuille } from '#socle/feuille.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { UUID } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import type { Contenu } from '../../../execution/contract.ts'
import { auteurOf } from '../../../execution/db/commun.ts'
import type { Cadre } from '../../../execution/db/contexte.ts'
import { memeTexte } from '../../domain/feuille.ts'
import { refusBloquantes } from '../../refus.ts'
import {
  ecarterP503,
  enregistrerP503,
  listP503,
  type P503Row,
  rapprocherP503,
  reprendreRetours,
  resteOf,
  titrerP503,
} from '../actions.ts'
import { readP503 } from '../lire-feuille.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

/** The payers of before, and what their last titre said. */
async function listMemoire(tx: Tx) {
  const { rows } = await sql<{ tiers_id: string; nom: string; prenom: string; objet: string; contenu: Contenu }>`
    select distinct on (l.tiers_id) l.tiers_id, t.nom, t.prenom, l.objet, l.contenu from app.finances_liquidation l
    join app.finances_tiers t on t.organisme_id = l.organisme_id and t.id = l.tiers_id and t.est_actif
    where l.sens = 'R' and l.etat <> 'abandonnee' and l.contenu ->> 'typeBordereau' = '01'
      and l.contenu ->> 'mouvement' = 'reel'
    order by l.tiers_id, l.liquide_le desc, l.id desc`.execute(tx)
  return rows
    .map((m) => ({ ...m, cle: memeTexte(`${m.nom} ${m.prenom}`).replace(/\|/g, ' ').trim() }))
    .filter((m) => m.cle.length > 2)
}
async function listPrets(tx: Tx, c: Cadre) {
  const { rows } = await sql<{ id: string; objet: string; ttc: string; tiers: string | null }>`
    select l.id, l.objet, (l.ht + l.tva)::text as ttc, t.nom as tiers from app.finances_liquidation l
    left join app.finances_tiers t on t.organisme_id = l.organisme_id and t.id = l.tiers_id
    where l.budget_id = ${c.budgetId} and l.annee = ${c.annee} and l.sens = 'R' and l.etat = 'prete'
      and l.contenu ->> 'typePiece' = '01'`.execute(tx)
  return rows
}

function proposer(p: P503Row, memoire: Awaited<ReturnType<typeof listMemoire>>): contrat.P503Vue['proposition'] {
  const texte = memeTexte(`${p.payeur} ${p.libelle}`)
  const m =
    memoire.find((x) => texte.includes(x.cle)) ?? memoire.find((x) => p.payeur && x.cle.includes(memeTexte(p.payeur)))
  const l = m?.contenu.lignes[0]
  return m && l
    ? {
        tiersId: m.tiers_id,
        tiers: `${m.nom} ${m.prenom}`.trim(),
        nature: l.nature,
        fonction: l.fonction,
        produit: l.produit,
        objet: m.objet,
      }
    : null
}

function etatOf(p: P503Row): contrat.P503Vue['etat'] {
  if (p.ecarte_motif) return 'ecarte'
  if (resteOf(p) === 0n) return 'titre'
  return euros(p.titre) > 0n ? 'partiel' : 'aTitrer'
}

export function registerP503(application: Application): void {
  servirOrganisme(application, contrat.listerP503, 'finances.lire', async ({ tx, query }) => {
    const cadre = { budgetId: query.budget, annee: query.annee }
    const memoire = await listMemoire(tx)
    const prets = await listPrets(tx, cadre)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from app.finances_a_part
      where genre = 'aEmettre' and sens = 'R' and traite_le is null`.execute(tx)
    return {
      retours: rows[0]!.n,
      encaissements: (await listP503(tx, cadre)).map((p) => {
        const reste = resteOf(p)
        const ouvert = !p.ecarte_motif && reste > 0n
        return {
          id: p.id,
          reference: p.reference,
          le: p.le,
          montant: p.montant,
          reste: inEuros(reste),
          payeur: p.payeur,
          libelle: p.libelle,
          etat: etatOf(p),
          motif: p.ecarte_motif,
          proposition: ouvert ? proposer(p, memoire) : null,
          rapprochables: ouvert
            ? prets
                .filter((l) => euros(l.ttc) === reste)
                .map((l) => ({ id: l.id, libelle: [l.tiers, l.objet].filter(Boolean).join(', ') }))
            : [],
        }
      }),
    }
  })
  servirOrganisme(application, contrat.enregistrerP503, 'finances.liquider', async ({ tx, qui, body }) => {
    const { budgetId, annee, ...somme } = body
    if ((await enregistrerP503(tx, auteurOf(qui), { budgetId, annee }, [somme], 'saisie')) === 0) {
      const { rows } = await sql`select id from app.finances_p503 where id = ${somme.id}`.execute(tx)
      if (rows.length === 0)
        throw new Refus('p503.existe', 'Ce numéro est déjà enregistré.', { champs: { reference: 'Déjà enregistré.' } })
    }
    return fait
  })
  servirLibre(application, contrat.importerP503, 'finances.liquider', async ({ base, qui, request }) => {
    const fichier = await receiveFichier(request)
    const { sommes, anomalies } = readP503(await readFeuille(fichier))
    const { budget = '', annee = '', appliquer } = fichier.champs
    if (!UUID.test(budget) || !/^\d{4}$/.test(annee))
      throw new Refus('saisie.invalide', 'Choisissez le budget et l’exercice.', { status: 400 })
    const bilan = { lues: sommes.length, total: inEuros(sum(sommes.map((s) => euros(s.montant)))), anomalies }
    if (appliquer !== 'oui') return { ...bilan, nouvelles: 0 }
    const bloquantes = anomalies.filter((a) => a.bloquante)
    if (bloquantes.length > 0) throw refusBloquantes('l’import', bloquantes)
    const nouvelles = await inOrganisme(base, qui.organismeId, (tx) =>
      enregistrerP503(tx, auteurOf(qui), { budgetId: budget, annee: Number(annee) }, sommes, 'import'),
    )
    return { ...bilan, nouvelles }
  })
  servirOrganisme(application, contrat.reprendreRetours, 'finances.liquider', async ({ tx, qui }) => ({
    nouveaux: await reprendreRetours(tx, auteurOf(qui)),
  }))
  servirOrganisme(application, contrat.titrerP503, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await titrerP503(tx, auteurOf(qui), params.p503, body)
    return fait
  })
  servirOrganisme(application, contrat.rapprocherP503, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await rapprocherP503(tx, auteurOf(qui), params.p503, body.liquidation)
    return fait
  })
  servirOrganisme(application, contrat.ecarterP503, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await ecarterP503(tx, auteurOf(qui), params.p503, body.motif)
    return fait
  })
}
