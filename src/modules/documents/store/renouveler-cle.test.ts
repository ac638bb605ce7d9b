import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inPlateforme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { openSecrets } from '#socle/secrets.ts'
import { organisme, type Proprietaire, personne } from '../domain/scellement.ts'
import { openCleMaitre } from './cle-maitre.ts'
import { openDepot } from './depot.ts'
import { renewCleMaitre, settleCleMaitre } from './renouveler-cle.ts'

const base = await baseDEssai()
// one installation for all: a key of the database is never removed
const donnees = mkdtempSync(join(tmpdir(), 'bosquet-renouveler-'))
afterAll(async () => {
  await base.close()
  rmSync(donnees, { recursive: true })
})
const ecrits = new Map<Proprietaire, { empreinte: string; octets: Buffer }>()
const PLACE = 'essai/1'
const resceller: Parameters<typeof renewCleMaitre>[2] = async (tx, ancienne, nouvelle) => {
  const row = await tx.selectFrom('app.acces_fournisseur').select('secret').executeTakeFirstOrThrow()
  await tx
    .updateTable('app.acces_fournisseur')
    .set({ secret: nouvelle.seal(ancienne.open(row.secret, PLACE), PLACE) })
    .execute()
  return 1
}
let inscrits = 0
const journaliser = async () => void inscrits++

beforeEach(async () => {
  const { secret: cleMaitre } = openCleMaitre(donnees)
  const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre, seul: true })
  ecrits.clear()
  inscrits = 0
  // a secret of a module, at its place
  const secret = openSecrets(cleMaitre).seal('JBSWY3DPEHPK3PXP', PLACE)
  await inPlateforme(base, async (tx) => {
    for (const p of [organisme(newId()), personne(newId()), personne(newId())]) {
      const octets = Buffer.from(`un bulletin de ${p}`)
      ecrits.set(p, { octets, empreinte: (await depot.write(tx, p, octets)).empreinte })
    }
    await tx.deleteFrom('app.acces_fournisseur').execute()
    await tx
      .insertInto('app.acces_fournisseur')
      .values({
        nature: 'proconnect',
        emetteur: 'https://x',
        client_id: 'x',
        secret,
        niveaux: [],
        userinfo_signe: false,
        est_actif: false,
        modifie_par_nom: 'essai',
      })
      .execute()
  })
})
/** A start of Bosquet, in another process: everything is read from the disk and the database again. */
async function demarrer() {
  await settleCleMaitre(base, donnees)
  const { secret: cleMaitre } = openCleMaitre(donnees)
  const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre, seul: true })
  const lus = await inPlateforme(base, async (tx) => {
    for (const [p, e] of ecrits) expect(await depot.read(tx, p, e.empreinte)).toEqual(e.octets)
    return tx.selectFrom('app.acces_fournisseur').select('secret').executeTakeFirstOrThrow()
  })
  expect(openSecrets(cleMaitre).open(lus.secret, PLACE)).toBe('JBSWY3DPEHPK3PXP')
  return { cle: readFileSync(join(donnees, 'cle-maitre'), 'utf8'), depot }
}
const fichiers = () => readdirSync(donnees).filter((f) => f.startsWith('cle-maitre'))

test('another key opens everything, the old one nothing any more, and no sealed file has changed', async () => {
  const avant = await demarrer()
  const [p, e] = [...ecrits][0]!
  const scelle = () =>
    readFileSync(join(donnees, 'documents', p.replace(':', '/'), e.empreinte.slice(0, 2), e.empreinte))
  const octets = scelle()
  const r = await renewCleMaitre(base, donnees, resceller, journaliser)
  expect([r.secrets, inscrits]).toEqual([1, 1])
  const apres = await demarrer()
  expect(apres.cle).not.toBe(avant.cle)
  expect(scelle()).toEqual(octets)
  expect(fichiers().sort()).toEqual(['cle-maitre', expect.stringMatching(/^cle-maitre\.ancienne-[0-9a-f]{8}$/)])
  // the old file put back is refused by name, and a process that still holds it makes no key
  await expect(
    inPlateforme(base, (tx) => avant.depot.write(tx, organisme(newId()), Buffer.from('x'))),
  ).rejects.toMatchObject({ code: 'depot.cleMaitre' })
  writeFileSync(join(donnees, 'cle-maitre'), avant.cle)
  await expect(demarrer()).rejects.toMatchObject({ code: 'depot.cleMaitre' })
  writeFileSync(join(donnees, 'cle-maitre'), apres.cle)
})

test.each(['cle', 'enveloppes', 'base', 'temoin', 'ancienne'] as const)(
  'cut after « %s », everything still opens, and asked again it goes to its end',
  async (coupure) => {
    const avant = await demarrer()
    const cut = renewCleMaitre(base, donnees, resceller, journaliser, (etape) => {
      if (etape === coupure) throw new Error('killed')
    })
    await expect(cut).rejects.toThrow('killed')
    const { cle } = await demarrer()
    // kept by the database or not at all: never half
    expect(cle === avant.cle).toBe(coupure === 'cle' || coupure === 'enveloppes')
    await renewCleMaitre(base, donnees, resceller, journaliser)
    expect((await demarrer()).cle).not.toBe(avant.cle)
    expect(fichiers()).not.toContain('cle-maitre.nouvelle')
  },
)
