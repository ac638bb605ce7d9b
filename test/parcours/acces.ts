import type { Locator, Page } from 'playwright-core'

export type Compte = { identifiant: string; motDePasse: string }

/** Signs in by the screen, and waits for the first page. */
export async function seConnecter(page: Page, url: string, compte: Compte): Promise<void> {
  await page.goto(new URL('/connexion', url).href)
  await page.getByLabel('Identifiant').fill(compte.identifiant)
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(compte.motDePasse)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL((u) => u.pathname !== '/connexion')
  if (new URL(page.url()).pathname !== '/connexion/verification') return
  // the demonstration gives its code on the page, already typed
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.waitForURL((u) => !u.pathname.startsWith('/connexion'))
}

/** Signs in by the API, as a program does; gives the headers of the session. */
export async function ouvrirSession(url: string, compte: Compte) {
  const cookiesOf = (r: Response) =>
    Object.fromEntries(r.headers.getSetCookie().map((c) => c.split(';')[0]!.split('=')))
  const send = async (chemin: string, body: unknown, cookies: Record<string, string> = {}) => {
    const r = await fetch(`${url}${chemin}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: Object.entries(cookies)
          .map(([k, v]) => `${k}=${v}`)
          .join('; '),
        'x-csrf': cookies.bosquet_csrf ?? '',
      },
      body: JSON.stringify(body),
    })
    if (!r.ok) throw new Error(`${compte.identifiant} cannot sign in: ${r.status} ${await r.text()}`)
    return { lu: await r.json(), cookies: { ...cookies, ...cookiesOf(r) } }
  }
  let entree = await send('/api/acces/connexion', compte)
  const code = entree.lu.secondFacteur.codeDemonstration
  if (code) entree = await send('/api/acces/second-facteur', { moyen: 'demonstration', code }, entree.cookies)
  return {
    organismes: entree.lu.organismes as { id: string; via: string }[],
    headers: {
      cookie: Object.entries(entree.cookies)
        .map(([k, v]) => `${k}=${v}`)
        .join('; '),
      'x-csrf': String(entree.cookies.bosquet_csrf),
    },
  }
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
