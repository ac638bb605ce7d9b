import './tables.ts'
import { z } from 'zod'
import { controlDocuments, countProprietaires, type Depot, listProprietaires } from '#modules/documents/index.ts'
import { type Base, inOrganisme, inPlateforme, type Tx } from '#socle/db/base.ts'
import { zId } from '#socle/ids.ts'
import { defineJob, type Jobs } from '#socle/jobs/jobs.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { controlObjets } from '../actions/lire.ts'
import type { CampagneVue } from './contract.ts'

const PAGE = 25

type Constat = { reference: string; constat: 'corrompu' | 'absent' }

/** Everything of one owner, each file against the hash of its deposit. */
async function controlProprietaire(base: Base, depot: Depot, proprietaire: string) {
  const [genre, id] = proprietaire.split(':') as ['organisme' | 'personne', string]
  if (genre === 'organisme') {
    const { controles, anomalies } = await controlDocuments(base, depot, id)
    return { controles, constats: anomalies.map((a): Constat => ({ reference: a.document.recu, constat: a.constat })) }
  }
  const { objets, constats } = await controlObjets(base, depot, { personneId: id, nom: 'Contrôle de tous les coffres' })
  return {
    controles: objets.length,
    constats: constats.map((c): Constat => ({ reference: c.objet.recu, constat: c.constat })),
  }
}

type Payload = { organisme: string; campagne: string }

/** Owner after owner, in the order of their names; cut at any time, it goes on after the last one that was written. */
export async function runCampagne(base: Base, depot: Depot, { organisme, campagne }: Payload, signal: AbortSignal) {
  const where = <T>(fn: (tx: Tx) => Promise<T>) => inOrganisme(base, organisme, fn)
  let dernier = await where(async (tx) => {
    const total = await countProprietaires(tx)
    const row = await tx
      .updateTable('app.coffre_campagne')
      .set({ proprietaires: total })
      .where('id', '=', campagne)
      .returning('dernier')
      .executeTakeFirstOrThrow()
    return row.dernier
  })
  while (!signal.aborted) {
    const page = await inPlateforme(base, (tx) => listProprietaires(tx, dernier, PAGE))
    if (page.length === 0) {
      await where((tx) =>
        tx.updateTable('app.coffre_campagne').set({ finie_le: new Date() }).where('id', '=', campagne).execute(),
      )
      return
    }
    let controles = 0
    const lignes: ({ proprietaire: string } & Constat)[] = []
    for (const proprietaire of page) {
      const bilan = await controlProprietaire(base, depot, proprietaire)
      controles += bilan.controles
      lignes.push(...bilan.constats.map((c) => ({ proprietaire, ...c })))
    }
    dernier = page.at(-1)!
    await where(async (tx) => {
      if (lignes.length > 0)
        await tx
          .insertInto('app.coffre_campagne_constat')
          .values(lignes.map((l) => ({ organisme_id: organisme, campagne_id: campagne, ...l })))
          .onConflict((c) => c.doNothing())
          .execute()
      await tx
        .updateTable('app.coffre_campagne')
        .set((eb) => ({
          faits: eb('faits', '+', page.length),
          controles: eb('controles', '+', controles),
          dernier,
        }))
        .where('id', '=', campagne)
        .execute()
    })
  }
}

const zPayload = z.object({ organisme: zId<'Organisme'>(), campagne: zId<'Campagne'>() })

export const createCampagnes = (o: { base: Base; depot: Depot; jobs: () => Jobs }) => ({
  jobs: o.jobs,
  type: defineJob('coffre.controler', zPayload, (p, { signal }) => runCampagne(o.base, o.depot, p, signal), {
    key: (p) => p.campagne,
  }),
})
export type Campagnes = ReturnType<typeof createCampagnes>

export async function launchCampagne(
  tx: Tx,
  c: Campagnes,
  par: { organismeId: string; nom: string },
  id: string,
): Promise<void> {
  const enCours = await tx.selectFrom('app.coffre_campagne').select('id').where('finie_le', 'is', null).execute()
  if (enCours.some((x) => x.id === id)) return // sent twice
  if (enCours.length > 0) throw new Refus('campagne.enCours', 'Un contrôle est déjà en cours : attendez sa fin.')
  await tx
    .insertInto('app.coffre_campagne')
    .values({ organisme_id: par.organismeId, id, lancee_par_nom: par.nom })
    .execute()
  await c.jobs().enqueue(tx, c.type, { organisme: par.organismeId, campagne: id })
}

export async function listCampagnes(tx: Tx, id?: string): Promise<CampagneVue[]> {
  let query = tx
    .selectFrom('app.coffre_campagne as c')
    .selectAll('c')
    .select((eb) =>
      eb
        .selectFrom('app.coffre_campagne_constat as k')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('k.organisme_id', '=', 'c.organisme_id')
        .whereRef('k.campagne_id', '=', 'c.id')
        .as('anomalies'),
    )
    .orderBy('c.id', 'desc')
    .limit(50)
  if (id) query = query.where('c.id', '=', id)
  return (await query.execute()).map((r) => ({
    id: r.id,
    lanceePar: r.lancee_par_nom,
    lanceeLe: r.lancee_le.toISOString(),
    finieLe: r.finie_le?.toISOString() ?? null,
    proprietaires: r.proprietaires,
    faits: r.faits,
    controles: r.controles,
    anomalies: Number(r.anomalies ?? 0),
  }))
}

export async function readCampagne(tx: Tx, id: string) {
  const [campagne] = await listCampagnes(tx, id)
  if (!campagne) throw introuvable('Ce contrôle')
  const constats = await tx
    .selectFrom('app.coffre_campagne_constat')
    .select(['proprietaire', 'reference', 'constat'])
    .where('campagne_id', '=', id)
    .orderBy('proprietaire')
    .orderBy('reference')
    .limit(5000)
    .execute()
  return { campagne, constats }
}
