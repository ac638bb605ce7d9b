import { sql } from 'kysely'
import { euros, formatEuros } from '#socle/argent.ts'
import { formatJour } from '#socle/dates.ts'
import { hasDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { getBudget } from '../../../budget/db/exercices.ts'
import { auteurOf } from '../../../execution/db/commun.ts'
import { aujourdhui } from '../../../execution/http/aujourdhui.ts'
import { pieceIntrouvable } from '../../../execution/refus.ts'
import { computeReference, refusPayfip } from '../../payfip/reference.ts'
import { listMandatsSepa } from '../../prelevements/mandats.ts'
import { listRegies, readEtat } from '../../regies/db.ts'
import { alertesRegie } from '../../regies/domain.ts'
import { listRolesEnAttente } from '../../roles/http/routes.ts'
import { readReglages, writeReglages } from '../reglages.ts'
import * as contrat from './contract.ts'

type AFaire = (typeof contrat.listerAFaireRecettes)['reply']['_output']['aFaire']

export function registerReglages(application: Application): void {
  servirOrganisme(application, contrat.lireReglagesRecettes, 'finances.lire', async ({ tx, query }) => {
    await getBudget(tx, query.budget)
    return readReglages(tx, query.budget)
  })
  servirOrganisme(application, contrat.ecrireReglagesRecettes, 'finances.administrer', async ({ tx, qui, body }) => {
    const { budget, ...reglages } = body
    await getBudget(tx, budget)
    await writeReglages(tx, auteurOf(qui), budget, reglages)
    return { fait: true }
  })

  servirOrganisme(application, contrat.lirePayfip, 'finances.lire', async ({ tx, params }) => {
    const { rows } = await sql<{ budget_id: string; annee: number; numero: number; ttc: string; bordereau: number }>`
      select p.budget_id, p.annee, p.numero, (p.ht + p.tva)::text as ttc, b.numero as bordereau from app.finances_piece p
      join app.finances_bordereau_signe b on b.organisme_id = p.organisme_id and b.id = p.bordereau_id
      where p.id = ${params.mandat} and p.sens = 'R' and p.type_piece <> '06'`.execute(tx)
    const t = rows[0]
    if (!t) throw pieceIntrouvable()
    const r = await readReglages(tx, t.budget_id)
    const reference = computeReference(r.payfipTitre, { exercice: t.annee, bordereau: t.bordereau, numero: t.numero })
    return {
      numcli: r.payfipNumcli,
      adresse: r.payfipAdresse,
      reference,
      montant: t.ttc,
      refus: refusPayfip(r.payfipNumcli, reference, euros(t.ttc)) ?? null,
    }
  })

  servirOrganisme(application, contrat.listerAFaireRecettes, 'finances.lire', async ({ tx, qui }) => {
    const aFaire: AFaire = []
    const viseur = hasDroit(qui, 'finances.viser')
    const redacteur = hasDroit(qui, 'finances.liquider')
    const { aSigner, renvoyes } = await listRolesEnAttente(tx)
    const vers = (r: { id: string }) => `/finances/recettes/roles/${r.id}`
    if (viseur)
      for (const r of aSigner)
        aFaire.push({
          id: r.id,
          libelle: `Signer le rôle « ${r.libelle} »`,
          precision: `${r.debiteurs} débiteurs, ${formatEuros(euros(r.total))}`,
          etat: 'aFaire',
          vers: vers(r),
        })
    if (redacteur)
      for (const r of renvoyes)
        aFaire.push({
          id: r.id,
          libelle: `Corriger le rôle « ${r.libelle} »`,
          precision: r.motif,
          etat: 'attention',
          vers: vers(r),
        })
    const controle = (await listMandatsSepa(tx)).filter((m) => m.etat === 'propose' && m.propose_par !== qui.personneId)
    if (controle.length > 0 && (viseur || hasDroit(qui, 'finances.administrer')))
      aFaire.push({
        id: 'sepa',
        libelle: `Comparer ${controle.length > 1 ? `${controle.length} comptes` : 'un compte'} au mandat de prélèvement signé`,
        precision: controle
          .slice(0, 3)
          .map((m) => m.tiers)
          .join(', '),
        etat: 'aFaire',
        vers: '/finances/recettes/prelevements',
      })
    if (!redacteur) return { aFaire }
    const jour = aujourdhui()
    for (const r of await listRegies(tx)) {
      if (!r.est_active) continue
      for (const a of alertesRegie(await readEtat(tx, r, jour), jour))
        if (a.bloquante)
          aFaire.push({
            id: `${r.id}/${a.code}`,
            libelle: `${r.libelle} : ${a.message}`,
            ...(a.conseil ? { precision: a.conseil } : {}),
            etat: 'attention',
            vers: `/finances/recettes/regies/${r.id}`,
          })
    }
    const { rows: listes } = await sql<{ id: string; budget_id: string; annee: number; reference: string }>`
      select id, budget_id, annee, reference from app.finances_anv_liste where deliberation_le is null order by recue_le`.execute(
      tx,
    )
    for (const l of listes)
      aFaire.push({
        id: l.id,
        libelle: `Faire délibérer sur les non-valeurs, liste ${l.reference}`,
        etat: 'aFaire',
        vers: `/finances/recettes/non-valeurs?budget=${l.budget_id}&annee=${l.annee}&liste=${l.id}`,
      })
    const { rows: p503 } = await sql<{ budget_id: string; annee: number; n: number; total: string; le: string }>`
      select p.budget_id, p.annee, count(*)::int as n, sum(p.montant)::text as total, min(p.le)::text as le from app.finances_p503 p
      where p.ecarte_motif is null and not exists (
        select from app.finances_p503_titre t join app.finances_liquidation l
          on l.organisme_id = t.organisme_id and l.id = t.liquidation_id and l.etat <> 'abandonnee'
        where t.organisme_id = p.organisme_id and t.p503_id = p.id)
      group by p.budget_id, p.annee order by p.annee`.execute(tx)
    for (const p of p503)
      aFaire.push({
        id: `p503/${p.budget_id}/${p.annee}`,
        libelle: `Émettre ${p.n > 1 ? `les titres de ${p.n} encaissements` : 'le titre d’un encaissement'} de ${p.annee}`,
        precision: `${formatEuros(euros(p.total))}, depuis le ${formatJour(p.le)}`,
        etat: 'aFaire',
        vers: `/finances/recettes/encaissements?budget=${p.budget_id}&annee=${p.annee}`,
      })
    return { aFaire }
  })
}
