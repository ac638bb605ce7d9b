import { sql } from 'kysely'
import { z } from 'zod'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { newId, zId } from '#socle/ids.ts'
import { defineJob, type Jobs, type JobType } from '#socle/jobs/jobs.ts'
import type { Expediteur } from './expedier.ts'
import './tables.ts'

/** A mail to send. */
export type Courriel = {
  /** Address of the person. */
  a: string
  objet: string
  /** Plain text, in paragraphs. Never a figure of pay, nor health data: a mail is a post card. */
  texte: string
  /** `module.raison`, such as `acces.motDePasse`: what the trace is found by. */
  motif: string
  /** What it is about, in the words of the module (a month of pay). */
  sujet?: string
  /** Who asked for it, in clear. */
  par?: string
}

export type Courrier = {
  readonly moyen: Expediteur['moyen']
  /** The absolute address of a page, for the text of a mail: `lien('/acces/mot-de-passe?…')`. */
  lien(chemin: string): string
  /** The job that sends: to be registered in the queue. */
  readonly type: JobType
  /** Queues a mail with the fact, in a transaction of the body: sent if it commits, with a trace in `app.courriel`. */
  sendPourOrganisme(tx: Tx, organismeId: string, courriel: Courriel): Promise<{ id: string }>
  /** Same, without trace nor body: for what carries a secret (reset of a password). Any transaction will do. */
  sendPersonnel(tx: Tx, courriel: Courriel): Promise<{ id: string }>
}

const zPayload = z.object({
  id: zId<'Courriel'>(),
  organisme: zId<'Organisme'>().nullable(),
  a: z.string(),
  objet: z.string(),
  texte: z.string(),
})

/** One line, without control characters: a header is never continued by what a person typed. */
const uneLigne = (t: string) =>
  t
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200)

const ADRESSE = /^[^\s<>(),;:"[\]]+@[^\s<>(),;:"[\]@]+$/

export function createCourrier(
  base: Base,
  expediteur: Expediteur,
  options: { jobs: () => Jobs; adressePublique: string },
): Courrier {
  const type = defineJob(
    'courriel.envoyer',
    zPayload,
    async ({ organisme, ...message }) => {
      if (organisme && (await readEtat(base, organisme, message.id)) === 'envoye') return
      try {
        await expediteur.send(message)
      } catch (e) {
        if (organisme) await noteEtat(base, organisme, message.id, e instanceof Error ? e.message : String(e))
        throw e
      }
      if (organisme) await noteEtat(base, organisme, message.id, null)
    },
    { essais: 8, simultanes: 2 },
  )

  async function queue(tx: Tx, organisme: string | null, c: Courriel) {
    if (!ADRESSE.test(c.a)) throw new Error(`not a mail address: ${c.a}`)
    const id = newId<'Courriel'>()
    const message = { id, a: c.a, objet: uneLigne(c.objet), texte: c.texte }
    if (organisme)
      await tx
        .insertInto('app.courriel')
        .values({
          organisme_id: organisme,
          id,
          motif: c.motif,
          sujet: c.sujet ?? '',
          destinataire: c.a,
          objet: message.objet,
          texte: c.texte,
          etat: 'attente',
          erreur: null,
          demande_par: c.par ?? 'Bosquet',
          envoye_le: null,
        })
        .execute()
    await options.jobs().enqueue(tx, type, { ...message, organisme })
    return { id }
  }

  return {
    moyen: expediteur.moyen,
    lien: (chemin) => new URL(chemin, options.adressePublique).href,
    type,
    sendPourOrganisme: queue,
    sendPersonnel: (tx, c) => queue(tx, null, c),
  }
}

const readEtat = (base: Base, organisme: string, id: string) =>
  inOrganisme(base, organisme, async (tx) => {
    const row = await tx.selectFrom('app.courriel').select('etat').where('id', '=', id).executeTakeFirst()
    return row?.etat
  })

const noteEtat = (base: Base, organisme: string, id: string, erreur: string | null) =>
  inOrganisme(base, organisme, (tx) =>
    tx
      .updateTable('app.courriel')
      .set(erreur === null ? { etat: 'envoye', erreur: null, envoye_le: sql<Date>`now()` } : { etat: 'echec', erreur })
      .where('id', '=', id)
      .execute(),
  )

export type CourrielEnvoye = {
  id: string
  motif: string
  destinataire: string
  objet: string
  texte: string
  etat: 'attente' | 'envoye' | 'echec'
  erreur: string | null
  demande_le: Date
  demande_par: string
  envoye_le: Date | null
}

/** The mails of one page, the latest first: `motif` is a prefix (`paie.`). */
export const listCourriels = (tx: Tx, motif: string, sujet: string): Promise<CourrielEnvoye[]> =>
  tx
    .selectFrom('app.courriel')
    .select([
      'id',
      'motif',
      'destinataire',
      'objet',
      'texte',
      'etat',
      'erreur',
      'demande_le',
      'demande_par',
      'envoye_le',
    ])
    .where('motif', 'like', `${motif}%`)
    .where('sujet', '=', sujet)
    .orderBy('demande_le', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
