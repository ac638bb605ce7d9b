import { sql } from 'kysely'
import { z } from 'zod'
import type { Depot } from '#modules/documents/index.ts'
import { zJour } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { zId } from '#socle/ids.ts'
import { defineJob, type Jobs } from '#socle/jobs/jobs.ts'
import { Refus } from '#socle/refus.ts'
import type { Auteur } from '../execution/db/commun.ts'
import { genererLongFlux } from './actions/generer.ts'

/** From this many pieces and papers on, a flux is written by a job: the page does not wait for it. */
const SEUIL = 300

const zPayload = z.object({ organisme: zId<'Organisme'>(), bordereau: zId<'Bordereau'>(), le: zJour })

export type Generation = ReturnType<typeof createGeneration>

/** The generation of long flux: asked for with the fact, taken by any worker, run twice without harm. */
export function createGeneration({ base, depot, jobs }: { base: Base; depot: Depot; jobs: () => Jobs }) {
  const noter = (tx: Tx, bordereau: string, a: { etat?: string; fait: number; total: number; message: string }) =>
    sql`update app.finances_generation set etat = ${a.etat ?? 'enCours'}, fait = ${a.fait}, total = ${a.total},
      message = ${a.message} where bordereau_id = ${bordereau}`.execute(tx)

  const type = defineJob(
    'finances.genererFlux',
    zPayload,
    async ({ organisme, bordereau, le }) => {
      const dans = <T>(fn: (tx: Tx) => Promise<T>) => inOrganisme(base, organisme, fn)
      const { rows } = await dans((tx) =>
        sql<{ demande_par: string | null; demande_par_nom: string; etat: string }>`
          select demande_par, demande_par_nom, etat from app.finances_generation where bordereau_id = ${bordereau}`.execute(
          tx,
        ),
      )
      const g = rows[0]
      if (!g || g.etat === 'fait') return
      const auteur: Auteur = { organismeId: organisme, personneId: g.demande_par, nom: g.demande_par_nom }
      try {
        await genererLongFlux(base, depot, auteur, bordereau, le, async (tx, a) => {
          await noter(tx, bordereau, a)
        })
        await dans((tx) => noter(tx, bordereau, { etat: 'fait', fait: 1, total: 1, message: '' }))
      } catch (e) {
        // what is refused stays refused: the screen says why
        if (!(e instanceof Refus)) throw e
        await dans((tx) => noter(tx, bordereau, { etat: 'echec', fait: 0, total: 0, message: e.message }))
      }
    },
    { key: (p) => `${p.organisme}/${p.bordereau}`, silenceMax: 120 },
  )

  /** True when the bordereau is long: its flux is then on its way. */
  async function demander(tx: Tx, auteur: Auteur, bordereau: string, le: z.output<typeof zJour>): Promise<boolean> {
    const { rows } = await sql<{ n: number }>`select (s.nombre + (select count(*) from app.finances_piece_jointe j
        join app.finances_liquidation l on l.organisme_id = j.organisme_id and l.id = j.liquidation_id
        where l.bordereau_id = s.id))::int as n
      from app.finances_bordereau_signe s where s.id = ${bordereau}`.execute(tx)
    if ((rows[0]?.n ?? 0) < SEUIL) return false
    await sql`insert into app.finances_generation (organisme_id, bordereau_id, demande_par, demande_par_nom)
      values (${auteur.organismeId}, ${bordereau}, ${auteur.personneId}, ${auteur.nom})
      on conflict (organisme_id, bordereau_id) do update set etat = 'attente', fait = 0, total = 0, message = '',
        demande_par = excluded.demande_par, demande_par_nom = excluded.demande_par_nom, demande_le = now()`.execute(tx)
    await jobs().enqueue(tx, type, { organisme: auteur.organismeId, bordereau, le })
    return true
  }

  return { type, demander }
}
