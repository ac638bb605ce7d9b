import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { CELLULES } from '#modules/paie/carriere/grille/contract.ts'
import { seConnecter } from '../test/parcours/acces.ts'
import { compteOf, openEssai } from '../test/plateforme.ts'
import { openNavigateur } from '../test/ui/navigateur.ts'

/*
 * The entry grid of a month in a true browser, on the real screen and the real server: 500 lines of 12 cells copied from
 * a spreadsheet, pasted, undone, done again and saved. Each time runs from the gesture to the frame that shows it.
 */

const MOIS = '2025-11'
const LIGNES = 500
const REPETITIONS = 5

const construction = spawnSync(process.execPath, ['src/ui/construire.ts'], { stdio: ['ignore', 'ignore', 'inherit'] })
assert.equal(construction.status, 0, 'the screens could not be built')

let client = ''
const essai = await openEssai((d) => {
  const tailles = Map.groupBy(d.carrieres, (c) => c.organismeId)
  client = [...tailles].sort((a, b) => b[1].length - a[1].length)[0]![0]
  return [client]
})
const d = essai.demonstration
const officier = d.comptes.find(
  (c) => c.id === d.portefeuilles.find((p) => p.organismesIds.includes(client as never))!.gestionnaireId,
)!
const siren = d.organismes.find((o) => o.id === client)!.siren
const url = await essai.app.listen({ port: 0, host: '127.0.0.1' })
const navigateur = await openNavigateur()
try {
  const page = await (
    await navigateur.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' })
  ).newPage()
  await seConnecter(page, url, {
    identifiant: compteOf(d, officier.courriel).courriel,
    motDePasse: 'pins-et-chenes-40',
  })
  await page.goto(`${url}/o/${siren}/saisie/${MOIS}`)
  const grille = page.getByRole('grid')
  await grille.waitFor()
  const lignes = Number(await grille.getAttribute('aria-rowcount')) - 1
  assert.ok(lignes >= LIGNES, `the largest client has only ${lignes} agents`)

  /** Lines of a spreadsheet; one in fifty has a cell that does not read, as a true one has. */
  const bloc = Array.from({ length: LIGNES }, (_, i) =>
    CELLULES.map((c) => {
      if (c === 'absenceMotif') return i % 3 === 0 ? 'Congé de maladie' : ''
      if (c.startsWith('absence')) return i % 3 === 0 ? `${c === 'absenceDepuis' ? '03' : '10'}/11/2025` : ''
      if (c === 'quantite') return String(10 + (i % 7))
      if (c.startsWith('hs') || c === 'complementaires')
        return i % 50 === 0 && c === 'hsNuit' ? 'beaucoup' : `${1 + (i % 9)}h30`
      return `${100 + i},50`
    }).join('\t'),
  ).join('\n')

  /** From the gesture to the second frame after the page shows its result. */
  const chronometrer = (geste: 'coller' | 'annuler' | 'refaire') =>
    page.evaluate(
      async ({ geste, bloc }) => {
        const table = document.querySelector('[role=grid]') as HTMLElement
        const compteur = document.querySelector('.bq-page-titre > .bq-discret') as HTMLElement
        const avant = compteur.textContent
        const change = new Promise<void>((ok) => {
          const guet = new MutationObserver(() => {
            if (compteur.textContent === avant) return
            guet.disconnect()
            requestAnimationFrame(() => requestAnimationFrame(() => ok()))
          })
          guet.observe(compteur, { childList: true, characterData: true, subtree: true })
        })
        const t = performance.now()
        if (geste === 'coller') {
          const presse = new DataTransfer()
          presse.setData('text/plain', bloc)
          table.dispatchEvent(new ClipboardEvent('paste', { clipboardData: presse, bubbles: true, cancelable: true }))
        } else
          table.dispatchEvent(
            new KeyboardEvent('keydown', {
              key: geste === 'annuler' ? 'z' : 'y',
              ctrlKey: true,
              bubbles: true,
              cancelable: true,
            }),
          )
        await change
        return performance.now() - t
      },
      { geste, bloc },
    )

  const premiere = page.locator('[data-place="0.2"]')
  const mesures: Record<'coller' | 'annuler' | 'refaire', number[]> = { coller: [], annuler: [], refaire: [] }
  for (let n = 0; n < REPETITIONS; n++) {
    await grille.press('Control+Home')
    await premiere.click()
    mesures.coller.push(await chronometrer('coller'))
    mesures.annuler.push(await chronometrer('annuler'))
    mesures.refaire.push(await chronometrer('refaire'))
    await chronometrer('annuler')
  }
  await grille.press('Control+Home')
  await premiere.click()
  await chronometrer('coller')
  const fautes = await page.getByText(/cellules? à corriger/).textContent()
  const modifiees = Number(
    /\d+/.exec((await page.locator('.bq-page-titre > .bq-discret').textContent()) ?? '')?.[0] ?? 0,
  )

  // what cannot be read is emptied, as the officer would; then the whole is sent
  for (let i = 0; i < LIGNES; i += 50) {
    await page.keyboard.press('F8')
    await page.keyboard.press('Delete')
  }
  const debut = performance.now()
  const reponse = page.waitForResponse((r) => r.request().method() === 'POST' && r.url().includes('/grille'))
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  const recu = await (await reponse).json()
  await page.getByText('lignes enregistrées').waitFor()
  const enregistrer = performance.now() - debut
  assert.equal(recu.enregistrees, modifiees, JSON.stringify(recu.fautes?.slice(0, 3)))

  const mediane = (l: number[]) => Math.round(l.toSorted((a, b) => a - b)[Math.floor(l.length / 2)]!)
  const pire = (l: number[]) => Math.round(Math.max(...l))
  console.log(
    JSON.stringify({
      lignes: LIGNES,
      cellules: LIGNES * CELLULES.length,
      lignes_modifiees: modifiees,
      refusees: fautes?.trim(),
      coller_ms: mediane(mesures.coller),
      coller_pire_ms: pire(mesures.coller),
      annuler_ms: mediane(mesures.annuler),
      annuler_pire_ms: pire(mesures.annuler),
      refaire_ms: mediane(mesures.refaire),
      enregistrer_ms: Math.round(enregistrer),
    }),
  )
} finally {
  await navigateur.close()
  await essai.fermer()
}
