import type { Page } from 'playwright-core'
import { appuyer, attendre, type Compte, lire, seConnecter, verifier } from './acces.ts'
import { examiner } from './veille.ts'

type Options = { compte: Compte; collectivite: string; mois?: string }

const metier = (page: Page, nom: string) =>
  page.getByRole('navigation', { name: 'Métiers' }).getByRole('link', { name: nom, exact: true })
const netAPayer = (page: Page) =>
  lire(page.getByRole('main').locator('dl').filter({ hasText: 'Montant net social' }).locator('div').nth(1))

/** From the portfolio to the month of one body; the change of body is said in large. */
export async function ouvrirCollectivite(page: Page, url: string, options: Options): Promise<void> {
  const { compte, collectivite, mois = 'novembre 2025' } = options
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await examiner(page, 'gestionnaire-aujourdhui')
  await metier(page, 'Collectivités').click()
  await page.getByRole('heading', { name: 'Ce qui reste à faire' }).waitFor()
  await page.getByRole('grid').getByRole('link', { name: collectivite, exact: true }).waitFor()
  await examiner(page, 'gestionnaire-portefeuille', { sombre: true })
  await page.getByRole('grid').getByRole('link', { name: collectivite, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: `Paie de ${mois}` }).waitFor()
  await page.getByText('Vous travaillez maintenant pour').waitFor()
  verifier(
    (await lire(page.getByRole('banner'))).includes(collectivite),
    'The band at the top carries the name of the body.',
  )
}

/** `Alt+C`, then every agent of the list has a payslip. */
export async function calculerLaPaie(page: Page): Promise<void> {
  const calcul = page.waitForResponse((r) => r.url().endsWith('/calculer') && r.request().method() === 'POST')
  await appuyer(page, 'c')
  await calcul
  await page
    .getByText(/bulletins calculés/)
    .first()
    .waitFor()
}

/**
 * The officer opens an agent who has a paper, reads it beside the entry form, types hours without the mouse, takes
 * them out and puts them back, computes, and sees the net move.
 */
export async function saisirDesHeures(page: Page): Promise<void> {
  const ligne = page.getByRole('grid', { name: 'Agents du mois' }).getByRole('row')
  const titres = await ligne.first().getByRole('columnheader').allTextContents()
  const pieces = titres.indexOf('Pièces') - 1
  const avecPiece = ligne
    .filter({ hasNotText: 'Élu' })
    .filter({ has: page.getByRole('gridcell').nth(pieces).filter({ hasText: /[1-9]/ }) })
  await avecPiece.first().getByRole('link').click()
  await page.getByRole('heading', { name: 'Variables du mois' }).waitFor()
  const avant = await netAPayer(page)

  await page.getByRole('tab', { name: /Pièces/ }).click()
  await page.getByRole('figure').first().waitFor()
  await examiner(page, 'gestionnaire-piece', { sombre: true })
  await appuyer(page, 'h')
  await page.keyboard.type('3h30')
  await examiner(page, 'gestionnaire-saisie')
  await page.keyboard.press('Enter')
  await page.getByText(/Saisi : 3 h 30/).waitFor()

  await page
    .getByRole('button', { name: /^Retirer : 3 h 30/ })
    .last()
    .click()
  await page.getByText(/Retiré : 3 h 30/).waitFor()
  await page.getByRole('button', { name: 'Annuler' }).last().click()
  await page
    .getByRole('button', { name: /^Retirer : 3 h 30/ })
    .last()
    .waitFor()

  await calculerLaPaie(page)
  await page.getByRole('tab', { name: 'Bulletin' }).click()
  await page
    .getByText(/Heures supplémentaires/)
    .first()
    .waitFor()
  await attendre(async () => (await netAPayer(page)) !== avant, 'The hours that were entered change the net.')
  await examiner(page, 'gestionnaire-bulletin', { sombre: true })
}

/** Any line answers « Pourquoi ? » with a dated text and its source; the month before is compared in sentences. */
export async function demanderPourquoi(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /Retraite CNRACL|IRCANTEC tranche A/ })
    .first()
    .click()
  const panneau = page.getByRole('complementary', { name: 'Pourquoi ?' })
  await panneau.getByText('Selon quel texte').waitFor()
  verifier(/depuis le \d{2}\/\d{2}\/\d{4}/.test(await lire(panneau)), 'The text has its date.')
  verifier(/[Vv]érifié/.test(await lire(panneau)), 'The value says whether it is verified.')
  await examiner(page, 'gestionnaire-pourquoi', { sombre: true })
  await page.keyboard.press('Escape')
  await panneau.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: 'Mois précédent' }).click()
  await page
    .getByRole('tabpanel')
    .getByText(/Le net à payer/)
    .first()
    .waitFor()
  await examiner(page, 'gestionnaire-comparaison')
  await page.getByRole('tab', { name: 'Bulletin' }).click()
}

/** Left and right arrows go from agent to agent, in the order of the list. */
export async function passerDAgentEnAgent(page: Page): Promise<void> {
  const titre = page.getByRole('heading', { level: 1 })
  const premier = await lire(titre)
  // the neighbours are known once the list is
  await page.locator('[data-touche="s"]:not(:disabled)').waitFor()
  await page.locator('body').click({ position: { x: 700, y: 140 } })
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction((nom) => document.querySelector('h1')?.textContent !== nom, premier)
  await page.keyboard.press('ArrowLeft')
  await page.waitForFunction((nom) => document.querySelector('h1')?.textContent === nom, premier)
}

/** Sends the month to the ordonnateur: one sentence says what will happen, then nothing can be entered. */
export async function envoyerALApprobation(page: Page, mois = 'novembre 2025'): Promise<void> {
  await page.getByRole('link', { name: `Paie de ${mois}` }).click()
  await page.getByRole('grid', { name: 'Agents du mois' }).getByRole('link').first().waitFor()
  await examiner(page, 'gestionnaire-mois', { sombre: true })
  await page.getByRole('button', { name: 'Envoyer à l’approbation' }).click()
  const dialogue = page.getByRole('dialog')
  verifier(/nets à payer/.test(await lire(dialogue)), 'The confirmation says how much will be paid.')
  await examiner(page, 'gestionnaire-envoi')
  await dialogue.getByRole('button', { name: 'Envoyer à l’ordonnateur' }).click()
  await page.getByText('l’ordonnateur n’a pas encore répondu').waitFor()
  await attendre(
    async () => (await page.getByRole('button', { name: /^(Recalculer|Calculer)$/ }).count()) === 0,
    'Nothing can be computed while the ordonnateur reads.',
  )
}

/** The whole month of one body, as its officer does it. */
export async function preparerLaPaie(page: Page, url: string, options: Options): Promise<void> {
  await ouvrirCollectivite(page, url, options)
  await calculerLaPaie(page)
  await saisirDesHeures(page)
  await demanderPourquoi(page)
  await passerDAgentEnAgent(page)
  await envoyerALApprobation(page, options.mois)
}

/** The reason of the ordonnateur is the first thing read; one entry is added, and the month goes back to the visa. */
export async function corrigerEtRenvoyer(
  page: Page,
  url: string,
  { motif, ...options }: Options & { motif: string },
): Promise<void> {
  await ouvrirCollectivite(page, url, options)
  await page.getByText(motif).first().waitFor()
  await examiner(page, 'gestionnaire-renvoi')
  const agents = page.getByRole('grid', { name: 'Agents du mois' }).getByRole('row').filter({ hasText: 'Titulaire' })
  await agents.first().getByRole('link').click()
  await page.getByRole('heading', { name: 'Variables du mois' }).waitFor()
  await appuyer(page, 'h')
  await page.keyboard.type('2')
  await page.getByRole('radio', { name: 'Dimanche ou férié' }).check({ force: true })
  await page.getByRole('button', { name: 'Ajouter les heures' }).click()
  await page.getByText(/Saisi : 2 h/).waitFor()
  await calculerLaPaie(page)
  await envoyerALApprobation(page, options.mois)
}
