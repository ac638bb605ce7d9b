import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { newId } from '#socle/ids.ts'
import { LIGNES, ouvrirBudget, ouvrirOrganisme, voterBudget } from '../essai.ts'
import { registerBudget } from './routes.ts'
import { registerDocumentsLus } from './routes-documents.ts'

const donnees = mkdtempSync(join(tmpdir(), 'bosquet-budget-'))
const TOUS = ['lire', 'demander', 'preparer', 'voter', 'administrer'].map((d) => `finances.${d}`)
let base: Base
let app: Awaited<ReturnType<typeof createServeur>>
let ici: string
let ailleurs: string
let budgetId: string
let budgetVoisin: string
let voteVoisin: string

beforeAll(async () => {
  base = await baseDEssai()
  const [a, b] = [await ouvrirOrganisme(base), await ouvrirOrganisme(base)]
  ici = a.organismeId
  ailleurs = b.organismeId
  budgetId = await inOrganisme(base, ici, (tx) => ouvrirBudget(tx, a))
  ;[budgetVoisin, voteVoisin] = await inOrganisme(base, ailleurs, async (tx) => {
    const id = await ouvrirBudget(tx, b)
    return [id, await voterBudget(tx, b, id)] as const
  })
  app = await createServeur()
  const personneId = newId<'Personne'>()
  const application = {
    app,
    base,
    // the rights come from the request, as the access module would have found them
    portier: {
      identify: async () => ({ compteId: newId(), personneId, nom: 'Camille Essai', sessionId: newId() }),
      enter: async (_: unknown, request: { headers: Record<string, unknown> }) => ({
        compteId: newId(),
        personneId,
        nom: 'Camille Essai',
        organismeId: String(request.headers['x-organisme']),
        droits: new Set(String(request.headers['x-droits']).split(',')),
        via: 'appartenance' as const,
      }),
    } as never,
  }
  const depot = openDepot({ dossier: join(donnees, 'd'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
  registerBudget(application)
  registerDocumentsLus(application, { depot })
})
afterAll(async () => {
  await app.close()
  await base.close()
  rmSync(donnees, { recursive: true })
})

async function send(method: string, url: string, payload?: object, { droits = TOUS, organisme = ici } = {}) {
  const r = await app.inject({
    method: method as 'GET',
    url: `/api/finances${url}`,
    headers: { 'x-organisme': organisme, 'x-droits': droits.join(',') },
    ...(payload ? { payload } : {}),
  })
  return {
    status: r.statusCode,
    ...(r.headers['content-type']?.includes('json') ? r.json() : { octets: r.rawPayload }),
  }
}

describe('a budget by its routes', () => {
  const vote = newId()
  const exercice = () => `/budgets/${budgetId}/exercices/2026`

  test('is prepared, controlled, voted, printed', async () => {
    const cree = await send('POST', `${exercice()}/versions`, { id: vote, genre: 'BP', source: 'vide' })
    expect([cree.status, cree.anomalies]).toEqual([200, []])
    const saisie = await send('PUT', `/votes/${vote}/lignes`, { lignes: LIGNES.filter((l) => l.nature !== '021') })
    expect(saisie.anomalies.map((a: { code: string }) => a.code)).toEqual(['equilibre.section', 'equilibre.virement'])
    const corps = { deliberationNumero: '2026-3', deliberationDate: '2026-04-02' }
    expect((await send('POST', `/votes/${vote}/voter`, corps)).code).toBe('version.bloquee')
    await send('PUT', `/votes/${vote}/lignes`, { lignes: [{ nature: '021', sens: 'R', montant: '25000' }] })
    const votee = await send('POST', `/votes/${vote}/voter`, corps)
    expect([votee.status, votee.version.etat, votee.equilibre.I.ecart]).toEqual([200, 'vote', '0.00'])
    const e = await send('GET', exercice())
    expect([e.exercice.etat, e.articles.length, e.genres]).toEqual(['ouvert', LIGNES.length, ['DM', 'BS', 'VC', 'RAR']])
    const pdf = await send('GET', `/votes/${vote}/document.pdf`)
    expect(Buffer.from(pdf.octets).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await send('GET', `/votes/${vote}/document.xml`)).code).toBe('totem.codesDuComptable')
  })

  test('the same creation sent twice makes one version', async () => {
    const corps = { id: newId(), genre: 'DM', source: 'vide' }
    for (let i = 0; i < 2; i++) expect((await send('POST', `${exercice()}/versions`, corps)).status).toBe(200)
    expect((await send('GET', exercice())).versions.map((v: { nom: string }) => v.nom)).toEqual([
      'Budget primitif',
      'Décision modificative n° 1',
    ])
  })

  test('a vote may be recorded before its délibération has a number', async () => {
    const dm = newId()
    await send('POST', `${exercice()}/versions`, { id: dm, genre: 'DM', source: 'vide' })
    const lignes = [
      { nature: '60612', sens: 'D', montant: '-1' },
      { nature: '60622', sens: 'D', montant: '1' },
    ]
    await send('PUT', `/votes/${dm}/lignes`, { lignes })
    const votee = await send('POST', `/votes/${dm}/voter`, { deliberationDate: '2026-05-02' })
    expect([votee.status, votee.version.deliberationNumero]).toEqual([200, ''])
  })

  test('a service asks, and the amount of the finances is left as it is', async () => {
    await send('PUT', '/services', { code: 'TECH', libelle: 'Technique' })
    const dm = newId()
    await send('POST', `${exercice()}/versions`, { id: dm, genre: 'DM', source: 'vide' })
    await send('PUT', `/votes/${dm}/lignes`, {
      lignes: [{ nature: '60632', sens: 'D', montant: '100', service: 'TECH' }],
    })
    const seul = { droits: ['finances.lire', 'finances.demander'] }
    const demande = { service: 'TECH', lignes: [{ nature: '60632', sens: 'D', demande: '900', note: 'Tondeuse' }] }
    const apres = await send('PUT', `/votes/${dm}/demandes`, demande, seul)
    expect(apres.lignes.map((l: Record<string, string>) => [l.service, l.demande, l.montant, l.note])).toEqual([
      ['TECH', '900.00', '100.00', 'Tondeuse'],
    ])
    expect((await send('PUT', `/votes/${dm}/lignes`, { lignes: [] }, seul)).status).toBe(403)
  })

  test('an edition changes what is shown and no entry', async () => {
    const avant = await send('GET', exercice())
    const reponse = await send('PUT', '/edition', { edition: 'complete' })
    expect(reponse.edition).toBe('complete')
    expect({ ...(await send('GET', exercice())), edition: 'essentielle' }).toEqual(avant)
    await send('PUT', '/edition', { edition: 'essentielle' })
  })

  test('accounts are found by their number and by their words', async () => {
    const codes = async (q: string, sens = 'D') =>
      (await send('GET', `${exercice()}/comptes?q=${encodeURIComponent(q)}&sens=${sens}`)).comptes.map(
        (c: { code: string }) => c.code,
      )
    expect(await codes('electricite')).toContain('60612')
    expect(await codes('60612')).toEqual(['60612'])
    expect(await codes('60612', 'R')).toEqual([])
  })

  test('without the right, or in another body, nothing is shown nor done', async () => {
    const lecteur = { droits: ['finances.lire'] }
    expect(
      (await send('POST', `${exercice()}/versions`, { id: newId(), genre: 'DM', source: 'vide' }, lecteur)).status,
    ).toBe(403)
    expect((await send('GET', `/votes/${vote}`, undefined, { droits: [] })).status).toBe(403)
    const chezLeVoisin: [string, string, object?][] = [
      ['GET', `/budgets/${budgetVoisin}/exercices/2026`],
      ['GET', `/budgets/${budgetVoisin}/exercices/2026/comptes`],
      ['POST', `/budgets/${budgetVoisin}/exercices/2026/versions`, { id: newId(), genre: 'DM', source: 'vide' }],
      ['PUT', `/budgets/${budgetVoisin}/operations`, { code: '12', libelle: 'x' }],
      ['GET', `/votes/${voteVoisin}`],
      ['PUT', `/votes/${voteVoisin}/lignes`, { lignes: [] }],
      ['POST', `/votes/${voteVoisin}/voter`, { deliberationNumero: '', deliberationDate: '2026-04-02' }],
      ['POST', `/votes/${voteVoisin}/abandonner`],
      ['POST', `/votes/${voteVoisin}/resultats`],
      ['GET', `/votes/${voteVoisin}/document.pdf`],
      ['GET', `/votes/${voteVoisin}/document.xml`],
    ]
    for (const [m, u, p] of chezLeVoisin) expect([u, (await send(m, u, p)).status]).toEqual([u, 404])
  })
})

const EXEMPLES = new URL('../../../../../../shared/standards/totem/samples/', import.meta.url)
const presents = existsSync(EXEMPLES)
const fichiers = presents ? readdirSync(EXEMPLES).filter((f) => f.endsWith('.xml')) : []
if (!presents) console.warn('Documents budgétaires réels absents : 3 essais de lecture sautés.')

const deposer = (nom: string, octets: Uint8Array) => {
  const limite = 'x-essai-x'
  return app
    .inject({
      method: 'POST',
      url: '/api/finances/documents-budgetaires',
      headers: {
        'x-organisme': ici,
        'x-droits': TOUS.join(','),
        'content-type': `multipart/form-data; boundary=${limite}`,
      },
      payload: Buffer.concat([
        Buffer.from(
          `--${limite}\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\ncontent-type: application/xml\r\n\r\n`,
        ),
        octets,
        Buffer.from(`\r\n--${limite}--\r\n`),
      ]),
    })
    .then((r) => ({ status: r.statusCode, ...r.json() }))
}
const lire = (nom: string) => readFileSync(new URL(nom, EXEMPLES))

describe.runIf(presents)('official documents', () => {
  test('every real one is read, kept once, shown, and given as open data', async () => {
    const reels = fichiers.filter((f) => !f.startsWith('negatif-'))
    let plusLong = 0
    for (const f of reels) {
      const debut = performance.now()
      const { status, document } = await deposer(f, lire(f))
      plusLong = Math.max(plusLong, performance.now() - debut)
      expect([f, status]).toEqual([f, 200])
      expect((await deposer(f, lire(f))).document.id).toBe(document.id)
      const vue = await send('GET', `/documents-budgetaires/${document.id}`)
      expect(vue.lignes).toHaveLength(document.lignes)
      expect(vue.chapitres.length).toBeGreaterThan(3)
      const attendu = f.replace('.xml', '.scdl.csv')
      const csv = await send('GET', `/documents-budgetaires/${document.id}/budget.csv`)
      if (existsSync(new URL(attendu, EXEMPLES)))
        expect([f, Buffer.from(csv.octets).equals(lire(attendu))]).toEqual([f, true])
    }
    console.log(`documents budgétaires : ${reels.length} lus, le plus long en ${Math.round(plusLong)} ms`)
    expect((await send('GET', '/documents-budgetaires')).documents).toHaveLength(reels.length)
    expect(plusLong).toBeLessThan(3000)
  })
  test('every broken one is refused with its reason and leaves nothing', async () => {
    const avant = (await send('GET', '/documents-budgetaires')).documents.length
    for (const f of fichiers.filter((x) => x.startsWith('negatif-'))) {
      const r = await deposer(f, lire(f))
      expect([f, r.status, r.code]).toEqual([f, 422, 'totem.refuse'])
    }
    expect((await deposer('photo.xml', Buffer.from('pas du XML'))).status).toBeGreaterThanOrEqual(400)
    expect((await send('GET', '/documents-budgetaires')).documents).toHaveLength(avant)
  })
  test('the documents of a body are unknown to another', async () => {
    const { documents } = await send('GET', '/documents-budgetaires')
    const voisin = { organisme: ailleurs }
    expect((await send('GET', '/documents-budgetaires', undefined, voisin)).documents).toEqual([])
    expect((await send('GET', `/documents-budgetaires/${documents[0].id}`, undefined, voisin)).status).toBe(404)
  })
})
