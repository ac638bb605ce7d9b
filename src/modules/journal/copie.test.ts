import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { inOrganisme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { copierJournaux } from './actions/copier.ts'
import { createControle } from './domain/controle.ts'
import { SECRETAIRE } from './essai/personnes.ts'
import { inscrire } from './index.ts'

const base = await baseDEssai()
const [agence, commune] = [newId<'Organisme'>(), newId<'Organisme'>()]
await organismeDEssai(base, { id: agence, type: 'agence' })
await organismeDEssai(base, { id: commune })
const ecrire = (organisme: string, combien: number) =>
  inOrganisme(base, organisme, async (tx) => {
    for (let i = 0; i < combien; i++) await inscrire(tx, organisme, SECRETAIRE, { acte: 'agent.modifier' })
  })

/** The other machine: keeps what it is given, when it wants to. */
type Ligne = { organisme: string; numero: number; evenement: string; empreinte: string }
const recues: Ligne[] = []
const autorisations: (string | undefined)[] = []
let statut = 204
const autre = createServer((request, reply) => {
  let texte = ''
  request.on('data', (d) => {
    texte += d
  })
  request.on('end', () => {
    autorisations.push(request.headers.authorization)
    if (statut < 300)
      recues.push(
        ...texte
          .trim()
          .split('\n')
          .map((l) => JSON.parse(l) as Ligne),
      )
    reply.writeHead(statut).end()
  })
})
await new Promise<void>((r) => autre.listen(0, '127.0.0.1', r))
const adresse = `http://bosquet:s%C3%A9same@127.0.0.1:${(autre.address() as AddressInfo).port}/journal`
afterAll(async () => {
  autre.close()
  await base.close()
})

test('every entry leaves once, in order, and the copy is a chain that can be verified by itself', async () => {
  await ecrire(commune, 3)
  await ecrire(agence, 2)
  expect(await copierJournaux(base, adresse)).toBe(5)
  expect(await copierJournaux(base, adresse)).toBe(0)
  await ecrire(commune, 2)
  expect(await copierJournaux(base, adresse)).toBe(2)
  const controle = createControle(commune)
  for (const l of recues.filter((x) => x.organisme === commune)) {
    const e = JSON.parse(l.evenement)
    const colonnes = JSON.stringify([e.le, e.acte, e.qui.nom, e.qui.personne, null])
    controle.read({ ...l, colonnes }, new Set())
  }
  expect([controle.derniere.numero, controle.ruptures]).toEqual([5, []])
  expect(new Set(autorisations)).toEqual(new Set([`Basic ${Buffer.from('bosquet:sésame').toString('base64')}`]))
})

test('a machine that refuses loses nothing: what it did not take is sent again', async () => {
  await ecrire(commune, 600)
  statut = 503
  await expect(copierJournaux(base, adresse)).rejects.toThrow('503')
  statut = 204
  expect(await copierJournaux(base, adresse)).toBe(600)
  const numeros = recues.filter((l) => l.organisme === commune).map((l) => l.numero)
  expect(numeros).toEqual(Array.from({ length: 605 }, (_, i) => i + 1))
})
