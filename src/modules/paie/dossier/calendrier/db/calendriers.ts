import './tables.ts'
import type { Jour, Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { getEmployeur } from '../../../carriere/db/carrieres.ts'
import {
  calculerCalendrier,
  ETAPES,
  type Etape,
  type ReglageCalendrier,
  reglageParDefaut,
} from '../domain/calendrier.ts'

/** Today where the bodies are. */
export const aujourdhuiAParis = (): Jour => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }) as Jour

/** Settings of the body; those of its employer's file until the officer writes others. */
export async function readReglage(tx: Tx, mois: Mois): Promise<ReglageCalendrier | undefined> {
  const row = await tx.selectFrom('app.paie_calendrier').select('contenu').executeTakeFirst()
  if (row) return row.contenu
  const employeur = await getEmployeur(tx, mois)
  return employeur && reglageParDefaut(employeur.jourLimiteDepot)
}

export type EcheanceDuMois = {
  etape: Etape
  jour: Jour
  calcule: Jour
  motif: string | null
  fixeePar: string | null
}

/** Dates of one month: computed from the settings, replaced by those that the officer fixed. */
export async function readCalendrier(tx: Tx, mois: Mois): Promise<EcheanceDuMois[]> {
  const reglage = await readReglage(tx, mois)
  if (!reglage) return []
  const calcules = calculerCalendrier(reglage, mois)
  const fixees = await tx
    .selectFrom('app.paie_echeance')
    .select(['etape', 'jour', 'motif', 'fixee_par'])
    .where('mois', '=', mois)
    .execute()
  const fixeeOf = new Map(fixees.map((f) => [f.etape, f]))
  return ETAPES.map((etape) => {
    const f = fixeeOf.get(etape)
    return {
      etape,
      jour: (f?.jour ?? calcules[etape]) as Jour,
      calcule: calcules[etape],
      motif: f?.motif ?? null,
      fixeePar: f?.fixee_par ?? null,
    }
  })
}

/** Last day of the deposits of a month; unknown when the body has no settings. */
export async function readDateLimite(tx: Tx, mois: Mois): Promise<Jour | null> {
  return (await readCalendrier(tx, mois)).find((e) => e.etape === 'limiteDepot')?.jour ?? null
}
