import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { createJobs, type Jobs } from '#socle/jobs/jobs.ts'
import { createCourrier, listCourriels } from './courriel.ts'
import { type Expediteur, openExpediteur } from './expedier.ts'

const base = await baseDEssai()
const dossier = mkdtempSync(join(tmpdir(), 'courriels-'))
const organisme = newId<'Organisme'>()
const DE = 'Paie de l’agence <paie@agence.example>'

let panne = 0
const reel = openExpediteur({ smtpUrl: undefined, de: DE }, dossier)
/** Refuses as many messages as `panne` says, as a server that is down would. */
const expediteur: Expediteur = {
  ...reel,
  async send(m) {
    if (panne-- > 0) throw new Error('421 serveur indisponible')
    await reel.send(m)
  },
}
let jobs: Jobs
const courrier = createCourrier(base, expediteur, {
  jobs: () => jobs,
  adressePublique: 'https://paie.agence.example',
})

beforeAll(async () => {
  jobs = await createJobs(base, [courrier.type])
  await organismeDEssai(base, { id: organisme, nom: 'Mairie' })
  await jobs.work()
})
afterAll(async () => {
  await jobs.stop()
  await base.close()
  rmSync(dossier, { recursive: true, force: true })
})

const lus = () => inOrganisme(base, organisme, (tx) => listCourriels(tx, 'paie.', '2025-11'))
async function until(condition: () => Promise<boolean> | boolean) {
  for (let i = 0; i < 400; i++) {
    if (await condition()) return
    await new Promise((r) => setTimeout(r, 50))
  }
  throw new Error('not reached')
}

test('a mail of a body leaves after its fact, once, and leaves its trace', async () => {
  await inOrganisme(base, organisme, (tx) =>
    courrier.sendPourOrganisme(tx, organisme, {
      a: 'mairie@commune.example',
      objet: 'Pièces attendues\r\nBcc: tous@ailleurs.example',
      texte: `Bonjour,\n\nIl manque deux pièces : ${courrier.lien('/o/214000416/paie')}`,
      motif: 'paie.relance',
      sujet: '2025-11',
      par: 'Zoé Béarn',
    }),
  )
  await until(async () => (await lus())[0]?.etat === 'envoye')
  const [fichier, ...autres] = readdirSync(dossier)
  expect(autres).toEqual([])
  const eml = readFileSync(join(dossier, fichier!), 'utf8')
  expect(eml).toMatch(/^To: mairie@commune\.example\r$/m)
  expect(eml).not.toMatch(/^Bcc:/m)
  expect(eml).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect((await lus())[0]).toMatchObject({ demande_par: 'Zoé Béarn', erreur: null, motif: 'paie.relance' })
})

test('what is rolled back is not sent', async () => {
  await expect(
    inOrganisme(base, organisme, async (tx) => {
      await courrier.sendPourOrganisme(tx, organisme, { a: 'a@b.example', objet: 'o', texte: 't', motif: 'paie.x' })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await inOrganisme(base, organisme, (tx) => listCourriels(tx, 'paie.x', ''))).toEqual([])
})

test('a server that is down is tried again, and the trace says what it answered', async () => {
  panne = 1
  await inOrganisme(base, organisme, (tx) =>
    courrier.sendPourOrganisme(tx, organisme, {
      a: 'mairie@commune.example',
      objet: 'Rappel',
      texte: 'Bonjour',
      motif: 'paie.relance',
      sujet: '2025-11',
    }),
  )
  await until(async () => (await lus())[0]?.etat === 'echec')
  expect((await lus())[0]?.erreur).toContain('421')
  await until(async () => (await lus())[0]?.etat === 'envoye')
  expect((await lus())[0]?.erreur).toBeNull()
})

test('a personal mail leaves no trace in the tables of a body', async () => {
  const avant = readdirSync(dossier).length
  await inPlateforme(base, (tx) =>
    courrier.sendPersonnel(tx, { a: 'agent@chez.example', objet: 'Mot de passe', texte: 'Lien', motif: 'acces.x' }),
  )
  await until(() => readdirSync(dossier).length === avant + 1)
  expect(await inOrganisme(base, organisme, (tx) => listCourriels(tx, 'acces.', ''))).toEqual([])
})

test('by SMTP, a server receives the same message', async () => {
  const recus: { de: string; a: string[]; corps: string }[] = []
  const serveur = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(flux, session, fini) {
      const morceaux: Buffer[] = []
      flux.on('data', (m: Buffer) => morceaux.push(m))
      flux.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        recus.push({
          de: mailFrom ? mailFrom.address : '',
          a: rcptTo.map((r) => r.address),
          corps: Buffer.concat(morceaux).toString(),
        })
        fini()
      })
    },
  })
  await new Promise<void>((r) => serveur.listen(0, '127.0.0.1', r))
  const { port } = serveur.server.address() as AddressInfo
  const smtp = openExpediteur({ smtpUrl: `smtp://127.0.0.1:${port}`, de: DE }, dossier)
  await smtp.send({ id: '0199', a: 'mairie@commune.example', objet: 'Pièces attendues', texte: 'Il manque un RIB.' })
  smtp.close()
  await new Promise<void>((r) => serveur.close(() => r()))
  expect(recus).toHaveLength(1)
  expect(recus[0]).toMatchObject({ de: 'paie@agence.example', a: ['mairie@commune.example'] })
  expect(recus[0]?.corps).toContain('Il manque un RIB.')
  expect(recus[0]?.corps).toContain('<0199@agence.example>')
})
