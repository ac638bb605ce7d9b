import { afterAll, beforeAll, expect, test } from 'vitest'
import { JeuParametres } from '#modules/paie/calcul/index.ts'
import { calculerMois } from '#modules/paie/production/calculer-mois.ts'
import { computeFrom } from '#modules/paie/production/ouvrier.ts'
import { euros, inEuros, subtract } from '#socle/argent.ts'
import { mois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { deuxClients, type Essai, openEssai, type Session } from './plateforme.ts'

/* Hours of October that the secretary sends in November: October is computed again, November pays the difference. */

const OCTOBRE = mois('2025-10')
const NOVEMBRE = mois('2025-11')
let essai: Essai
let sien: string
let gestionnaire: Session
let carriere: string

type Ligne = { code: string; libelle: string; origine?: string; montant?: string; montantPatronal?: string }
const HEURES = { nature: 'heures', heures: [{ type: 'supplementaires', moment: 'jour', minutes: 300 }] }

const calculer = (m: ReturnType<typeof mois>) =>
  calculerMois(essai.services, { organismeId: sien, personneId: null, nom: 'essai' }, m)
const bulletin = (m: string) =>
  inOrganisme(essai.base, sien, async (tx) => {
    const b = await tx
      .selectFrom('app.paie_bulletin')
      .select(['entrees', 'jeu', 'bulletin', 'net_a_payer', 'brut'])
      .where('mois', '=', m)
      .where('carriere_id', '=', carriere)
      .executeTakeFirstOrThrow()
    return { ...b, lignes: (JSON.parse(b.bulletin) as { lignes: Ligne[] }).lignes }
  })
const saisir = (effet: string | null, contenu: object = HEURES, id: string = newId()) =>
  gestionnaire.send('POST', `/api/paie/dossiers/${NOVEMBRE}/agents/${carriere}/variables`, {
    id,
    contenu,
    pieceId: null,
    effet,
  })
const figer = (m: string, etat: 'diffuse' | 'calcule') =>
  inOrganisme(essai.base, sien, (tx) =>
    tx.updateTable('app.paie_dossier').set({ etat }).where('mois', '=', m).execute(),
  )

beforeAll(async () => {
  essai = await openEssai()
  sien = deuxClients(essai.demonstration)[0]
  gestionnaire = await essai.connexion('gestionnaire@bosquet.example', sien)
  await calculer(OCTOBRE)
  const { agents } = (await gestionnaire.get(`/api/paie/dossiers/${OCTOBRE}/agents`)).json()
  carriere = agents.find(
    (a: { statut: string; bloquantes: number }) => a.statut === 'titulaire' && a.bloquantes === 0,
  ).carriereId
})
afterAll(() => essai.fermer())

test('a month that is still open is corrected in place', async () => {
  const reply = await saisir(OCTOBRE)
  expect(reply.statusCode).toBe(400)
  expect(reply.json().champs.effet).toContain('encore ouverte')
  expect((await saisir('2025-12')).statusCode).toBe(400)
  expect((await saisir('2019-01')).json().champs.effet).toContain('n’a pas été faite')
})

test('hours entered late give lines that name their month, at the rates of that month', async () => {
  await figer(OCTOBRE, 'diffuse')
  await calculer(NOVEMBRE)
  const sans = await bulletin(NOVEMBRE)
  const variable = newId()
  expect((await saisir(OCTOBRE, HEURES, variable)).statusCode).toBe(200)
  await calculer(NOVEMBRE)
  const avec = await bulletin(NOVEMBRE)
  const rappels = avec.lignes.filter((l) => l.origine === OCTOBRE)
  expect(rappels.map((l) => l.code)).toEqual(expect.arrayContaining(['CSG_DED', 'RAFP']))
  const heures = rappels.find((l) => l.code.startsWith('IHTS'))
  expect(heures?.libelle).toMatch(/^Rappel octobre 2025 : /)
  // November itself does not move, and nothing of it is paid twice
  expect(avec.lignes.filter((l) => l.origine === undefined && l.code !== 'PAS')).toEqual(
    sans.lignes.filter((l) => l.code !== 'PAS'),
  )
  // the same hours in their own month would have been worth the same
  await figer(OCTOBRE, 'calcule')
  const octobre = await bulletin(OCTOBRE)
  await inOrganisme(essai.base, sien, (tx) =>
    tx.updateTable('app.paie_variable').set({ mois: OCTOBRE, effet: null }).where('id', '=', variable).execute(),
  )
  await inOrganisme(essai.base, sien, (tx) =>
    tx.updateTable('app.paie_dossier').set({ revision: 99 }).where('mois', '=', OCTOBRE).execute(),
  )
  await calculer(OCTOBRE)
  const enSonMois = await bulletin(OCTOBRE)
  const brut = (b: { brut: string }) => euros(b.brut)
  expect(inEuros(subtract(brut(avec), brut(sans)))).toBe(inEuros(subtract(brut(enSonMois), brut(octobre))))
  expect(Number(avec.brut)).toBeGreaterThan(Number(sans.brut))
  // put back as it was for the next tests
  await inOrganisme(essai.base, sien, async (tx) => {
    await tx
      .updateTable('app.paie_variable')
      .set({ mois: NOVEMBRE, effet: OCTOBRE })
      .where('id', '=', variable)
      .execute()
    await tx.updateTable('app.paie_dossier').set({ revision: 100 }).where('mois', '=', OCTOBRE).execute()
  })
  await calculer(OCTOBRE)
  await figer(OCTOBRE, 'diffuse')
})

test('the frozen inputs of a payslip with a rappel give the same bytes, and each line explains itself', async () => {
  const b = await bulletin(NOVEMBRE)
  const contenu = await inOrganisme(essai.base, sien, (tx) =>
    tx.selectFrom('app.paie_jeu').select('contenu').where('empreinte', '=', b.jeu).executeTakeFirstOrThrow(),
  )
  expect(computeFrom(carriere, b.entrees, JeuParametres.lire(contenu.contenu), b.jeu).bulletin?.texte).toBe(b.bulletin)
  const rang = b.lignes.findIndex((l) => l.origine === OCTOBRE)
  const reply = await gestionnaire.get(`/api/paie/dossiers/${NOVEMBRE}/bulletins/${carriere}/explication?ligne=${rang}`)
  expect(reply.statusCode).toBe(200)
  expect(reply.json().phrases.join(' ')).toContain('au lieu de')
})

test('a second correction of the same month pays only what the first one did not', async () => {
  await figer(NOVEMBRE, 'diffuse')
  const octobre = await bulletin(OCTOBRE)
  const novembre = await bulletin(NOVEMBRE)
  const DECEMBRE = mois('2025-12')
  await inOrganisme(essai.base, sien, async (tx) => {
    await tx
      .insertInto('app.paie_dossier')
      .values({ organisme_id: sien, mois: DECEMBRE, etat: 'ouvert' } as never)
      .execute()
    await tx
      .insertInto('app.paie_variable')
      .values({
        organisme_id: sien,
        id: newId(),
        mois: DECEMBRE,
        carriere_id: carriere,
        contenu: JSON.stringify({ nature: 'prime', code: 'CIA', libelle: 'Complément', montant: '100.00' }),
        piece_id: null,
        saisie_par: 'essai',
        effet: OCTOBRE,
      })
      .execute()
  })
  await calculer(DECEMBRE)
  const decembre = await bulletin(DECEMBRE)
  const rappels = decembre.lignes.filter((l) => l.origine === OCTOBRE)
  expect(rappels.filter((l) => l.code === 'CIA').map((l) => l.montant)).toEqual(['100.00'])
  expect(rappels.filter((l) => l.code.startsWith('IHTS'))).toEqual([])
  expect(octobre.lignes.some((l) => l.code === 'CIA')).toBe(false)
  expect(novembre.lignes.some((l) => l.code === 'CIA' && l.origine === OCTOBRE)).toBe(false)
})

test('a career corrected after the pay: the months from its effect are computed again on request', async () => {
  const DECEMBRE = mois('2025-12')
  const situation = await inOrganisme(essai.base, sien, (tx) =>
    tx.selectFrom('app.paie_situation').select(['id', 'contenu']).where('carriere_id', '=', carriere).execute(),
  )
  const derniere = situation.at(-1)!
  const contenu = derniere.contenu as { im: number }
  await inOrganisme(essai.base, sien, (tx) =>
    tx
      .updateTable('app.paie_situation')
      .set({ contenu: JSON.stringify({ ...contenu, im: contenu.im + 10 }) })
      .where('id', '=', derniere.id)
      .execute(),
  )
  const ouvert = await gestionnaire.send('POST', `/api/paie/dossiers/${DECEMBRE}/rappels`, {
    effet: '2025-10-01',
    libelle: 'Avancement au 1er octobre, arrêté reçu en décembre',
    carriereId: carriere,
  })
  expect(ouvert.statusCode).toBe(200)
  const id = ouvert.json().rappels[0].id
  const decide = await gestionnaire.send('PATCH', `/api/paie/rappels/${id}`, { acte: 'recalculer' })
  expect(decide.json().rappels[0].etat).toBe('recalcul')
  await calculer(DECEMBRE)
  const lignes = (await bulletin(DECEMBRE)).lignes.filter((l) => l.code === 'TIB' && l.origine)
  expect(lignes.map((l) => l.origine)).toEqual([OCTOBRE, NOVEMBRE])
  for (const l of lignes) expect(Number(l.montant)).toBeGreaterThan(0)
})

test('an agent placed without pay in an approved past gives it back, on a payslip that carries it alone', async () => {
  const DECEMBRE = mois('2025-12')
  const id = newId()
  const detache = { id, position: 'detachement', depuis: '2025-11-01', motif: 'Arrêté n° 12 du 02/12/2025' }
  const fait = await gestionnaire.send('POST', `/api/paie/carrieres/${carriere}/position`, detache)
  expect(fait.json()).toEqual({ moisOuverts: [DECEMBRE], moisFiges: [NOVEMBRE] })
  await calculer(DECEMBRE)
  const { lignes } = await bulletin(DECEMBRE)
  expect(lignes.filter((l) => l.code !== 'PAS' && l.origine === undefined)).toEqual([])
  const tib = lignes.find((l) => l.code === 'TIB' && l.origine === NOVEMBRE)
  const paye = (await bulletin(NOVEMBRE)).lignes.find((l) => l.code === 'TIB' && l.origine === undefined)
  expect(tib?.montant).toBe(`-${paye?.montant}`)
  const annule = await gestionnaire.send('POST', `/api/paie/carrieres/actes/${id}/annuler`, { id: newId() })
  expect(annule.statusCode).toBe(200)
  await calculer(DECEMBRE)
  expect((await bulletin(DECEMBRE)).lignes.some((l) => l.code === 'TIB' && l.origine === undefined)).toBe(true)
})

test('an agent who is gone receives what the past owes, on a payslip that carries it alone', async () => {
  const DECEMBRE = mois('2025-12')
  await inOrganisme(essai.base, sien, (tx) =>
    tx.updateTable('app.paie_carriere').set({ sortie: '2025-12-01' }).where('id', '=', carriere).execute(),
  )
  const reply = await gestionnaire.send('POST', `/api/paie/dossiers/${DECEMBRE}/agents/${carriere}/variables`, {
    id: newId(),
    contenu: HEURES,
    pieceId: null,
    effet: OCTOBRE,
  })
  expect(reply.statusCode).toBe(200)
  await calculer(DECEMBRE)
  const { lignes, entrees } = await bulletin(DECEMBRE)
  const { cumuls } = JSON.parse(entrees)
  expect(cumuls.mois).toBe(NOVEMBRE)
  expect(lignes.filter((l) => l.code !== 'PAS' && l.origine === undefined)).toEqual([])
  expect(lignes.find((l) => l.code.startsWith('IHTS'))?.origine).toBe(OCTOBRE)
  expect(Number((await bulletin(DECEMBRE)).net_a_payer)).toBeGreaterThan(50)
  const { agents } = (await gestionnaire.get(`/api/paie/dossiers/${DECEMBRE}/agents`)).json()
  expect(agents.map((a: { carriereId: string }) => a.carriereId)).toContain(carriere)
  // explained as any other line is
  const { bulletin: vu } = (await gestionnaire.get(`/api/paie/dossiers/${DECEMBRE}/bulletins/${carriere}`)).json()
  expect(vu.lignes).toHaveLength(lignes.length)
  const pourquoi = await gestionnaire.get(`/api/paie/dossiers/${DECEMBRE}/bulletins/${carriere}/explication?ligne=0`)
  expect(pourquoi.json().phrases.join(' ')).toMatch(/au lieu de/)
})
