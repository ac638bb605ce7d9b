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

/** Alt+letter, once the page shows who answers to it: before that a key is lost, for a person as for a journey. */
export async function appuyer(page: Page, lettre: string): Promise<void> {
  await page.locator(`[data-touche="${lettre}"]:not(:disabled)`).last().waitFor()
  await page.keyboard.press(`Alt+${lettre}`)
}

/** A fact that comes true by itself in a moment; `verifier` is for what is true at once. */
export async function attendre(vrai: () => Promise<boolean>, message: string, attente = 30_000): Promise<void> {
  for (const fin = Date.now() + attente; !(await vrai()); await new Promise((r) => setTimeout(r, 100)))
    verifier(Date.now() < fin, message)
}
