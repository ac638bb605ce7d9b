import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { listRecus, type PieceRecue, recevoirMandats } from '#modules/finances/index.ts'
import { deMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import type { Bulletin } from '../calcul/index.ts'
import * as contrat from './contract.ts'
import { type Comptes, ventiler } from './domain/ventiler.ts'

const comptes = parse(readFileSync(new URL('comptes.yaml', import.meta.url), 'utf8')) as Comptes

async function ventilerMois(tx: Tx, mois: Mois) {
  const { rows } = await sql<{ bulletin: string; nom: string; prenom: string; iban: string; bic: string }>`
    select b.bulletin, a.nom, a.prenom, a.iban, a.bic from app.paie_bulletin_approuve b
    join app.paie_agent a on a.organisme_id = b.organisme_id and a.id = b.agent_id
    where b.mois = ${mois} order by b.numero`.execute(tx)
  if (rows.length === 0)
    throw new Refus(
      'mandatement.nonApprouve',
      `La paie ${deMois(mois)} n’est pas approuvée : ses mandats viennent après l’approbation.`,
    )
  const v = ventiler(
    rows.map((r) => ({
      bulletin: JSON.parse(r.bulletin) as Bulletin,
      nom: `${r.nom} ${r.prenom}`,
      iban: r.iban,
      bic: r.bic,
    })),
    comptes,
  )
  return { ...v, bulletins: rows.length }
}

async function view(tx: Tx, mois: Mois): Promise<contrat.Mandatement> {
  const v = await ventilerMois(tx, mois)
  return {
    mois,
    bulletins: v.bulletins,
    mandats: v.mandats.map((m) => ({
      caisse: m.caisse,
      nom: comptes.caisses[m.caisse]!.nom,
      lignes: m.lignes,
      total: m.total,
      virements: m.virements.length,
    })),
    totaux: v.totaux,
    negatifs: v.negatifs,
    recus: (await listRecus(tx, 'paie', `${mois}/`)).length,
  }
}

const OBJETS: Record<string, string> = { agents: 'Rémunérations', elus: 'Indemnités des élus' }

/** The approved month becomes mandats of the finances, through their door. */
export function registerMandatement(application: Application): void {
  servirOrganisme(application, contrat.listerMandatements, 'finances.lire', async ({ tx }) => {
    const recus = new Set((await listRecus(tx, 'paie', '')).map((r) => r.cle.slice(0, 7)))
    const { rows } = await sql<{ mois: string; bulletins: number; cout: string }>`
      select mois, count(*)::int as bulletins, sum(cout)::text as cout from app.paie_bulletin_approuve group by mois order by mois`.execute(
      tx,
    )
    return { mois: rows.filter((r) => !recus.has(r.mois)) }
  })
  servirOrganisme(application, contrat.lireMandatement, 'finances.lire', ({ tx, params }) => view(tx, params.mois))
  servirOrganisme(application, contrat.mandaterMois, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const v = await ventilerMois(tx, params.mois)
    const pieces = v.mandats.map((m): PieceRecue => {
      const caisse = comptes.caisses[m.caisse]!
      const agents = m.virements.length > 0
      return {
        cle: `${params.mois}/${m.caisse}`,
        objet: `${OBJETS[m.caisse] ?? `Cotisations ${caisse.nom}`} ${deMois(params.mois)}`,
        tiers: { ...caisse, codePostal: '40000', ville: 'MONT-DE-MARSAN' } as PieceRecue['tiers'],
        contenu: {
          naturePiece: '11',
          modeReglement: agents ? '04' : '10',
          lignes: m.lignes,
          ...(agents ? { virements: m.virements.map((x) => ({ ...x, libelle: `Paie ${deMois(params.mois)}` })) } : {}),
        },
      }
    })
    const auteur = { organismeId: qui.organismeId, personneId: qui.personneId, nom: qui.nom }
    await recevoirMandats(tx, auteur, {
      source: 'paie',
      annee: Number(params.mois.slice(0, 4)),
      budgetId: body.budgetId,
      pieces,
    })
    return view(tx, params.mois)
  })
}
