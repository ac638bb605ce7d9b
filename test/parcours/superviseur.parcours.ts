import type { Page } from 'playwright-core'
import { type Compte, lire, seConnecter, verifier } from './acces.ts'

const metier = (page: Page, nom: string) =>
  page.getByRole('navigation', { name: 'Métiers' }).getByRole('link', { name: nom, exact: true })

/**
 * The supervisor launches the month of all the bodies and follows its bar; a reload of the page finds it where the
 * server is. `pendant` runs while the production is under way: the runner may restart the server there.
 */
export async function produireLeMois(
  page: Page,
  url: string,
  { compte, pendant, attente = 300_000 }: { compte: Compte; pendant?: () => Promise<void>; attente?: number },
): Promise<void> {
  await seConnecter(page, url, compte)
  await metier(page, 'Production').click()
  await page.getByRole('heading', { name: 'Nouvelle production' }).waitFor()
  await page.keyboard.press('Alt+l')
  const dialogue = page.getByRole('dialog')
  verifier(/va être calculée pour/.test(await lire(dialogue)), 'The confirmation says what will be computed.')
  await dialogue.getByRole('button', { name: /^Lancer/ }).click()
  await page.getByRole('heading', { level: 1, name: /^Production de/ }).waitFor()
  await page.getByRole('region', { name: 'Travaux en cours' }).waitFor()
  await pendant?.()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: /^Production de/ }).waitFor()
  await page.getByText(/Tout est fini|il reste à faire/).waitFor({ timeout: attente })
  verifier(
    /Terminé|Interrompu/.test(await lire(page.getByRole('region', { name: 'Travaux en cours' }))),
    'The status line knows the end too.',
  )
  await page.getByRole('link', { name: 'Production de la paie' }).click()
  await page.getByRole('grid', { name: 'Productions' }).getByRole('link').first().waitFor()
}

/** A legal value, with its dates, its text and its source, found by its name; the holes are shown as holes. */
export async function lireUnParametre(page: Page): Promise<void> {
  await metier(page, 'Paramètres de la paie').click()
  await page.getByRole('searchbox', { name: 'Rechercher dans Paramètres de la paie' }).fill('CNRACL')
  const liste = page.getByRole('grid', { name: 'Paramètres de la paie' })
  await liste.getByRole('row').nth(1).click()
  const detail = page.getByRole('region', { name: 'Paramètre choisi' })
  await detail.getByRole('heading', { level: 2 }).waitFor()
  verifier(/(Du|Depuis le) \d{2}\/\d{2}\/\d{4}/.test(await lire(detail)), 'Each value has its dates.')
  await page.getByLabel('Seulement ceux qui ont un trou').check({ force: true })
  await page.getByRole('button', { name: 'Effacer la recherche et les filtres' }).first().click()
  await liste.getByRole('row').nth(1).click()
  await detail.getByText('Valeur inconnue').first().waitFor()
}
