import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { inscrireAgence } from '#modules/journal/index.ts'
import { type Base, inPlateforme, type Tx } from '#socle/db/base.ts'
import type { Compte } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import { listFacteurs } from '../db/facteurs.ts'
import { ESSAIS_VERROU, estVerrouillee } from '../domain/verrou.ts'
import { checkCle, type Site } from './cles.ts'
import { hashMotDePasse, verifyMotDePasse } from './connexion.ts'

export async function readVerrou(tx: Tx, qui: Compte) {
  const s = await tx
    .selectFrom('app.acces_session as s')
    .innerJoin('app.acces_compte as c', 'c.id', 's.compte_id')
    .select(['s.verrouillee_le', 's.active_le', 's.verrou_minutes', 'c.code_verrou', 'c.empreinte'])
    .where('s.id', '=', qui.sessionId)
    .executeTakeFirstOrThrow()
  const cle = (await listFacteurs(tx, qui.compteId)).some((f) => f.nature === 'cle')
  return {
    verrouillee: estVerrouillee(
      { verrouilleeLe: s.verrouillee_le, activeLe: s.active_le, verrouMinutes: s.verrou_minutes },
      Date.now(),
    ),
    minutes: s.verrou_minutes,
    codeVerrou: s.code_verrou,
    empreinte: s.empreinte,
    moyens: [...(s.code_verrou ? ['code' as const] : []), ...(cle ? ['cle' as const] : []), 'motDePasse' as const],
  }
}

export async function lockSession(tx: Tx, qui: Compte): Promise<void> {
  await tx
    .updateTable('app.acces_session')
    .set({ verrouillee_le: new Date() })
    .where('id', '=', qui.sessionId)
    .where('verrouillee_le', 'is', null)
    .execute()
  await inscrireAgence(tx, qui, { acte: 'session.verrouiller' })
}

export type Ouverture = { code: string } | { motDePasse: string } | { reponse: Record<string, unknown> }

/**
 * Opens a locked session by what its owner knows or holds. The tries are counted before they are checked, so that
 * many at once do not pass for one; after the last one the session is closed.
 */
export async function unlockSession(base: Base, site: Site, qui: Compte, ouverture: Ouverture): Promise<void> {
  const { verrou, essais } = await inPlateforme(base, async (tx) => {
    const { essais_verrou } = await tx
      .updateTable('app.acces_session')
      .set((eb) => ({ essais_verrou: eb('essais_verrou', '+', 1) }))
      .where('id', '=', qui.sessionId)
      .returning('essais_verrou')
      .executeTakeFirstOrThrow()
    return { verrou: await readVerrou(tx, qui), essais: essais_verrou }
  })
  const juste = essais <= ESSAIS_VERROU && (await isJuste(base, site, qui, ouverture, verrou))
  await inPlateforme(base, async (tx) => {
    await tx
      .updateTable('app.acces_session')
      .set(
        juste
          ? { verrouillee_le: null, active_le: new Date(), essais_verrou: 0 }
          : essais >= ESSAIS_VERROU
            ? { revoquee_le: new Date() }
            : { verrouillee_le: new Date() },
      )
      .where('id', '=', qui.sessionId)
      .execute()
    if (juste) return inscrireAgence(tx, qui, { acte: 'session.deverrouiller' })
    await inscrireAgence(tx, qui, { acte: 'verrou.refuser', detail: { essai: essais } })
    if (essais >= ESSAIS_VERROU) await inscrireAgence(tx, qui, { acte: 'session.fermer', detail: { cause: 'essais' } })
  })
  if (juste) return
  if (essais >= ESSAIS_VERROU)
    throw new Refus('session.absente', 'Trop d’essais : la session est fermée. Connectez-vous de nouveau.', {
      status: 401,
    })
  const restants = ESSAIS_VERROU - essais
  const message = `Ce n’est pas le bon. Il reste ${restants} essai${restants > 1 ? 's' : ''} avant la fermeture de la session.`
  throw new Refus('verrou.incorrect', message, { status: 400 })
}

async function isJuste(
  base: Base,
  site: Site,
  qui: Compte,
  ouverture: Ouverture,
  verrou: { codeVerrou: string | null; empreinte: string },
): Promise<boolean> {
  if ('motDePasse' in ouverture) return verifyMotDePasse(verrou.empreinte, ouverture.motDePasse)
  if ('code' in ouverture) return verrou.codeVerrou !== null && verifyMotDePasse(verrou.codeVerrou, ouverture.code)
  return inPlateforme(base, (tx) =>
    checkCle(tx, qui, site, ouverture.reponse as unknown as AuthenticationResponseJSON, { personneVerifiee: true }),
  )
}

export async function changeCodeVerrou(base: Base, qui: Compte, code: string | null): Promise<void> {
  const code_verrou = code === null ? null : await hashMotDePasse(code)
  await inPlateforme(base, (tx) =>
    tx.updateTable('app.acces_compte').set({ code_verrou }).where('id', '=', qui.compteId).execute(),
  )
}
