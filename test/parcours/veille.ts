import type { Browser, BrowserContext, Page } from 'playwright-core'
import { capture, ECRANS, findViolations } from '../ui/navigateur.ts'
import { verifier } from './acces.ts'

/** What went wrong behind the screens: errors of the console, of the page, of the server. */
export class Veille {
  readonly fautes: string[] = []
  /** A server that was stopped on purpose is not a fault. */
  serveurArrete = false

  suivre(page: Page): void {
    page.on('console', (m) => {
      // A refusal is an answer of the application, that the browser also writes in its console.
      if (m.type() !== 'error' || /status of 4\d\d/.test(m.text())) return
      if (this.serveurArrete && m.text().startsWith('Failed to load resource')) return
      this.fautes.push(`console of ${page.url()}: ${m.text()}`)
    })
    page.on('pageerror', (e) => this.fautes.push(`page ${page.url()}: ${e.message}`))
    page.on('response', (r) => {
      if (r.status() >= 500) this.fautes.push(`${r.status()} ${r.request().method()} ${r.url()}`)
    })
  }

  async openPage(navigateur: Browser, ecran: keyof typeof ECRANS): Promise<{ page: Page; contexte: BrowserContext }> {
    const contexte = await navigateur.newContext({
      viewport: ECRANS[ecran],
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      ...(ecran === 'telephone' ? { hasTouch: true, isMobile: true } : {}),
    })
    contexte.setDefaultTimeout(45_000)
    const page = await contexte.newPage()
    this.suivre(page)
    return { page, contexte }
  }
}

/** A screen of the journey: axe-core finds nothing in it, nothing overflows, and its picture is kept when asked. */
export async function examiner(page: Page, nom: string, { sombre = false } = {}): Promise<void> {
  const large = page.viewportSize()?.width ?? 0
  for (const theme of sombre ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForFunction((t) => document.documentElement.dataset.mantineColorScheme === t, theme)
    await capture(page, `${nom}-${large}${theme === 'dark' ? '-sombre' : ''}`)
    const trouve = await findViolations(page)
    verifier(trouve.length === 0, `axe-core, ${nom}, ${large} px, ${theme}:\n${trouve.join('\n')}`)
  }
  if (sombre) await page.emulateMedia({ colorScheme: 'light' })
  const deborde = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  verifier(deborde <= 0, `${nom}: the page is ${deborde} px wider than its window of ${large} px.`)
}
