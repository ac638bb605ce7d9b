import { createHash } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { pdfDEssai, pngDEssai } from '#modules/documents/essai/fichiers.ts'
import { attendre, type Compte, lire, seConnecter, verifier } from './acces.ts'
import { examiner } from './veille.ts'

const sha256 = (octets: Buffer) => createHash('sha256').update(octets).digest('hex')
const ligneDe = (page: Page, fichier: string) => page.getByRole('listitem', { name: fichier })

async function ouvrirDossier(page: Page, mois: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menu des métiers' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('navigation', { name: 'Métiers' }).getByRole('link', { name: 'Dossier du mois' }).click()
  await page.getByRole('heading', { level: 1, name: `Dossier de ${mois}` }).waitFor()
}

/** Chooses in a list with the keyboard, as she does. */
async function choisir(page: Page, champ: Locator, texte: string): Promise<void> {
  await champ.click()
  await page.keyboard.type(texte)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** Drops files from the desk onto the zone, as a hand does with the mouse. */
async function glisser(page: Page, fichiers: { nom: string; type: string; octets: Buffer }[]): Promise<void> {
  const transfert = await page.evaluateHandle(
    (fs) => {
      const t = new DataTransfer()
      for (const f of fs) t.items.add(new File([Uint8Array.from(f.octets)], f.nom, { type: f.type }))
      return t
    },
    fichiers.map((f) => ({ ...f, octets: [...f.octets] })),
  )
  await page
    .getByRole('region', { name: 'Déposer des pièces' })
    .getByText('Déposer des pièces', { exact: true })
    .dispatchEvent('drop', { dataTransfer: transfert })
}

/**
 * The secretary drops three files at once: one is described by its name, one by hand, one is a lie about its format.
 * The first two get their receipt (number, time, the SHA-256 of what was sent); the third is refused with its reason.
 */
export async function deposerDesPieces(
  page: Page,
  url: string,
  { compte, mois = 'novembre 2025' }: { compte: Compte; mois?: string },
): Promise<void> {
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await examiner(page, 'secretaire-aujourdhui', { sombre: true })
  await ouvrirDossier(page, mois)
  await page.getByRole('grid', { name: 'Pièces déposées' }).getByRole('row').nth(1).waitFor()
  await examiner(page, 'secretaire-dossier', { sombre: true })
  const etat = pdfDEssai(`Etat des heures ${Date.now()}`, 40_000)
  const photo = pngDEssai()
  await glisser(page, [
    { nom: 'etat-heures.pdf', type: 'application/pdf', octets: etat },
    { nom: 'IMG_0001.png', type: 'image/png', octets: photo },
    { nom: 'contrat.pdf', type: 'application/pdf', octets: Buffer.from('Ceci n’est pas un PDF.') },
  ])

  const heures = ligneDe(page, 'etat-heures.pdf')
  verifier(
    (await heures.getByLabel('Nature').first().inputValue()) === 'État des heures',
    'The kind is proposed from the name of the file.',
  )
  await page.getByRole('button', { name: 'Déposer les 3 pièces' }).click()
  await heures.getByText('Dites qui elle concerne').waitFor()
  await examiner(page, 'secretaire-depot')
  await heures.getByLabel('Tout l’organisme').check()

  const image = ligneDe(page, 'IMG_0001.png')
  await choisir(page, image.getByLabel('Nature').first(), 'identité')
  await image.getByLabel('Agents concernés').first().click()
  const agent = page.getByRole('option').locator('visible=true').first()
  await agent.waitFor()
  await examiner(page, 'secretaire-agents')
  const nom = (await lire(agent)).split(',')[0]!
  await agent.click()
  await page.keyboard.press('Escape')
  await image.getByLabel('Date d’effet').fill('011125')
  await image.getByLabel('Libellé').fill('Nouveau compte')

  await ligneDe(page, 'contrat.pdf').getByLabel('Tout l’organisme').check()
  await page.getByRole('button', { name: 'Déposer les 3 pièces' }).click()

  for (const [ligne, octets] of [
    [heures, etat],
    [image, photo],
  ] as const) {
    await ligne.getByText('Déposée', { exact: true }).waitFor()
    const recu = await lire(ligne)
    verifier(/n°\s\d+/.test(recu), 'The receipt has its number.')
    verifier(/\d{2}\/\d{2}\/\d{4} à \d{2}:\d{2}/.test(recu), 'The receipt has its time.')
    verifier(recu.includes(sha256(octets)), 'The receipt has the SHA-256 of the bytes that were sent.')
  }
  const refusee = ligneDe(page, 'contrat.pdf')
  await refusee.getByText('Cette pièce n’a pas été déposée').waitFor()
  verifier((await lire(refusee)).includes('.pdf'), 'The refusal says what is wrong with the file.')
  await examiner(page, 'secretaire-recus')

  // The receipt is a paper too.
  const [pdf] = await Promise.all([
    page.waitForEvent('download'),
    heures.getByRole('button', { name: 'Accusé de dépôt (PDF)' }).click(),
  ])
  verifier(pdf.suggestedFilename().endsWith('.pdf'), 'The receipt is a PDF.')
  const liste = page.getByRole('grid', { name: 'Pièces déposées' })
  const ligne = liste.getByRole('row').filter({ hasText: 'Nouveau compte' }).first()
  const [famille] = nom.split(' ')
  await attendre(async () => (await lire(ligne)).includes(famille!), 'The list says whom the paper concerns.')
  await refusee.getByRole('button', { name: /^Retirer/ }).click()
}

/** She answers the question that waits, and her answer stands in the thread. */
export async function repondreAuGestionnaire(
  page: Page,
  { mois = 'novembre 2025', texte = 'Oui, je le confirme.' }: { mois?: string; texte?: string } = {},
): Promise<void> {
  await ouvrirDossier(page, mois)
  await page.getByRole('tab', { name: /Questions/ }).click()
  const question = page.getByRole('article').filter({ hasText: 'À répondre' }).first()
  const objet = await lire(question.getByRole('heading'))
  await examiner(page, 'secretaire-questions')
  await question.getByLabel('Votre réponse').fill(texte)
  await question.getByRole('button', { name: 'Répondre' }).click()
  await page
    .getByRole('article', { name: objet })
    .filter({ hasText: texte })
    .filter({ hasText: 'Répondu' })
    .first()
    .waitFor()
}

/** A photo of a paper, from the phone, in a few touches of the thumb. */
export async function deposerDUnTelephone(
  page: Page,
  url: string,
  { compte, mois = 'novembre 2025' }: { compte: Compte; mois?: string },
): Promise<void> {
  await seConnecter(page, url, compte)
  await page.getByRole('main').getByRole('link').first().waitFor()
  await examiner(page, 'secretaire-aujourdhui')
  await ouvrirDossier(page, mois)
  await page.getByRole('button', { name: 'Prendre une photo' }).waitFor()
  await examiner(page, 'secretaire-dossier', { sombre: true })
  const photo = pngDEssai()
  await page.getByLabel('Photo à déposer').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo })
  const ligne = ligneDe(page, 'photo.png')
  await ligne.getByLabel('Nature').first().click()
  await page.getByRole('option').locator('visible=true').first().waitFor()
  await examiner(page, 'secretaire-nature')
  await page.keyboard.press('Escape')
  await choisir(page, ligne.getByLabel('Nature').first(), 'arrêté')
  await ligne.getByLabel('Tout l’organisme').check()
  await ligne.getByLabel('Date d’effet').fill('011125')
  await ligne.getByLabel('Libellé').fill('Arrêté photographié')
  await examiner(page, 'secretaire-photo')
  await page.getByRole('button', { name: /^Déposer la pièce/ }).click()
  await ligne.getByText('Déposée', { exact: true }).waitFor()
  verifier((await lire(ligne)).includes(sha256(photo)), 'The receipt has the SHA-256 of the photo.')
  await examiner(page, 'secretaire-photo-recu')
}
