import type { Locator, Page } from 'playwright-core'

export type Compte = { identifiant: string; motDePasse: string }

/** Signs in by the screen, and waits for the first page. */
export async function seConnecter(page: Page, url: string, compte: Compte): Promise<void> {
  await page.goto(new URL('/connexion', url).href)
  await page.getByLabel('Identifiant').fill(compte.identifiant)
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(compte.motDePasse)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL((u) => u.pathname !== '/connexion')
}

/** A fact that the journey relies on; its message says which sentence of the journey is not true. */
export function verifier(vrai: boolean, message: string): asserts vrai {
  if (!vrai) throw new Error(message)
}

/** What an element says, spaces made plain: the thin and no-break ones are checked elsewhere. */
export const lire = async (l: Locator): Promise<string> =>
  ((await l.textContent()) ?? '').replace(/[\u00a0\u202f]/g, ' ')
