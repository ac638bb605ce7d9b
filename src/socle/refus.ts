/**
 * A request that the trade or the law refuses, for one reason. The throw rolls the transaction back;
 * `socle/http` turns it into a problem reply (RFC 9457) with the French message.
 */
export class Refus extends Error {
  readonly code: string
  readonly status: number
  /** Fields at fault, as in the contract: the screen shows each message at its field. */
  readonly champs: Record<string, string> | undefined

  constructor(
    code: string,
    message: string,
    { status = 409, champs }: { status?: number; champs?: Record<string, string> } = {},
  ) {
    super(message)
    this.name = 'Refus'
    this.code = code
    this.status = status
    this.champs = champs
  }
}

/** 404: the thing does not exist, or not for this body; the two are never told apart. */
export const introuvable = (quoi = 'Cette page') =>
  new Refus('introuvable', `${quoi} n’existe pas, ou n’est pas dans cet organisme.`, { status: 404 })

/** One finding of a control, which finds all of them at once and does not throw. */
export type Anomalie = {
  code: string
  message: string
  /** Where: a field, a line, an agent. */
  lieu?: string
  /** How to mend it. */
  conseil?: string
  bloquante: boolean
}
