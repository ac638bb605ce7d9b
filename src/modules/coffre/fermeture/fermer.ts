import { sql } from 'kysely'
import { writeAuTitulaire } from '#modules/acces/index.ts'
import { type Depot, personne } from '#modules/documents/index.ts'
import { inscrireAgence } from '#modules/journal/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { type Base, inPersonne, inPlateforme, type Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { noteActe, type Titulaire } from '../db/journal.ts'
import { DELAI_JOURS } from './contract.ts'
import { findFermeture } from './etat.ts'

export type ServicesFermeture = { base: Base; depot: Depot; courrier: Courrier }

const RAPPEL_JOURS = 7
const REGARD_MS = 6 * 3600_000
const enClair = (d: Date) => new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' }).format(d)

export async function readFermeture(tx: Tx, personneId: string) {
  const f = await findFermeture(tx, personneId)
  const { documents } = await tx
    .selectFrom('app.coffre_objet')
    .select((eb) => eb.fn.countAll<number>().as('documents'))
    .where('personne_id', '=', personneId)
    .executeTakeFirstOrThrow()
  const { exporte } = await tx
    .selectFrom('app.coffre_journal')
    .select((eb) => eb.fn.max('fait_le').as('exporte'))
    .where('personne_id', '=', personneId)
    .where('acte', '=', 'exporter')
    .executeTakeFirstOrThrow()
  return {
    etat: !f ? ('ouvert' as const) : f.faite_le ? ('ferme' as const) : ('demandee' as const),
    demandeeLe: f?.demandee_le.toISOString() ?? null,
    prevueLe: f?.prevue_le?.toISOString() ?? null,
    faiteLe: f?.faite_le?.toISOString() ?? null,
    documents: Number(documents),
    exporteLe: exporte?.toISOString() ?? null,
  }
}

/** Asked twice, it keeps its first date. */
export async function askFermeture(tx: Tx, courrier: Courrier, qui: Titulaire, id: string): Promise<void> {
  const done = await tx
    .insertInto('app.coffre_fermeture')
    .values({
      personne_id: qui.personneId,
      id,
      origine: 'titulaire',
      prevue_le: sql<Date>`now() + make_interval(days => ${DELAI_JOURS})`,
    })
    .onConflict((c) => c.doNothing())
    .returning('prevue_le')
    .executeTakeFirst()
  if (!done) return
  await noteActe(tx, qui, { acte: 'demanderFermeture' })
  await writeAuTitulaire(tx, courrier, qui.personneId, {
    objet: 'La fermeture de votre coffre Bosquet est demandée',
    texte: `Vous avez demandé la fermeture de votre coffre. Le ${enClair(done.prevue_le!)}, tous ses documents seront supprimés, sans retour possible.\n\nD’ici là, téléchargez-les tous en une fois, ou changez d’avis :\n${courrier.lien('/coffre/fermeture')}\n\nSi ce n’est pas vous, annulez la demande par ce lien et changez votre mot de passe.`,
    motif: 'coffre.fermeture',
  })
  await inscrireAgence(tx, qui, { acte: 'coffre.demanderFermeture', objet: { type: 'personne', id: qui.personneId } })
}

export async function cancelFermeture(tx: Tx, courrier: Courrier, qui: Titulaire): Promise<void> {
  const done = await tx
    .updateTable('app.coffre_fermeture')
    .set({ annulee_le: new Date() })
    .where('personne_id', '=', qui.personneId)
    .where('origine', '=', 'titulaire')
    .where('annulee_le', 'is', null)
    .where('faite_le', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!done) throw new Refus('fermeture.aucune', 'Aucune fermeture n’attend : votre coffre est ouvert, ou déjà fermé.')
  await noteActe(tx, qui, { acte: 'annulerFermeture' })
  await writeAuTitulaire(tx, courrier, qui.personneId, {
    objet: 'Votre coffre Bosquet reste ouvert',
    texte: `La fermeture de votre coffre est annulée : vos documents y restent.\n${courrier.lien('/coffre')}`,
    motif: 'coffre.fermeture',
  })
  await inscrireAgence(tx, qui, { acte: 'coffre.annulerFermeture', objet: { type: 'personne', id: qui.personneId } })
}

const BOSQUET = 'Fermeture du coffre'

/** One reminder, a week before the day. */
async function remind(s: ServicesFermeture, personneId: string): Promise<void> {
  await inPersonne(s.base, personneId, async (tx) => {
    const f = await tx
      .updateTable('app.coffre_fermeture')
      .set({ rappelee_le: new Date() })
      .where('personne_id', '=', personneId)
      .where('annulee_le', 'is', null)
      .where('faite_le', 'is', null)
      .where('rappelee_le', 'is', null)
      .where('origine', '=', 'titulaire')
      .returning('prevue_le')
      .executeTakeFirst()
    if (!f?.prevue_le) return
    await noteActe(tx, { personneId, nom: BOSQUET }, { acte: 'rappeler' })
    await writeAuTitulaire(tx, s.courrier, personneId, {
      objet: 'Votre coffre Bosquet ferme bientôt',
      texte: `Votre coffre sera fermé le ${enClair(f.prevue_le)} et ses documents supprimés. Pour les télécharger, ou pour garder le coffre :\n${s.courrier.lien('/coffre/fermeture')}`,
      motif: 'coffre.fermeture',
    })
  })
}

/**
 * The key goes with the rows, in one transaction: from then on nothing opens what is left on the disk, which is removed
 * next. Cut in between, the next look goes on.
 */
async function close(s: ServicesFermeture, personneId: string): Promise<void> {
  const moi = personne(personneId)
  const qui = { personneId, nom: BOSQUET }
  const ferme = await inPersonne(s.base, personneId, async (tx) => {
    // the holder may cancel at this very moment: whoever locks the row first decides
    const f = await tx
      .updateTable('app.coffre_fermeture')
      .set({ faite_le: sql<Date>`now()` })
      .where('personne_id', '=', personneId)
      .where('annulee_le', 'is', null)
      .where('faite_le', 'is', null)
      .where('prevue_le', '<=', sql<Date>`now()`)
      .returning('origine')
      .executeTakeFirst()
    if (!f) return (await findFermeture(tx, personneId))?.faite_le != null
    const supprimes = await tx.deleteFrom('app.coffre_objet').where('personne_id', '=', personneId).executeTakeFirst()
    const nombre = Number(supprimes.numDeletedRows)
    await s.depot.destroyCle(tx, moi)
    await noteActe(tx, qui, { acte: 'fermer', nombre })
    if (f.origine === 'titulaire')
      await writeAuTitulaire(tx, s.courrier, personneId, {
        objet: 'Votre coffre Bosquet est fermé',
        texte:
          'Votre coffre est fermé et ses documents sont supprimés. Vos employeurs vous remettront désormais vos bulletins sur papier ; chacun garde son double et le reçu de ses dépôts.',
        motif: 'coffre.fermeture',
      })
    await inscrireAgence(
      tx,
      { personneId: null, nom: BOSQUET },
      {
        acte: 'coffre.fermer',
        objet: { type: 'personne', id: personneId },
        detail: { documents: nombre, origine: f.origine },
      },
    )
    return true
  })
  if (!ferme) return
  for await (const empreinte of s.depot.list(moi)) await s.depot.remove(moi, empreinte)
  await inPersonne(s.base, personneId, (tx) =>
    tx
      .updateTable('app.coffre_fermeture')
      .set({ effacee_le: new Date() })
      .where('personne_id', '=', personneId)
      .where('faite_le', 'is not', null)
      .execute(),
  )
}

/** Reminds and closes what is due; gives how many safes were closed. */
export async function runFermetures(s: ServicesFermeture): Promise<number> {
  const dues = await inPlateforme(s.base, (tx) =>
    tx
      .selectFrom('app.coffre_fermeture')
      .select(['personne_id', sql<boolean>`prevue_le <= now()`.as('due')])
      .where('annulee_le', 'is', null)
      .where('effacee_le', 'is', null)
      .where('prevue_le', '<=', sql<Date>`now() + make_interval(days => ${RAPPEL_JOURS})`)
      .where((eb) =>
        eb.or([
          eb('prevue_le', '<=', sql<Date>`now()`),
          // nobody is left to be reminded of the safe of a dead person
          eb.and([eb('rappelee_le', 'is', null), eb('origine', '=', 'titulaire')]),
        ]),
      )
      .execute(),
  )
  for (const d of dues) await (d.due ? close(s, d.personne_id) : remind(s, d.personne_id))
  return dues.filter((d) => d.due).length
}

/** Looks several times a day, from a process that takes the jobs. */
export function startFermetures(s: ServicesFermeture): { stop(): void } {
  const look = () =>
    runFermetures(s).catch((error: unknown) =>
      console.error('[coffre]', error instanceof Error ? error.message : error),
    )
  void look()
  const timer = setInterval(look, REGARD_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
