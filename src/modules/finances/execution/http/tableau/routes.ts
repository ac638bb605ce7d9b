import { sql } from 'kysely'
import { hasDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { echeancesDues, listExercicesOuverts, listRecurrences } from '../../db/recurrences.ts'
import { readGrandLivre, readRecherche, readTableau } from '../../db/tableau.ts'
import { listBordereaux, listFactures } from '../../db/vues.ts'
import { aujourdhui } from '../aujourdhui.ts'
import { listRetenues } from '../retenues/routes.ts'
import * as contrat from './contract.ts'

export function registerTableau(application: Application): void {
  servirOrganisme(application, contrat.lireGrandLivre, 'finances.lire', ({ tx, query: { budget, annee, ...f } }) =>
    readGrandLivre(tx, { budgetId: budget, annee }, f),
  )

  servirOrganisme(application, contrat.lireTableau, 'finances.lire', ({ tx, query }) =>
    readTableau(tx, { budgetId: query.budget, annee: query.annee }, aujourdhui()),
  )

  servirOrganisme(application, contrat.rechercher, 'finances.lire', async ({ tx, query }) => ({
    resultats: await readRecherche(tx, query.q),
  }))

  servirOrganisme(application, contrat.listerAFaire, 'finances.lire', async ({ tx, qui }) => {
    const liste: (typeof contrat.listerAFaire)['reply']['_output']['aFaire'] = []
    const viseur = hasDroit(qui, 'finances.viser')
    const redacteur = hasDroit(qui, 'finances.liquider')
    const s = (n: number) => (n > 1 ? 's' : '')
    for (const b of await listBordereaux(tx, { aViser: true }))
      if (viseur)
        liste.push({
          id: b.id,
          libelle: `Signer un bordereau de ${b.nombre} ${b.sens === 'D' ? 'mandat' : 'titre'}${s(b.nombre)}`,
          precision: `${b.budget}, envoyé par ${b.envoyePar}`,
          echeance: null,
          etat: 'aFaire',
          vers: `/finances/bordereaux/${b.id}`,
        })
    const { rows: demandes } = await sql<{ budget_id: string; annee: number; n: number }>`
      select budget_id, annee, count(*)::int as n from app.finances_demande where etat = 'demande'
        and demande_par is distinct from ${qui.personneId}
        and ((niveau = 'ordonnateur' and ${viseur}) or (niveau = 'finances' and ${redacteur}))
      group by budget_id, annee`.execute(tx)
    for (const d of demandes)
      liste.push({
        id: `demandes-${d.budget_id}-${d.annee}`,
        libelle: `Répondre à ${d.n} demande${s(d.n)} d’engagement`,
        precision: `Exercice ${d.annee}`,
        echeance: null,
        etat: 'aFaire',
        vers: `/finances/engagements?budget=${d.budget_id}&annee=${d.annee}`,
      })
    if (viseur) {
      const { rows: ordres } = await sql<{ budget_id: string; annee: number; n: number }>`
        select budget_id, annee, count(*)::int as n from app.finances_ordre_prepare where etat = 'prepare' group by budget_id, annee`.execute(
        tx,
      )
      for (const o of ordres)
        liste.push({
          id: `ordre-${o.budget_id}-${o.annee}`,
          libelle: `Signer ${o.n} opération${s(o.n)} d’ordre`,
          precision: `Exercice ${o.annee}`,
          echeance: null,
          etat: 'aFaire',
          vers: `/finances/ordre?budget=${o.budget_id}&annee=${o.annee}`,
        })
      for (const r of (await listRetenues(tx, aujourdhui())).filter((x) => x.echue))
        liste.push({
          id: r.id,
          libelle: `Libérer la retenue de garantie de ${r.tiers}`,
          precision: `Marché ${r.marche}, réception depuis un an`,
          echeance: r.liberableLe,
          etat: 'attention',
          vers: `/finances/retenues?retenue=${r.id}`,
        })
    }
    const { rows: rejets } = await sql<{
      id: string
      numero: number
      sens: string
      motif: string
      tiers_nom: string
      budget_id: string
      annee: number
    }>`
      select p.id, p.numero, p.sens, s.motif, p.tiers_nom, p.budget_id, p.annee from app.finances_piece_suivi s
      join app.finances_piece p on p.organisme_id = s.organisme_id and p.id = s.piece_id
      where s.etat in ('rejetee', 'suspendue') and not exists (
        select from app.finances_liquidation l where l.origine_id = s.piece_id and l.etat <> 'abandonnee')
      order by s.maj_le limit 50`.execute(tx)
    if (redacteur) {
      for (const r of rejets)
        liste.push({
          id: r.id,
          libelle: `Reprendre le ${r.sens === 'D' ? 'mandat' : 'titre'} ${r.numero} rejeté, ${r.tiers_nom}`,
          precision: r.motif,
          echeance: null,
          etat: 'bloquant',
          vers: `/finances/${r.sens === 'D' ? 'mandats' : 'titres'}?budget=${r.budget_id}&annee=${r.annee}&piece=${r.id}`,
        })
      const factures = (await listFactures(tx, aujourdhui(), { aTraiter: true })).filter(
        (f) => f.etat === 'recue' && !f.suspendue,
      )
      for (const f of factures
        .sort((a, b) => ((a.echeanceOrdonnateur ?? '') < (b.echeanceOrdonnateur ?? '') ? -1 : 1))
        .slice(0, 3))
        liste.push({
          id: f.id,
          libelle: `Mandater la facture ${f.numero}, ${f.tiers}`,
          precision: f.objet,
          echeance: f.echeanceOrdonnateur,
          etat: f.enRetard ? 'attention' : 'aFaire',
          vers: `/finances/mandater?facture=${f.id}`,
        })
      if (factures.length > 3)
        liste.push({
          id: 'factures',
          libelle: `Mandater ${factures.length - 3} autre${s(factures.length - 3)} facture${s(factures.length - 3)}`,
          precision: '',
          echeance: null,
          etat: factures.some((f) => f.enRetard) ? 'attention' : 'aFaire',
          vers: '/finances/factures',
        })
      const recurrentes = await listRecurrences(tx, {})
      const ouverts = new Map<string, Set<number>>()
      for (const { budget_id: b } of recurrentes) if (!ouverts.has(b)) ouverts.set(b, await listExercicesOuverts(tx, b))
      const dues = recurrentes.flatMap((r) => echeancesDues(r, aujourdhui(), ouverts.get(r.budget_id)!))
      if (dues.length > 0)
        liste.push({
          id: 'echeances',
          libelle: `Mandater ${dues.length} échéance${s(dues.length)} de contrat`,
          precision: [...new Set(dues.map((e) => e.libelle))].slice(0, 3).join(', '),
          echeance: dues.map((e) => e.le).sort()[0]!,
          etat: dues.some((e) => e.retard) ? 'attention' : 'aFaire',
          vers: '/finances/echeances',
        })
      const { rows: pretes } = await sql<{
        sens: string
        n: number
      }>`select sens, count(*)::int as n from app.finances_liquidation where etat = 'prete' group by sens`.execute(tx)
      for (const p of pretes)
        liste.push({
          id: `pretes-${p.sens}`,
          libelle: `Envoyer à la signature ${p.n} ${p.sens === 'D' ? 'mandat' : 'titre'}${s(p.n)} prêt${s(p.n)}`,
          precision: '',
          echeance: null,
          etat: 'aFaire',
          vers: p.sens === 'D' ? '/finances/mandater' : '/finances/encaisser',
        })
      const { rows: signes } = await sql<{
        n: number
      }>`select count(*)::int as n from app.finances_bordereau where etat = 'signe'`.execute(tx)
      if (signes[0]!.n > 0)
        liste.push({
          id: 'a-transmettre',
          libelle: `Transmettre ${signes[0]!.n} bordereau${signes[0]!.n > 1 ? 'x' : ''} signé${s(signes[0]!.n)} au comptable`,
          precision: '',
          echeance: null,
          etat: 'aFaire',
          vers: '/finances/bordereaux',
        })
    }
    if (viseur || hasDroit(qui, 'finances.administrer')) {
      const { rows: comptes } = await sql<{ tiers_id: string; nom: string; propose_par_nom: string }>`
        select c.tiers_id, t.nom, c.propose_par_nom from app.finances_compte_bancaire c
        join app.finances_tiers t on t.organisme_id = c.organisme_id and t.id = c.tiers_id
        where c.etat = 'propose' and c.propose_par is distinct from ${qui.personneId} order by c.propose_le limit 20`.execute(
        tx,
      )
      for (const c of comptes)
        liste.push({
          id: `compte-${c.tiers_id}`,
          libelle: `Contrôler le compte bancaire de ${c.nom}`,
          precision: `Saisi par ${c.propose_par_nom}`,
          echeance: null,
          etat: 'aFaire',
          vers: `/finances/tiers?tiers=${c.tiers_id}`,
        })
    }
    return { aFaire: liste }
  })
}
