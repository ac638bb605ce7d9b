import type { Page } from 'playwright-core'
import { attendre, type Compte, lire, seConnecter, verifier } from './acces.ts'

type Valeur = { parametre: string; valeur: string }

const metier = (page: Page, nom: string) =>
  page.getByRole('navigation', { name: 'Métiers' }).getByRole('link', { name: nom, exact: true })
const titre = (page: Page, nom: string) => page.getByRole('heading', { level: 1, name: nom, exact: true }).waitFor()

/** One value, from the list of the holes: its dates come by themselves, its source is compulsory. */
async function proposer(page: Page, { parametre, valeur }: Valeur): Promise<void> {
  await metier(page, 'Paramètres de la paie').click()
  await titre(page, 'Paramètres de la paie')
  await page.getByRole('link', { name: 'Proposer une valeur' }).first().click()
  await titre(page, 'Nouvelle valeur légale')
  await page.getByRole('combobox', { name: 'Paramètre' }).fill(parametre)
  await page
    .getByRole('option', { name: new RegExp(parametre) })
    .first()
    .click()
  verifier((await page.getByLabel('À partir du').inputValue()) === '01/01/2026', 'The date is that of the hole.')
  await page.getByLabel('Valeur', { exact: false }).first().fill(valeur)
  await page.getByRole('button', { name: 'Proposer cette valeur' }).click()
  await attendre(
    async () => (await page.getByLabel('Source').getAttribute('aria-invalid')) === 'true',
    'A value without a source is not accepted.',
  )
  await page.getByLabel('Source').fill('Valeur d’essai du parcours')
  await page.getByRole('button', { name: 'Proposer cette valeur' }).click()
  await titre(page, parametre)
}

/**
 * A référent fills a hole: values typed by a person, marked as not verified; the simulation says which payslips they
 * unblock, in which bodies. She cannot release them herself.
 */
export async function proposerDesValeurs(
  page: Page,
  url: string,
  { compte, valeurs, attente = 120_000 }: { compte: Compte; valeurs: readonly Valeur[]; attente?: number },
): Promise<void> {
  await seConnecter(page, url, compte)
  for (const v of valeurs) await proposer(page, v)
  verifier(
    (await page.getByRole('button', { name: 'Publier' }).count()) === 0,
    'She does not release what she proposed.',
  )
  await page.getByText('Non vérifié').first().waitFor()
  await page.getByRole('button', { name: 'Simuler l’effet' }).click()
  const effet = page.getByLabel('Effet de la valeur')
  await effet.waitFor({ timeout: attente })
  const chiffres = await lire(effet)
  const debloques = Number(/Débloqués([\d\s]+)/.exec(chiffres)?.[1]?.replace(/\s/g, ''))
  verifier(debloques > 0, `The payslips that the hole blocked are computed: ${chiffres}`)
  const collectivites = page.getByRole('table', { name: 'Collectivités touchées' })
  await attendre(
    async () => (await collectivites.getByRole('row').count()) > 1,
    'The bodies that it touches are listed.',
  )
}

/** A second référent finds the task, reads the effect, and releases with a sentence that says what will happen. */
export async function publierUneValeur(
  page: Page,
  url: string,
  { compte, parametre, valeur }: { compte: Compte } & Valeur,
): Promise<void> {
  await seConnecter(page, url, compte)
  await page
    .getByRole('main')
    .getByRole('link', { name: /Publier ou refuser/ })
    .click()
  await page.getByRole('grid', { name: 'Valeurs proposées' }).getByRole('link', { name: parametre }).first().click()
  await titre(page, parametre)
  await page.getByLabel('Effet de la valeur').waitFor()
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  const phrase = await lire(page.getByRole('dialog'))
  verifier(phrase.includes(valeur) && phrase.includes('01/01/2026'), 'The confirmation says the value and its date.')
  verifier(phrase.includes('n’est pas vérifiée'), 'The confirmation says that the value is not verified.')
  await page.getByRole('dialog').getByRole('button', { name: 'Publier' }).click()
  await page.getByText('Publiée', { exact: true }).first().waitFor()
  await metier(page, 'Paramètres de la paie').click()
  await page.getByRole('searchbox', { name: 'Rechercher dans Paramètres de la paie' }).fill(parametre)
  const ligne = page
    .getByRole('grid', { name: 'Paramètres de la paie' })
    .getByRole('row')
    .filter({ hasText: parametre })
  await ligne.first().click()
  const detail = page.getByRole('region', { name: 'Paramètre choisi' })
  await detail.getByText(valeur).first().waitFor()
}
