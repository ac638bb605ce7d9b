import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, expect, test } from 'vitest'
import { inPlateforme } from '#socle/db/base.ts'
import { openSecrets } from '#socle/secrets.ts'
import { openMaison } from './essais/maison.ts'
import { resealSecrets } from './index.ts'

const maison = await openMaison()
afterAll(() => maison.fermer())

test('under another key every secret is sealed again, and opens as before', async () => {
  const { base, services } = maison
  await maison.embaucher('marie', 'deposant')
  const n = maison.ouvrirNavigateur()
  await n.connecter('marie')
  const f = (await n.ask('POST', '/api/acces/second-facteur/applications', { nom: 'Téléphone' })).json()
  const seed = f.secret.replaceAll(' ', '')
  await inPlateforme(base, async (tx) => {
    await tx
      .insertInto('app.acces_fournisseur')
      .values({
        nature: 'proconnect',
        emetteur: 'https://x',
        client_id: 'x',
        secret: services.secrets.seal('secret du client', 'acces_fournisseur/proconnect'),
        niveaux: [],
        userinfo_signe: false,
        est_actif: false,
        modifie_par_nom: 'essai',
      })
      .execute()
    const { id } = await tx.selectFrom('app.acces_session').select('id').executeTakeFirstOrThrow()
    await tx
      .updateTable('app.acces_session')
      .set({ jeton_identite: services.secrets.seal('jeton', `session/${id}`) })
      .execute()
  })
  const neuve = openSecrets(randomBytes(32))
  const lus = await inPlateforme(base, async (tx) => {
    expect(await resealSecrets(tx, services.secrets, neuve)).toBe(3)
    return {
      facteur: await tx.selectFrom('app.acces_facteur').select(['id', 'secret']).executeTakeFirstOrThrow(),
      fournisseur: await tx.selectFrom('app.acces_fournisseur').select('secret').executeTakeFirstOrThrow(),
      session: await tx.selectFrom('app.acces_session').select(['id', 'jeton_identite']).executeTakeFirstOrThrow(),
    }
  })
  const rouvert = neuve.open(lus.facteur.secret!, `acces_facteur/${lus.facteur.id}`)
  expect(new TOTP({ secret: Secret.fromBase32(rouvert) }).generate()).toBe(
    new TOTP({ secret: Secret.fromBase32(seed) }).generate(),
  )
  expect(neuve.open(lus.fournisseur.secret, 'acces_fournisseur/proconnect')).toBe('secret du client')
  expect(neuve.open(lus.session.jeton_identite!, `session/${lus.session.id}`)).toBe('jeton')
})

test('whoever seals a secret has it sealed again: a new place is added to resceller.ts, then here', () => {
  const src = resolve(import.meta.dirname, '../..')
  const qui = globSync('**/*.ts', { cwd: src })
    .filter((f) => !/\.test\.ts$/.test(f) && /\.seal\(/.test(readFileSync(resolve(src, f), 'utf8')))
    .map((f) => f.replaceAll('\\', '/'))
  expect(qui.sort()).toEqual([
    'modules/acces/actions/resceller.ts',
    'modules/acces/actions/second-facteur.ts',
    'modules/acces/federation/aller-retour.ts',
    'modules/acces/federation/demonstration.ts',
    'modules/acces/federation/http.ts',
  ])
})
