import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright-core'
import { unzip } from '#modules/documents/essai/fichiers.ts'
import { type Compte, lire, seConnecter, verifier } from './acces.ts'
import { examiner } from './veille.ts'

const octetsDe = async (d: Download) => readFile(await d.path())

async function telecharger(page: Page, presser: () => Promise<void>): Promise<{ nom: string; octets: Buffer }> {
  const [fichier] = await Promise.all([page.waitForEvent('download'), presser()])
  return { nom: fichier.suggestedFilename(), octets: await octetsDe(fichier) }
}

/**
 * The agent opens her safe on a phone: her payslips only, one is read and kept, then all of them in an archive whose
 * hashes agree without Bosquet.
 */
export async function lireSonCoffre(
  page: Page,
  url: string,
  { compte, mois }: { compte: Compte; mois: readonly string[] },
): Promise<void> {
  await seConnecter(page, url, compte)
  await page.goto(new URL('/coffre', url).href)
  await page.getByRole('heading', { level: 1, name: 'Mon coffre' }).waitFor()
  const lignes = page.getByRole('main').getByRole('listitem').getByRole('link')
  await lignes.first().waitFor()
  await examiner(page, 'coffre', { sombre: true })
  const lues = await Promise.all((await lignes.all()).map(lire))
  verifier(
    lues.length === mois.length && mois.every((m, i) => lues[i]!.startsWith(m)),
    `The safe holds the payslips of ${mois.join(', ')}, and nobody else’s: ${lues.join(' | ')}`,
  )

  await lignes.first().click()
  await page.getByRole('heading', { level: 2, name: /^Bulletin de paie/ }).waitFor()
  await page.getByRole('link', { name: 'Lire le document' }).waitFor()
  await examiner(page, 'coffre-bulletin')
  const un = await telecharger(page, () => page.getByRole('button', { name: 'Télécharger', exact: true }).click())
  verifier(un.octets.subarray(0, 5).toString() === '%PDF-', 'The payslip is a PDF.')
  await page.getByRole('button', { name: 'Reçu de dépôt' }).click()
  const recu = page.getByRole('complementary', { name: 'Reçu de dépôt' })
  await recu.getByText('Empreinte').waitFor()
  const empreinte = createHash('sha256').update(un.octets).digest('hex')
  verifier((await lire(recu)).includes(empreinte), 'The receipt has the SHA-256 of the payslip that was downloaded.')
  await examiner(page, 'coffre-recu')
  await page.keyboard.press('Escape')

  await page.goto(new URL('/coffre', url).href)
  const tout = await telecharger(page, () => page.getByRole('link', { name: 'Tout télécharger' }).click())
  const archive = unzip(tout.octets)
  const sommes = archive.get('SHA256SUMS')!.toString().trim().split('\n')
  verifier(sommes.length === mois.length, `The archive holds ${mois.length} payslips.`)
  for (const ligne of sommes) {
    const papier = archive.get(ligne.slice(66))
    verifier(
      papier !== undefined && createHash('sha256').update(papier).digest('hex') === ligne.slice(0, 64),
      `« ${ligne.slice(66)} » is what its hash says.`,
    )
  }
  await page.getByRole('link', { name: 'Journal' }).click()
  await page.getByRole('heading', { level: 1, name: /[Jj]ournal/ }).waitFor()
  await examiner(page, 'coffre-journal')
}
