import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inPlateforme } from '#socle/db/base.ts'
import { writeInstallation } from '#socle/installation.ts'
import { codeSecoursOf, etatOf, normaliserCode } from './domain/second-facteur.ts'
import { createAuthentificateur } from './essais/authentificateur.ts'
import { openMaison } from './essais/maison.ts'
import { liftSecondFacteur } from './index.ts'

const maison = await openMaison()
afterAll(() => maison.fermer())
await maison.embaucher('marie', 'deposant')
await maison.embaucher('paul', 'deposant')
await maison.embaucher('agathe')

type Navigateur = ReturnType<typeof maison.ouvrirNavigateur>
const FACTEUR = '/api/acces/second-facteur'
beforeEach(async () => {
  // in the middle of a step: a code never changes between its making and its reading
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 })
  await inPlateforme(maison.base, (tx) => tx.deleteFrom('app.acces_frein').execute())
})
afterEach(() => void vi.useRealTimers())

const codeOf = (secret: string, decalage = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
    timestamp: Date.now() + decalage * 30_000,
  })

async function inscrire(n: Navigateur) {
  const { id, secret, qr } = (await n.ask('POST', `${FACTEUR}/applications`, { nom: 'Mon téléphone' })).json()
  expect(qr).toContain('<svg')
  // the period before, so that the current code is left for what follows
  const reply = await n.ask('POST', `${FACTEUR}/applications/${id}/confirmation`, { code: codeOf(secret, -1) })
  return { reply, secret: secret as string, codes: reply.json().codesSecours as string[] }
}

const paul = maison.ouvrirNavigateur()
let secret = ''
let codes: string[] = []

test('a right is not used by a password alone, and the refusal says what is missing', async () => {
  const { secondFacteur } = (await paul.connecter('paul')).json()
  expect(secondFacteur).toEqual({ etat: 'aInscrire', moyens: [], codeDemonstration: null })
  const refus = await paul.lirePaie()
  expect([refus.statusCode, refus.json().code]).toEqual([403, 'secondFacteur.requis'])
})

test('enrolling an application raises the session, gives the recovery codes once, and changes the cookie', async () => {
  const avant = paul.cookies().bosquet_session!
  const fait = await inscrire(paul)
  ;({ secret, codes } = fait)
  expect(fait.reply.statusCode).toBe(200)
  expect(codes).toHaveLength(10)
  expect(paul.cookies().bosquet_session).not.toBe(avant)
  expect((await paul.lirePaie()).statusCode).toBe(200)
  const vole = await maison.app.inject({ url: '/api/acces/session', cookies: { bosquet_session: avant } })
  expect(vole.statusCode).toBe(401)
})

test('once enrolled, the password alone opens neither the account nor the safe', async () => {
  const n = maison.ouvrirNavigateur()
  expect((await n.connecter('paul')).json().secondFacteur.etat).toBe('aDonner')
  for (const [verbe, url, corps] of [
    ['GET', '/api/acces/sessions', undefined],
    ['GET', FACTEUR, undefined],
    ['POST', `${FACTEUR}/applications`, { nom: 'voleur' }],
    ['POST', `${FACTEUR}/codes`, undefined],
    ['PUT', '/api/acces/mot-de-passe', { actuel: 'les pins chantent au vent', nouveau: 'une phrase de voleur' }],
  ] as const)
    expect([url, (await n.ask(verbe, url, corps)).json().code]).toEqual([url, 'secondFacteur.requis'])
})

test('a code serves once', async () => {
  const [a, b] = [maison.ouvrirNavigateur(), maison.ouvrirNavigateur()]
  await a.connecter('paul')
  await b.connecter('paul')
  const code = codeOf(secret)
  const deux = await Promise.all([a, b].map((n) => n.ask('POST', FACTEUR, { moyen: 'totp', code })))
  expect(deux.map((r) => r.statusCode).sort()).toEqual([200, 400])
})

test('an old code, or that of another seed, is refused', async () => {
  const n = maison.ouvrirNavigateur()
  await n.connecter('paul')
  for (const code of [codeOf(secret, -10), codeOf('JBSWY3DPEHPK3PXP')])
    expect((await n.ask('POST', FACTEUR, { moyen: 'totp', code })).statusCode).toBe(400)
})

test('a recovery code serves once, however it is typed', async () => {
  const n = maison.ouvrirNavigateur()
  await n.connecter('paul')
  const saisi = codes[0]!.toLowerCase().replaceAll('-', ' ')
  expect((await n.ask('POST', FACTEUR, { moyen: 'secours', code: saisi })).statusCode).toBe(200)
  const autre = maison.ouvrirNavigateur()
  await autre.connecter('paul')
  expect((await autre.ask('POST', FACTEUR, { moyen: 'secours', code: codes[0]! })).statusCode).toBe(400)
  expect((await n.ask('GET', FACTEUR)).json().codesRestants).toBe(9)
})

test('wrong codes are slowed, more and more', async () => {
  await maison.embaucher('essayeur', 'deposant')
  const n = maison.ouvrirNavigateur()
  await n.connecter('essayeur')
  const { secret: sien } = await inscrire(n)
  const voleur = maison.ouvrirNavigateur()
  await voleur.connecter('essayeur')
  for (let i = 0; i < 3; i++) await voleur.ask('POST', FACTEUR, { moyen: 'totp', code: '000000' })
  const juste = await voleur.ask('POST', FACTEUR, { moyen: 'totp', code: codeOf(sien) })
  expect(juste.statusCode).toBe(429)
})

test('what opens the account is changed only after a recent proof', async () => {
  const reply = await paul.ask('POST', `${FACTEUR}/codes`)
  expect(reply.json().codesSecours).toHaveLength(10)
  await inPlateforme(maison.base, (tx) =>
    tx
      .updateTable('app.acces_session')
      .set({ second_facteur_le: new Date(Date.now() - 3600_000) })
      .execute(),
  )
  expect((await paul.ask('POST', `${FACTEUR}/codes`)).json().code).toBe('secondFacteur.requis')
  // pay itself stays open
  expect((await paul.lirePaie()).statusCode).toBe(200)
})

test('a person without any right is offered a second factor, and asked for none', async () => {
  const n = maison.ouvrirNavigateur()
  expect((await n.connecter('agathe')).json().secondFacteur.etat).toBe('facultatif')
  expect((await n.ask('GET', '/api/acces/sessions')).statusCode).toBe(200)
})

test('a passkey is enrolled, then proves; its answer serves once and for this site only', async () => {
  const cle = createAuthentificateur('http://bosquet.test')
  const marie = maison.ouvrirNavigateur()
  await marie.connecter('marie')
  const options = (await marie.ask('POST', `${FACTEUR}/cles/defi`)).json()
  expect(options.rp.id).toBe('bosquet.test')
  const inscription = { nom: 'Empreinte', reponse: cle.inscrire(options) }
  expect((await marie.ask('POST', `${FACTEUR}/cles`, inscription)).json().codesSecours).toHaveLength(10)
  expect((await marie.lirePaie()).statusCode).toBe(200)

  const n = maison.ouvrirNavigateur()
  expect((await n.connecter('marie')).json().secondFacteur.moyens).toEqual(['cle', 'secours'])
  const defi = (await n.ask('POST', `${FACTEUR}/cles/verification/defi`)).json()
  const faux = createAuthentificateur('http://autre.test').prouver(defi)
  expect((await n.ask('POST', `${FACTEUR}/cles/verification`, { reponse: faux })).statusCode).toBe(400)
  const reponse = cle.prouver(defi)
  // the challenge was spent by the wrong answer
  expect((await n.ask('POST', `${FACTEUR}/cles/verification`, { reponse })).statusCode).toBe(400)
  const second = cle.prouver((await n.ask('POST', `${FACTEUR}/cles/verification/defi`)).json())
  expect((await n.ask('POST', `${FACTEUR}/cles/verification`, { reponse: second })).statusCode).toBe(200)
  expect((await n.lirePaie()).statusCode).toBe(200)
  expect((await n.ask('POST', `${FACTEUR}/cles/verification`, { reponse: second })).statusCode).toBe(400)
})

test('a passkey alone opens a session of both factors, once, and only if it has checked who holds it', async () => {
  const cle = createAuthentificateur('http://bosquet.test')
  await maison.embaucher('celine', 'deposant')
  const celine = maison.ouvrirNavigateur()
  await celine.connecter('celine')
  await celine.ask('POST', `${FACTEUR}/cles`, {
    nom: 'Téléphone',
    reponse: cle.inscrire((await celine.ask('POST', `${FACTEUR}/cles/defi`)).json()),
  })

  const n = maison.ouvrirNavigateur()
  const defi = async () => (await n.ask('POST', '/api/acces/connexion/cle/defi')).json()
  const entrer = (reponse: object) => n.ask('POST', '/api/acces/connexion/cle', { reponse })
  const premier = await defi()
  // whoever asks learns no account
  expect([premier.userVerification, premier.allowCredentials]).toEqual(['required', undefined])
  const touchee = await entrer(cle.prouver(premier, false))
  expect([touchee.statusCode, touchee.json().code]).toEqual([400, 'cle.refusee'])
  // that challenge is spent
  expect((await entrer(cle.prouver(premier))).statusCode).toBe(400)
  expect((await entrer(createAuthentificateur('http://bosquet.test').prouver(await defi()))).statusCode).toBe(400)
  expect((await entrer(cle.prouver({ ...(await defi()), challenge: 'aW52ZW50w6k' }))).statusCode).toBe(400)

  const reponse = cle.prouver(await defi())
  const entree = await entrer(reponse)
  expect(entree.json()).toMatchObject({ identifiant: 'celine@exemple.example', secondFacteur: { etat: 'fait' } })
  expect((await n.lirePaie()).statusCode).toBe(200)
  const autre = maison.ouvrirNavigateur()
  expect((await autre.ask('POST', '/api/acces/connexion/cle', { reponse })).statusCode).toBe(400)

  // a suspended account is not entered, in the same words
  await inPlateforme(maison.base, (tx) =>
    tx
      .updateTable('app.acces_compte')
      .set({ est_actif: false })
      .where('identifiant', '=', 'celine@exemple.example')
      .execute(),
  )
  expect((await entrer(cle.prouver(await defi()))).json().code).toBe('cle.refusee')
})

test('one removes his own factors, never those of another', async () => {
  const marie = maison.ouvrirNavigateur()
  await marie.connecter('marie')
  const [cible] = await inPlateforme(maison.base, (tx) =>
    tx.selectFrom('app.acces_facteur').select('id').where('nature', '=', 'totp').execute(),
  )
  const agathe = maison.ouvrirNavigateur()
  await agathe.connecter('agathe')
  expect((await agathe.ask('DELETE', `${FACTEUR}/${cible!.id}`)).statusCode).toBe(404)
})

test('the code of the demonstration opens nothing elsewhere, and nothing for who enrolled a real factor', async () => {
  await maison.embaucher('visiteur', 'deposant')
  const n = maison.ouvrirNavigateur()
  await n.connecter('visiteur')
  const give = () => n.ask('POST', FACTEUR, { moyen: 'demonstration', code: '246810' })
  expect((await give()).statusCode).toBe(400)
  await inPlateforme(maison.base, (tx) => writeInstallation(tx, 'demonstration', '1'))
  expect((await n.ask('GET', '/api/acces/session')).json().secondFacteur).toEqual({
    etat: 'aDonner',
    moyens: ['demonstration'],
    codeDemonstration: '246810',
  })
  expect((await give()).statusCode).toBe(200)
  expect((await n.lirePaie()).statusCode).toBe(200)
  await inscrire(n)
  const apres = maison.ouvrirNavigateur()
  await apres.connecter('visiteur')
  expect((await apres.ask('POST', FACTEUR, { moyen: 'demonstration', code: '246810' })).statusCode).toBe(400)
})

test('a factor that is lost for good is lifted: sessions close, and the next sign-in enrols again', async () => {
  await maison.embaucher('perdue', 'deposant')
  const n = maison.ouvrirNavigateur()
  await n.connecter('perdue')
  await inscrire(n)
  maison.courriels.length = 0
  const { courrier } = maison.services
  expect(await liftSecondFacteur(maison.base, courrier, 'Perdue@exemple.example')).toEqual({ retires: 1 })
  expect(maison.courriels.map((c) => [c.a, c.objet])).toEqual([
    ['perdue@exemple.example', 'Vos moyens de vérification Bosquet sont retirés'],
  ])
  expect((await n.lirePaie()).statusCode).toBe(401)
  const { secondFacteur } = (await maison.ouvrirNavigateur().connecter('perdue')).json()
  // the demonstration is installed by the test before: its code stands in for an enrolment
  expect(secondFacteur.moyens).toEqual(['demonstration'])
})

test('the seed is sealed in the database, and the recovery codes are not in it', async () => {
  const lignes = await inPlateforme(maison.base, async (tx) => [
    ...(await tx.selectFrom('app.acces_facteur').select(['secret', 'nom']).execute()),
    ...(await tx.selectFrom('app.acces_code_secours').select('empreinte').execute()),
  ])
  const texte = JSON.stringify(lignes)
  expect(texte).not.toContain(secret.replaceAll(' ', ''))
  for (const c of codes) expect(texte).not.toContain(normaliserCode(c))
})

test.each`
  fait     | requis   | moyens               | etat
  ${true}  | ${true}  | ${['totp']}          | ${'fait'}
  ${false} | ${true}  | ${[]}                | ${'aInscrire'}
  ${false} | ${false} | ${[]}                | ${'facultatif'}
  ${false} | ${false} | ${['totp']}          | ${'aDonner'}
  ${false} | ${true}  | ${['demonstration']} | ${'aDonner'}
  ${false} | ${false} | ${['demonstration']} | ${'facultatif'}
`('done $fait, needed $requis, with $moyens: $etat', ({ etat, ...s }) => expect(etatOf(s)).toBe(etat))

test('a recovery code has eighty bits in sixteen letters that are not taken for others', () => {
  expect(codeSecoursOf(new Uint8Array(10).fill(0xff))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
  expect(codeSecoursOf(new Uint8Array(10))).toBe('0000-0000-0000-0000')
  expect(normaliserCode('o0il-1')).toBe('00111')
})
