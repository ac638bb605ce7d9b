import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { type Depot, deposerDocument } from '#modules/documents/index.ts'
import { listRecus, type PieceRecue, recevoirMandats } from '#modules/finances/index.ts'
import { deMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { affecter } from './actions/affecter.ts'
import * as contrat from './contract.ts'
import { budgetParDefaut, listAAffecter, listBudgetsDePaie } from './db/affectations.ts'
import { listPayes, readEntete } from './db/bulletins.ts'
import { type Comptes, type MandatDePaie, ventiler } from './domain/ventiler.ts'
import { nomXhl, regrouperLignes, writeXhl } from './exchange/xhl.ts'

const comptes = parse(readFileSync(new URL('comptes.yaml', import.meta.url), 'utf8')) as Comptes

/** Names what a production sends to the finances: the run of the month has the month for name. */
const cleDe = (mois: Mois, rang: number) => (rang === 1 ? mois : `${mois}.${rang}`)

async function ventilerMois(tx: Tx, mois: Mois, rang: number, budgetId?: string) {
  const budgets = await listBudgetsDePaie(tx)
  const defaut = budgetParDefaut(budgets, budgetId)
  const payes = await listPayes(tx, mois, rang, defaut)
  const v = ventiler(
    payes.map((a) => ({ ...a, nom: `${a.nom} ${a.prenom}` })),
    comptes,
  )
  const budgetOf = (id: string) => budgets.find((b) => b.id === id)!
  // the main budget has the key of the fund alone: months already received keep their name
  const cleOf = (m: Pick<MandatDePaie, 'budgetId' | 'caisse'>) =>
    `${cleDe(mois, rang)}/${m.caisse}${m.budgetId === defaut.id ? '' : `@${budgetOf(m.budgetId).code}`}`
  return { ...v, payes, budgets, budgetOf, cleOf }
}

async function view(tx: Tx, mois: Mois, rang: number, budgetId?: string): Promise<contrat.Mandatement> {
  const v = await ventilerMois(tx, mois, rang, budgetId)
  return {
    mois,
    rang,
    bulletins: v.payes.length,
    mandats: v.mandats.map((m) => ({
      cle: v.cleOf(m),
      budget: v.budgetOf(m.budgetId).libelle,
      caisse: m.caisse,
      nom: comptes.caisses[m.caisse]!.nom,
      lignes: m.lignes,
      total: m.total,
      virements: m.virements.length,
    })),
    totaux: v.totaux,
    negatifs: v.negatifs,
    reprises: v.reprises.map((r) => ({ nom: comptes.caisses[r.caisse]!.nom, montant: r.montant })),
    recus: (await listRecus(tx, 'paie', `${cleDe(mois, rang)}/`)).length,
  }
}

const OBJETS: Record<string, string> = { agents: 'Rémunérations', elus: 'Indemnités des élus' }

/** The payroll document of one budget: its agents, and the lines of its mandats. */
async function deposerXhl(
  tx: Tx,
  depot: Depot,
  auteur: { organismeId: string; personneId: string | null; nom: string },
  v: Awaited<ReturnType<typeof ventilerMois>>,
  { mois, rang, budgetId }: { mois: Mois; rang: number; budgetId: string },
) {
  const entete = await readEntete(tx, auteur.organismeId, mois)
  const agents = v.payes.filter((a) => a.parts.some((p) => p.budgetId === budgetId))
  const cites = new Set(agents.flatMap((a) => a.parts.map((p) => p.budgetId)))
  const octets = writeXhl({
    ...entete,
    budget: v.budgetOf(budgetId),
    budgets: v.budgets.filter((b) => cites.has(b.id)),
    agents,
    lignes: regrouperLignes(v.mandats.filter((m) => m.budgetId === budgetId).flatMap((m) => m.lignes)),
  })
  const suffixe = `${v.budgets.length > 1 ? `-${v.budgetOf(budgetId).code}` : ''}${rang > 1 ? `-${rang}` : ''}`
  const nom = nomXhl({ ...entete, suffixe })
  const document = await deposerDocument(tx, depot, auteur, { nom, type: 'application/xml', bytes: octets })
  return { documentId: document.id as string, type: '004', nom }
}

/** The approved month becomes mandats of the finances, budget by budget, through their door. */
export function registerMandatement(application: Application, { depot }: { depot: Depot }): void {
  servirOrganisme(application, contrat.listerMandatements, 'finances.lire', async ({ tx }) => {
    const recus = new Set((await listRecus(tx, 'paie', '')).map((r) => r.cle.split('/')[0]))
    const { rows } = await sql<{ mois: Mois; rang: number; bulletins: number; cout: string }>`
      select mois, rang, count(*)::int as bulletins, sum(cout)::text as cout from app.paie_bulletin_approuve
      group by mois, rang having sum(cout) <> 0 order by mois, rang`.execute(tx)
    return { mois: rows.filter((r) => !recus.has(cleDe(r.mois, r.rang))) }
  })
  servirOrganisme(application, contrat.lireMandatement, 'finances.lire', ({ tx, params, query }) =>
    view(tx, params.mois, query.rang),
  )
  servirOrganisme(application, contrat.mandaterMois, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const { mois } = params
    const v = await ventilerMois(tx, mois, body.rang, body.budgetId)
    const complement = body.rang === 1 ? '' : `, complément n° ${body.rang}`
    const auteur = { organismeId: qui.organismeId, personneId: qui.personneId, nom: qui.nom }
    for (const [budgetId, mandats] of Map.groupBy(v.mandats, (m) => m.budgetId)) {
      const xhl = await deposerXhl(tx, depot, auteur, v, { mois, rang: body.rang, budgetId })
      const pieces = mandats.map((m): PieceRecue => {
        const caisse = comptes.caisses[m.caisse]!
        const agents = m.virements.length > 0
        return {
          cle: v.cleOf(m),
          objet: `${OBJETS[m.caisse] ?? `Cotisations ${caisse.nom}`} ${deMois(mois)}${complement}`,
          tiers: { ...caisse, codePostal: '40000', ville: 'MONT-DE-MARSAN' } as PieceRecue['tiers'],
          // the payroll document justifies what is paid to the people
          ...(agents ? { documents: [xhl] } : {}),
          contenu: {
            naturePiece: '11',
            modeReglement: agents ? '04' : '10',
            lignes: m.lignes,
            ...(agents
              ? { virements: m.virements.map((x) => ({ ...x, libelle: `Paie ${deMois(mois)}${complement}` })) }
              : {}),
          },
        }
      })
      await recevoirMandats(tx, auteur, { source: 'paie', annee: Number(mois.slice(0, 4)), budgetId, pieces })
    }
    return view(tx, mois, body.rang, body.budgetId)
  })

  servirOrganisme(application, contrat.listerAffectations, 'finances.lire', async ({ tx, query }) => {
    const budgets = await listBudgetsDePaie(tx)
    return {
      budgets,
      principal: budgets.find((b) => b.estPrincipal)?.id ?? null,
      emplois: (await listAAffecter(tx, query.mois)).map((e) => ({
        carriereId: e.carriere_id,
        nom: `${e.nom} ${e.prenom}`.trim(),
        emploi: e.emploi,
        matricule: e.matricule,
        depuis: e.affectation?.depuis ?? null,
        parts: e.affectation?.parts ?? [],
      })),
    }
  })
  servirOrganisme(application, contrat.affecterEmplois, 'finances.liquider', async ({ tx, qui, body }) => {
    await affecter(tx, { organismeId: qui.organismeId, nom: qui.nom }, body)
    return { fait: true }
  })
}
