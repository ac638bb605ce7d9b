import type { Page } from 'playwright-core'
import { attendre, type Compte, lire, seConnecter, verifier } from './acces.ts'
import { examiner } from './veille.ts'

type Options = { compte: Compte; mois?: string }

/** From « Aujourd’hui » to the page of the visa, by the task that waits. */
async function ouvrirLaPaie(page: Page, url: string, { compte, mois = 'novembre 2025' }: Options): Promise<void> {
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await examiner(page, 'maire-aujourdhui', { sombre: true })
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`Approuver la paie .*${mois}`) })
    .click()
  await page.getByRole('heading', { level: 1, name: 'Paie à approuver' }).waitFor()
  await page.getByRole('heading', { name: 'Les chiffres du mois' }).waitFor()
  await page.getByRole('grid', { name: 'Agents' }).getByRole('row').nth(1).waitFor()
  await examiner(page, 'maire-approbation', { sombre: true })
}

const bouton = (page: Page, nom: string) => page.getByRole('button', { name: nom, exact: true }).locator('visible=true')

/** The ordonnateur opens a payslip, asks why of its first line, then sends the month back with a reason. */
export async function renvoyerLaPaie(page: Page, url: string, options: Options & { motif?: string }): Promise<void> {
  const { motif = 'Les heures de dimanche sont à revoir.' } = options
  await ouvrirLaPaie(page, url, options)
  await page.getByRole('grid', { name: 'Agents' }).getByRole('row').nth(1).click()
  const bulletin = page.getByRole('region', { name: /^Bulletin de / })
  await bulletin.getByText('Net à payer').first().waitFor()
  await bulletin
    .getByRole('button', { name: /pourquoi/i })
    .first()
    .click()
  const panneau = page.getByRole('complementary', { name: /^Pourquoi/ })
  await panneau.getByText('Selon quel texte').or(panneau.getByText('Sur quelle base')).first().waitFor()
  await examiner(page, 'maire-bulletin')
  await page.keyboard.press('Escape')

  await bouton(page, 'Renvoyer').click()
  await page.getByRole('button', { name: 'Renvoyer la paie' }).click()
  await page.getByText('Dites en une phrase ce qui est à corriger.').waitFor()
  await page.getByLabel('Ce qui est à corriger').fill(motif)
  await examiner(page, 'maire-renvoi')
  await page.getByRole('button', { name: 'Renvoyer la paie' }).click()
  await page.getByText('Vous avez renvoyé la paie').waitFor()
  await attendre(
    async () => (await lire(page.getByRole('main'))).includes(motif),
    'The reason is shown once the month is sent back.',
  )
  await attendre(
    async () => (await bouton(page, 'Approuver').count()) === 0,
    'What was sent back can no longer be approved.',
  )
}

/** The ordonnateur approves: the sentence names the month, the payslips and the total; then the result is clear. */
export async function approuverLaPaie(page: Page, url: string, options: Options): Promise<void> {
  const { mois = 'novembre 2025' } = options
  await ouvrirLaPaie(page, url, options)
  await bouton(page, 'Approuver').click()
  const phrase = await lire(page.getByRole('dialog'))
  verifier(phrase.includes(mois), 'The confirmation names the month.')
  verifier(/\d+\sbulletins?/.test(phrase), 'The confirmation names the number of payslips.')
  verifier(/net à payer de\s+[\d\s]+,\d{2}\s€/.test(phrase), 'The confirmation names the total.')
  await examiner(page, 'maire-confirmation')
  await page.getByRole('dialog').getByRole('button', { name: 'Approuver la paie' }).click()
  await page
    .getByRole('main')
    .getByText(/est approuvée par/)
    .waitFor()
  await attendre(async () => (await bouton(page, 'Approuver').count()) === 0, 'The act is done once.')
  await page
    .getByText(/remis dans les coffres|dans le coffre/)
    .first()
    .waitFor()
  await examiner(page, 'maire-approuvee')
}
