import { z } from 'zod'
import { addMois, type Jour, moisOf } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { defineJob, type JobType } from '#socle/jobs/jobs.ts'
import { agenceOf } from '../../production/db/productions.ts'
import type { Services } from '../../production/jobs.ts'
import { type Auteur, openDossier } from '../db/dossiers.ts'
import { relancerSiDu } from './actions/relances.ts'
import { aujourdhuiAParis, readCalendrier, readDateLimite } from './db/calendriers.ts'

const BOSQUET = 'Bosquet'
const HEURE = 6

const demain = (): Date => {
  const d = new Date()
  d.setUTCDate(d.getUTCDate() + 1)
  d.setUTCHours(HEURE, 0, 0, 0)
  return d
}

/** One body, one day: opens the month that is due, sends the reminders that are. */
async function passer({ base, courrier }: Services, organismeId: string, aujourdhui: Jour): Promise<void> {
  const auteur: Auteur = { organismeId, personneId: null, nom: BOSQUET }
  await inOrganisme(base, organismeId, async (tx) => {
    const courant = moisOf(aujourdhui)
    const mois = await tx
      .selectFrom('app.paie_dossier')
      .select(['mois', 'etat'])
      .where('mois', '>=', addMois(courant, -1))
      .orderBy('mois')
      .execute()
    const suivant = mois.length > 0 ? addMois(mois.at(-1)!.mois as typeof courant, 1) : undefined
    if (suivant && suivant <= addMois(courant, 1)) {
      const ouverture = (await readCalendrier(tx, suivant)).find((e) => e.etape === 'ouverture')
      if (ouverture && ouverture.jour <= aujourdhui)
        await openDossier(tx, auteur, suivant, await readDateLimite(tx, suivant))
    }
    for (const d of mois)
      if (d.etat === 'ouvert' || d.etat === 'calcule' || d.etat === 'renvoye')
        await relancerSiDu(tx, courrier, auteur, d.mois as typeof courant, aujourdhui)
  })
}

/** The round of every morning over the clients of the agency. It sets itself for the next day; one waits at a time. */
export function createQuotidien(services: Services): JobType<z.ZodObject> {
  const type: JobType<z.ZodObject> = defineJob(
    'paie.quotidien',
    z.object({}),
    async () => {
      const agence = await agenceOf(services.base)
      await inOrganisme(services.base, agence, (tx) => services.jobs().enqueue(tx, type, {}, { apres: demain() }))
      const clients = await inOrganisme(services.base, agence, (tx) =>
        tx.selectFrom('app.paie_suivi').select('client').distinct().execute(),
      )
      const aujourdhui = aujourdhuiAParis()
      for (const { client } of clients) await passer(services, client, aujourdhui)
    },
    { key: () => 'jour', essais: 3 },
  )
  return type
}
