/** The living page of the components in a true browser: `node --test test/ui/composants.browser.ts`. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { capture, ECRANS, findViolations, openEcrans, openNavigateur } from './navigateur.ts'

const PAGES = [
  'aujourdhui',
  'signes',
  'tableau',
  'serveur',
  'selection',
  'detail',
  'champs',
  'grille',
  'pieces',
  'graphiques',
  'vides',
]

let navigateur: Browser
let ecrans: Awaited<ReturnType<typeof openEcrans>>
let url: string

before(async () => {
  navigateur = await openNavigateur()
  ecrans = await openEcrans()
  url = ecrans.url
})
after(async () => {
  await navigateur.close()
  await ecrans.close()
})

async function ouvrir(nom: string, options: BrowserContextOptions): Promise<Page> {
  const contexte = await navigateur.newContext({
    viewport: ECRANS.bureau,
    reducedMotion: 'reduce',
    locale: 'fr-FR',
    ...options,
  })
  await contexte.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await contexte.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (e) => erreurs.push(`${nom}: ${e.message}`))
  page.on('console', (m) => m.type() === 'error' && erreurs.push(`${nom}: ${m.text()}`))
  await page.goto(`${url}/composants?ecran=${nom}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}
const erreurs: string[] = []

for (const nom of PAGES)
  test(`${nom}: axe finds nothing and nothing overflows, on a desk and on a phone, light and dark`, async () => {
    const page = await ouvrir(nom, { hasTouch: true })
    if (nom === 'detail') {
      await page.locator('tbody tr').nth(3).click()
      await page.getByRole('heading', { level: 2 }).first().waitFor()
    }
    for (const ecran of ['bureau', 'telephone'] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(ECRANS[ecran])
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.waitForFunction((s) => document.documentElement.dataset.mantineColorScheme === s, colorScheme)
        await page.waitForTimeout(100)
        await capture(page, `${nom}-${ecran}-${colorScheme}`)
        assert.deepEqual(await findViolations(page), [], `${ecran}, ${colorScheme}`)
        const deborde = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        assert.ok(deborde <= 0, `${ecran}: the page is ${deborde} px too wide`)
      }
    await page.context().close()
  })

test('the arrows move in a table of 5 500 rows, Home and End reach its ends, and few rows are laid out', async () => {
  const page = await ouvrir('tableau', {})
  const active = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))
  await page.locator('tbody tr[tabindex="0"]').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '3')
  await page.keyboard.press('End')
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '5501')
  assert.equal(await active(), '5501')
  assert.ok((await page.locator('tbody tr').count()) < 80)
  await page.keyboard.press('Home')
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '2')
  await page.context().close()
})

test('a table is searched, sorted and filtered, and its address keeps it', async () => {
  const page = await ouvrir('tableau', {})
  await page.getByRole('searchbox', { name: 'Rechercher dans Agents' }).fill('etcheverry')
  await page.getByText(/^550.lignes$/).waitFor()
  await page.getByRole('button', { name: 'Net à payer' }).click()
  await page.getByRole('button', { name: 'Net à payer' }).click()
  await page.waitForFunction(() => location.search.includes('tri=-net') && location.search.includes('q=etcheverry'))
  const nets = await page.locator('tbody tr td:nth-child(5)').allTextContents()
  const valeurs = nets.slice(0, 10).map((t) => Number(t.replace(/\u202f/g, '').replace(',', '.')))
  assert.deepEqual(
    valeurs,
    valeurs.toSorted((a, b) => b - a),
  )
  await page.reload()
  await page.getByText(/^550.lignes$/).waitFor()
  const [telechargement] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Exporter' })
      .click()
      .then(() => page.getByRole('menuitem', { name: /csv/ }).click()),
  ])
  assert.equal(telechargement.suggestedFilename(), 'agents.csv')
  const [classeur] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Exporter' })
      .click()
      .then(() => page.getByRole('menuitem', { name: /xlsx/ }).click()),
  ])
  assert.equal(classeur.suggestedFilename(), 'agents.xlsx')
  await page.context().close()
})

test('a list that the server pages keeps its page, its sort and its search in the address', async () => {
  const page = await ouvrir('serveur', {})
  await page.getByText('1 à 20 sur 5\u202f500').waitFor()
  await page.getByRole('button', { name: 'Suivant' }).click()
  await page.getByText('21 à 40 sur 5\u202f500').waitFor()
  await page.reload()
  await page.getByText('21 à 40 sur 5\u202f500').waitFor()
  await page.getByRole('button', { name: 'Net à payer' }).click()
  await page.waitForFunction(() => location.search.includes('tri=net') && !/[?&]page=/.test(location.search))
  await page.getByText('1 à 20 sur 5\u202f500').waitFor()
  assert.equal(await page.locator('tbody tr').count(), 20)
  await page.context().close()
})

test('a long work is followed at the bottom, through a cut of the network and a reload', async () => {
  const page = await ouvrir('vides', {})
  const flux = (...faits: number[]) =>
    faits
      .map((n) => `data: ${JSON.stringify({ etat: n === 10 ? 'fait' : 'enCours', fait: n, total: 10 })}\n\n`)
      .join('')
  let appels = 0
  await page.route('**/api/galerie/evenements', (r) => {
    appels++
    // The first two answers break off; the third one tells the end.
    return r.fulfill({ contentType: 'text/event-stream', body: appels < 3 ? flux(3, 4) : flux(9, 10) })
  })
  await page.getByRole('button', { name: 'Suivre un travail' }).click()
  await page.getByText('4 sur 10 — Liaison coupée, reprise automatique').waitFor()
  await page.reload()
  const travaux = page.getByRole('region', { name: 'Travaux en cours' })
  await travaux.getByText('10 sur 10 — Terminé').waitFor()
  assert.deepEqual(await findViolations(page), [])
  await page.getByRole('button', { name: /Ne plus afficher/ }).click()
  await travaux.waitFor({ state: 'detached' })
  await page.context().close()
})

test('the sign-in screen', async () => {
  const page = await ouvrir('signes', {})
  // the only thing that this page asks of a server
  const fournisseurs = [
    { nature: 'proconnect', libelle: 'ProConnect' },
    { nature: 'franceconnect', libelle: 'FranceConnect' },
  ]
  await page.route('**/api/acces/federation', (r) => r.fulfill({ json: { fournisseurs } }))
  await page.goto(`${url}/connexion?motif=expiree`)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.getByText('Saisissez votre identifiant.').waitFor()
  await capture(page, 'connexion')
  assert.deepEqual(await findViolations(page), [])
  await page.setViewportSize(ECRANS.telephone)
  await page.emulateMedia({ colorScheme: 'dark' })
  await capture(page, 'connexion-telephone')
  assert.deepEqual(await findViolations(page), [])
  await page.context().close()
})

test('a table is printed whole, without what surrounds it', async () => {
  const page = await ouvrir('tableau', {})
  await page.getByRole('searchbox', { name: 'Rechercher dans Agents' }).fill('etcheverry')
  await page.getByText(/^550.lignes$/).waitFor()
  const lignes = page.evaluate(
    () =>
      new Promise<number>((fini) => {
        window.print = () => fini(document.querySelectorAll('tbody tr').length)
      }),
  )
  await page.getByRole('button', { name: 'Imprimer' }).click()
  assert.equal(await lignes, 550)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await capture(page, 'impression')
  assert.equal(
    await page
      .locator('tbody td')
      .first()
      .evaluate((e) => getComputedStyle(e).color),
    'rgb(0, 0, 0)',
  )
  assert.equal(await page.locator('.bq-bandeau').isVisible(), false)
  await page.context().close()
})

test('with a detail open, the arrows move it on', async () => {
  const page = await ouvrir('detail', {})
  await page.locator('tbody tr').first().click()
  await page.getByRole('heading', { level: 2, name: 'Darrigade Amélie' }).waitFor()
  await page.locator('tbody tr[tabindex="0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('heading', { level: 2, name: 'Dupouy Denis' }).waitFor()
  await page.goBack()
  await page.context().close()
})

test('« Pourquoi ? » opens on the right, Échap closes it and gives the focus back', async () => {
  const page = await ouvrir('detail', {})
  await page.locator('tbody tr').first().click()
  const figure = page.getByRole('button', { name: /pourquoi \?/ })
  await figure.click()
  await page.getByRole('complementary', { name: /CNRACL/ }).waitFor()
  await capture(page, 'pourquoi')
  assert.deepEqual(await findViolations(page), [])
  await page.keyboard.press('Escape')
  await page.getByRole('complementary', { name: /CNRACL/ }).waitFor({ state: 'detached' })
  assert.ok(await figure.evaluate((e) => e === document.activeElement))
  await page.context().close()
})

test('Ctrl-K finds a page, Alt shows the letters', async () => {
  const page = await ouvrir('signes', {})
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: /Rechercher un agent/ }).fill('manda')
  await page.getByText('Mandats').last().waitFor()
  await capture(page, 'palette')
  assert.deepEqual(await findViolations(page), [])
  await page.keyboard.press('Escape')
  await page.keyboard.down('Alt')
  await page.waitForFunction(() => document.documentElement.hasAttribute('data-alt'))
  await capture(page, 'alt')
  await page.keyboard.up('Alt')
  await page.waitForFunction(() => !document.documentElement.hasAttribute('data-alt'))
  await page.context().close()
})

test('a change of body repaints the band, says its name, and tells an officer that he is a visitor', async () => {
  const page = await ouvrir('signes', {})
  const avant = await page.locator('.bq-bandeau').evaluate((e) => getComputedStyle(e).backgroundColor)
  await page.getByRole('button', { name: 'Autre organisme' }).click()
  await page.getByText('Vous travaillez maintenant pour').waitFor()
  await capture(page, 'changement')
  assert.notEqual(await page.locator('.bq-bandeau').evaluate((e) => getComputedStyle(e).backgroundColor), avant)
  await page.getByText(/au titre de votre portefeuille/).waitFor()
  assert.deepEqual(await findViolations(page), [])
  await page.context().close()
})

test('a form reads the quick typing, checks itself by its contract, and shows the refusal of the server at its field', async () => {
  const page = await ouvrir('champs', {})
  const montant = page.getByRole('textbox', { name: 'Montant' }).first()
  await montant.fill('12,5')
  await page.getByRole('textbox', { name: 'Date de la facture' }).fill('010325')
  await page.getByRole('textbox', { name: 'Durée' }).fill('7h30')
  await page.keyboard.press('Tab')
  assert.equal(await montant.inputValue(), '12,50')
  assert.equal(await page.getByRole('textbox', { name: 'Date de la facture' }).inputValue(), '01/03/2025')
  assert.equal(await page.getByRole('textbox', { name: 'Durée' }).inputValue(), '7\u00a0h\u00a030')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Saisissez l’objet.').waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'objet')
  await page.getByRole('textbox', { name: 'Objet' }).fill('Papier')
  await montant.fill('-3')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Un champ est à corriger.').waitFor()
  assert.equal(await page.getByText('Le montant doit être positif.').count(), 2)
  await capture(page, 'champs-refus')
  assert.deepEqual(await findViolations(page), [])
  await page.getByText('Brouillon gardé').waitFor()
  await page.reload()
  await page.getByText(/reprise là où vous l’aviez laissée/).waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'Objet' }).inputValue(), 'Papier')
  await montant.fill('3')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText(/Enregistré : Papier, 3,00/).waitFor()
  await page.context().close()
})

const cellule = (page: Page, place: string) => page.locator(`[data-place="${place}"]`)

test('an entry grid of 500 × 12 is typed without the mouse, pasted into, and undone', async () => {
  const page = await ouvrir('grille', {})
  await cellule(page, '0.2').click()
  const depart = Date.now()
  for (const v of ['12,5', '7', '3']) {
    await page.keyboard.type(v)
    await page.keyboard.press('Enter')
  }
  const duree = Date.now() - depart
  assert.deepEqual(await Promise.all(['0.2', '1.2', '2.2'].map((p) => cellule(page, p).textContent())), [
    '12,5',
    '7',
    '3',
  ])
  console.log(`  3 cells typed in ${duree} ms`)
  await page.keyboard.type('beaucoup')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /1.cellule à corriger/ }).waitFor()
  await capture(page, 'grille-faute')
  assert.deepEqual(await findViolations(page), [])
  await page.keyboard.press('F8')
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: /cellule à corriger/ }).waitFor({ state: 'detached' })
  await cellule(page, '5.8').click()
  await page.evaluate(() => navigator.clipboard.writeText('100,5\t20\n200\t30'))
  await page.keyboard.press('Control+v')
  await page.waitForFunction(() => document.querySelector('[data-place="6.9"]')?.textContent === '30,00')
  assert.equal(await cellule(page, '5.8').textContent(), '100,50')
  await page.keyboard.press('Control+z')
  await page.waitForFunction(() => document.querySelector('[data-place="6.9"]')?.textContent === '')
  await page.keyboard.press('Control+y')
  await page.waitForFunction(() => document.querySelector('[data-place="6.9"]')?.textContent === '30,00')
  await page.keyboard.press('Control+End')
  await page.waitForFunction(() => document.querySelector('[data-place="499.11"]')?.hasAttribute('data-active'))
  await page.keyboard.press('F2')
  await page.keyboard.type('fin')
  await page.keyboard.press('Escape')
  assert.equal(await cellule(page, '499.11').textContent(), '')
  await page.context().close()
})

test('files are refused with their reason or received, several at once', async () => {
  const page = await ouvrir('pieces', {})
  await page.locator('input[type=file][multiple]').setInputFiles([
    { name: 'arrete.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
    { name: 'faux.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') },
    { name: 'vide.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    { name: 'jeu.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  ])
  await page.getByText('Reçu', { exact: true }).waitFor()
  await page.getByText('Non reçu : Ce fichier n’est pas le PDF que son nom annonce.').waitFor()
  await page.getByText('Non reçu : Ce fichier est vide.').waitFor()
  await page.getByText('Non reçu : Ce format n’est pas accepté ici.').waitFor()
  await capture(page, 'pieces-recues')
  assert.deepEqual(await findViolations(page), [])
  await page.context().close()
})

test('a destructive act is undone, a legal act says what will happen', async () => {
  const page = await ouvrir('vides', {})
  await page.getByRole('button', { name: 'Retirer' }).click()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await page.getByText('Pièce remise au dossier.').waitFor()
  await page.getByRole('button', { name: 'Approuver la paie' }).click()
  await page.getByText(/ne pourront plus être modifiés/).waitFor()
  await capture(page, 'confirmation')
  assert.deepEqual(await findViolations(page), [])
  await page.getByRole('button', { name: 'Approuver', exact: true }).click()
  await page.getByText('Paie approuvée.').waitFor()
  await page.context().close()
})

test('the person chooses her density, which stays after a reload', async () => {
  const page = await ouvrir('tableau', {})
  await page.getByRole('button', { name: /réglages et déconnexion/ }).click()
  await capture(page, 'menu')
  assert.deepEqual(await findViolations(page), [])
  await page.getByRole('menuitemradio', { name: 'Très dense' }).click()
  const hauteur = () => page.locator('tbody tr[data-rang="1"]').evaluate((e) => e.getBoundingClientRect().height)
  await page.waitForFunction(() => document.documentElement.dataset.densite === 'tresDense')
  assert.equal(await hauteur(), 32)
  await page.reload()
  await page.locator('tbody tr[data-rang="1"]').waitFor()
  assert.equal(await hauteur(), 32)
  await page.context().close()
})

test('on a phone the menu opens over the page', async () => {
  const page = await ouvrir('aujourdhui', { viewport: ECRANS.telephone, hasTouch: true })
  await page.getByRole('button', { name: 'Menu des métiers' }).click()
  await page.getByRole('link', { name: 'Mandats' }).waitFor()
  await capture(page, 'menu-telephone')
  assert.deepEqual(await findViolations(page), [])
  await page.context().close()
})

test('nothing was written to the console as an error', () => assert.deepEqual(erreurs, []))
