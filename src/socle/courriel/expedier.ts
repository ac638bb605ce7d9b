import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'

/** A message ready to leave: plain text, which every reader shows and no filter suspects. */
export type Message = { id: string; a: string; objet: string; texte: string }

/** How mail leaves this installation. */
export type Expediteur = {
  readonly moyen: 'smtp' | 'dossier'
  send(message: Message): Promise<void>
  close(): void
}

export type ReglagesCourriel = {
  /** `smtp://…` or `smtps://user:password@host:465` */
  smtpUrl: string | undefined
  /** « Agence <paie@agence.example> » */
  de: string
}

const envelope = (de: string, m: Message) => ({
  from: de,
  to: m.a,
  subject: m.objet,
  text: m.texte,
  // the same job taken twice sends the same message: mailboxes and people recognise it
  messageId: `<${m.id}@${/@([^>\s]+)/.exec(de)?.[1] ?? 'bosquet.invalid'}>`,
  // no vacation answers to a machine
  headers: { 'Auto-Submitted': 'auto-generated' },
})

/**
 * By SMTP when a server is set; otherwise each message is written as the `.eml` file that would have left,
 * in a folder that any mail reader opens.
 */
export function openExpediteur(reglages: ReglagesCourriel, dossier: string): Expediteur {
  if (reglages.smtpUrl) {
    const transport = createTransport({
      url: reglages.smtpUrl,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return {
      moyen: 'smtp',
      async send(m) {
        await transport.sendMail(envelope(reglages.de, m))
      },
      close: () => transport.close(),
    }
  }
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    moyen: 'dossier',
    async send(m) {
      const { message } = await transport.sendMail(envelope(reglages.de, m))
      mkdirSync(dossier, { recursive: true, mode: 0o700 })
      const fichier = join(dossier, `${m.id}.eml`)
      // a reader never sees half a message
      writeFileSync(`${fichier}.part`, message as Buffer, { mode: 0o600 })
      renameSync(`${fichier}.part`, fichier)
    },
    close: () => transport.close(),
  }
}
