import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, preview } from 'vite'

const CHEMINS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const ECRANS = {
  bureau: { width: 1366, height: 768 },
  telephone: { width: 390, height: 844 },
} as const

/** Folder of the screenshots, when someone wants to look at them: `CAPTURES=dossier`. */
const captures = process.env.CAPTURES

export async function openNavigateur(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? CHEMINS.find((c) => existsSync(c))
  if (!executablePath) throw new Error('Chromium not found: install it, or give its path in CHROMIUM')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] })
}

/** The screens alone, built for development: the living page of the components needs no server behind. */
export async function openEcrans(): Promise<{ url: string; close(): Promise<void> }> {
  process.env.NODE_ENV = 'development'
  const outDir = mkdtempSync(join(tmpdir(), 'bosquet-ecrans-'))
  await build({ mode: 'development', logLevel: 'error', build: { outDir, minify: false } })
  const serveur = await preview({
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1', proxy: {} },
  })
  const adresse = serveur.httpServer.address()
  if (adresse === null || typeof adresse === 'string') throw new Error('the screens are not served on a port')
  return {
    url: `http://127.0.0.1:${adresse.port}`,
    close: async () => {
      await serveur.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds on the page, one line each; empty when all is well. */
export async function findViolations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the content policy of the application forbids those.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (
      window as unknown as {
        axe: {
          run(): Promise<{
            violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[]
          }>
        }
      }
    ).axe.run()
    return violations.flatMap((v) =>
      v.nodes.map((n) => `${v.id}: ${v.help} | ${n.html.slice(0, 160)} | ${n.failureSummary}`),
    )
  })
}

export async function capture(page: Page, nom: string): Promise<void> {
  if (!captures) return
  mkdirSync(captures, { recursive: true })
  await page.screenshot({ path: join(captures, `${nom}.png`) })
}
