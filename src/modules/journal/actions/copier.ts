import '../db/tables.ts'
import { listOrganismes } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Base, inOrganisme, inPlateforme, type Tx } from '#socle/db/base.ts'

const AUCUN = '00000000-0000-7000-8000-000000000000'
const LOT = 500
const ATTENTE_MS = 15_000

/** The next entries of this body that were not sent, a batch at most. */
const listAEnvoyer = (tx: Tx) =>
  tx
    .selectFrom('app.journal_ecriture as e')
    .select(['e.numero', 'e.evenement', 'e.empreinte'])
    .where('e.numero', '>', (q) =>
      q.selectFrom('app.journal_copie').select((eb) => eb.fn.coalesce(eb.fn.max('numero'), eb.lit(0)).as('n')),
    )
    .orderBy('e.numero')
    .limit(LOT)
    .execute()

async function poster(adresse: string, lignes: readonly object[]): Promise<void> {
  const url = new URL(adresse)
  const entetes: Record<string, string> = { 'content-type': 'application/x-ndjson' }
  if (url.username)
    entetes.authorization = `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`
  url.username = ''
  url.password = ''
  const reply = await fetch(url, {
    method: 'POST',
    headers: entetes,
    body: lignes.map((l) => `${JSON.stringify(l)}\n`).join(''),
    redirect: 'error',
    signal: AbortSignal.timeout(ATTENTE_MS),
  })
  if (!reply.ok) throw new Error(`journal copy: HTTP ${reply.status}`)
}

/**
 * Sends what is new in every journal to another machine, which keeps it out of reach of whoever holds this one. Each line
 * is the entry as it was hashed, so the copy is verified like the chain. Cut, it goes on from what was accepted; the same
 * line may come twice, and has its number. Gives how many entries left.
 */
export async function copierJournaux(base: Base, adresse: string): Promise<number> {
  const aEnvoyer = await inPlateforme(base, async (tx) => {
    const ids: string[] = []
    for (const { id } of await listOrganismes(tx))
      if ((await alsoInOrganisme(tx, { dans: id, retour: AUCUN }, listAEnvoyer)).length > 0) ids.push(id)
    return ids
  })
  let envoyees = 0
  for (const organisme of aEnvoyer)
    for (;;) {
      const lot = await inOrganisme(base, organisme, listAEnvoyer)
      const derniere = lot.at(-1)
      if (!derniere) break
      await poster(
        adresse,
        lot.map((e) => ({ organisme, ...e })),
      )
      await inOrganisme(base, organisme, (tx) =>
        tx
          .insertInto('app.journal_copie')
          .values({ organisme_id: organisme, numero: derniere.numero })
          .onConflict((c) => c.column('organisme_id').doUpdateSet({ numero: derniere.numero, le: new Date() }))
          .execute(),
      )
      envoyees += lot.length
    }
  return envoyees
}
