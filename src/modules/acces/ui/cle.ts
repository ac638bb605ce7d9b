import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { appeler } from '#ui'
import {
  connecterParCle,
  defierCle,
  defierConnexion,
  defierInscriptionCle,
  inscrireCle,
  type SessionLue,
} from '../contract.ts'

/** Browsers make passkeys for a site that has a name, on HTTPS or on this very machine. */
export const clesPossibles = (): boolean =>
  window.isSecureContext && 'credentials' in navigator && !/^[\d.]+$|:/.test(window.location.hostname)

/** What the browser says when the person gives up, in her words. */
export function messageDeCle(e: unknown): string {
  const nom = (e as Error).name
  if (nom === 'NotAllowedError') return 'La clé n’a pas répondu, ou vous avez annulé. Rien n’a changé.'
  if (nom === 'InvalidStateError') return 'Cette clé est déjà inscrite sur votre compte.'
  return (e as Error).message
}

type Options = Parameters<typeof startAuthentication>[0]['optionsJSON']
type OptionsInscription = Parameters<typeof startRegistration>[0]['optionsJSON']

export async function prouverCle(): Promise<Record<string, unknown>> {
  const options = await appeler(defierCle, {}, { connexion: true })
  return { ...(await startAuthentication({ optionsJSON: options as unknown as Options })) }
}

export async function inscrireUneCle(nom: string): Promise<{ codesSecours: string[] | null }> {
  const options = await appeler(defierInscriptionCle, {})
  const reponse = await startRegistration({ optionsJSON: options as unknown as OptionsInscription })
  return appeler(inscrireCle, { body: { nom, reponse: { ...reponse } } })
}

/** Without a password: the device proposes the accounts that it knows here, and checks who holds it. */
export async function entrerParCle(postePartage: boolean): Promise<SessionLue> {
  const options = await appeler(defierConnexion, {}, { connexion: true })
  const reponse = await startAuthentication({ optionsJSON: options as unknown as Options })
  return appeler(connecterParCle, { body: { reponse: { ...reponse }, postePartage } }, { connexion: true })
}
