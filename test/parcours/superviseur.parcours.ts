import type { Page } from 'playwright-core'
import { appuyer, type Compte, lire, seConnecter, verifier } from './acces.ts'
import { examiner } from './veille.ts'

const metier = (page: Page, nom: string) =>
  page.getByRole('navigation', { name: 'Métiers' }).getByRole('link', { name: nom, exact: true })

const enCours = (page: Page) => page.getByRole('region', { name: 'Travaux en cours' }).getByRole('progressbar')

/** Where the status line says that the work is, once it moves. */
async function partFaite(page: Page): Promise<number> {
  await enCours(page).and(page.locator('[aria-valuenow]:not([aria-valuenow="0"])')).first().waitFor()
  return Number(await enCours(page).first().getAttribute('aria-valuenow'))
}

/**
 * The supervisor launches the month of all the bodies and follows its bar: a reload of the page, then a fall of the
 * server, find it where it was, and it ends by itself.
 */
export async function produireLeMois(
  page: Page,
  url: string,
  { compte, redemarrer, attente = 300_000 }: { compte: Compte; redemarrer: () => Promise<void>; attente?: number },
): Promise<void> {
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await examiner(page, 'superviseur-aujourdhui')
  await metier(page, 'Production').click()
  await page.getByRole('heading', { name: 'Nouvelle production' }).waitFor()
  await page.getByRole('grid', { name: 'Productions' }).getByRole('link').first().waitFor()
  await examiner(page, 'superviseur-productions', { sombre: true })
  await appuyer(page, 'l')
  const dialogue = page.getByRole('dialog')
  verifier(/va être calculée pour/.test(await lire(dialogue)), 'The confirmation says what will be computed.')
  await dialogue.getByRole('button', { name: /^Lancer/ }).click()
  await page.getByRole('heading', { level: 1, name: /^Production de/ }).waitFor()
  await partFaite(page)
  await page.reload()
  const avant = await partFaite(page)
  verifier(avant > 0, 'The bar is where the server is, after a reload.')
  await redemarrer()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: /^Production de/ }).waitFor()
  await page
    .getByText(/Tout est fini|il reste à faire|l’approbation$/)
    .first()
    .waitFor({ timeout: attente })
  // The status line knows the end too.
  await page
    .getByRole('region', { name: 'Travaux en cours' })
    .getByText(/Terminé|Interrompu/)
    .first()
    .waitFor()
  await examiner(page, 'superviseur-bilan', { sombre: true })
  await page.getByRole('link', { name: 'Production de la paie' }).click()
  await page.getByRole('grid', { name: 'Productions' }).getByRole('link').first().waitFor()
}

/** A legal value, with its dates, its text and its source, found by its name; the holes are shown as holes. */
export async function lireUnParametre(page: Page, url: string, { compte }: { compte: Compte }): Promise<void> {
  await seConnecter(page, url, compte)
  await metier(page, 'Paramètres de la paie').click()
  await page.getByRole('searchbox', { name: 'Rechercher dans Paramètres de la paie' }).fill('CNRACL')
  const liste = page.getByRole('grid', { name: 'Paramètres de la paie' })
  await liste.getByRole('row').filter({ hasText: 'CNRACL, contribution employeur' }).click()
  const detail = page.getByRole('region', { name: 'Paramètre choisi' })
  await detail.getByRole('heading', { level: 2, name: 'CNRACL, contribution employeur' }).waitFor()
  await examiner(page, 'referent-parametre', { sombre: true })
  verifier(/(Du|Depuis le) \d{2}\/\d{2}\/\d{4}/.test(await lire(detail)), 'Each value has its dates.')
  await page.getByLabel('Seulement ceux qui ont un trou').check({ force: true })
  await page.getByRole('button', { name: 'Effacer la recherche et les filtres' }).first().click()
  await liste.getByRole('row').nth(1).click()
  await detail.getByText('Valeur inconnue').first().waitFor()
}
