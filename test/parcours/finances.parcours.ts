import type { Page } from 'playwright-core'
import { type Compte, lire, seConnecter, verifier } from './acces.ts'
import { examiner } from './veille.ts'

type Options = { compte: Compte }

async function ouvrir(page: Page, nom: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menu des métiers' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('navigation', { name: 'Métiers' }).getByRole('link', { name: nom, exact: true }).click()
}

/** The secretary sends what is ready to the signature, in one gesture. */
export async function envoyerALaSignature(page: Page, url: string, { compte }: Options): Promise<void> {
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await ouvrir(page, 'Mandater')
  const envoi = page.getByRole('button', { name: /^Envoyer \d+ mandats? à la signature/ })
  await envoi.waitFor()
  await examiner(page, 'secretaire-mandater', { sombre: true })
  await envoi.click()
  await page.getByRole('heading', { level: 1, name: 'Mandats à signer' }).waitFor()
  await page.getByRole('grid', { name: 'Mandats à signer' }).getByRole('row').nth(1).waitFor()
  await examiner(page, 'secretaire-bordereau')
}

/** The mayor reads the bordereau and signs: the numbers are given at that moment. Gives the number of the bordereau. */
export async function signerLeBordereau(page: Page, url: string, { compte }: Options): Promise<string> {
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await ouvrir(page, 'Bordereaux')
  await page.getByRole('grid', { name: 'Bordereaux' }).getByRole('link', { name: 'Mandats à signer' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Mandats à signer' }).waitFor()
  await page.getByRole('button', { name: 'Signer', exact: true }).locator('visible=true').click()
  const dialogue = page.getByRole('dialog')
  const phrase = await lire(dialogue)
  verifier(/certifiez le service fait/.test(phrase), 'The confirmation says what the signature is worth.')
  verifier(/\d+\smandats? pour [\d\s]+,\d{2}\s€/.test(phrase), 'The confirmation says how many, and how much.')
  await examiner(page, 'maire-bordereau')
  await dialogue.getByRole('button', { name: 'Signer' }).click()
  const titre = page.getByRole('heading', { level: 1, name: /^Mandats n°/ })
  await titre.waitFor()
  return /n°\s(\d+)/.exec(await lire(titre))![1]!
}

/** The flux of the bordereau is written, handed over, and answered by the comptable of the demonstration. */
export async function transmettreLeBordereau(
  page: Page,
  url: string,
  { compte, numero }: Options & { numero: string },
): Promise<void> {
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await ouvrir(page, 'Échanges')
  const ligne = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`Mandats n°\\s${numero}\\b`) })
    .first()
  await ligne.getByRole('button', { name: 'Générer le flux' }).click()
  await ligne.getByRole('button', { name: 'Remis au comptable' }).click()
  await examiner(page, 'secretaire-echanges')
  await page.getByRole('dialog').getByRole('button', { name: 'Remis', exact: true }).click()
  await ligne.getByRole('button', { name: 'Simuler la réponse' }).click()
  await page.getByText(/Le comptable simulé a répondu/).waitFor()
}
