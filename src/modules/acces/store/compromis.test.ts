import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { faiblesseOf } from '../domain/mot-de-passe.ts'
import { openCompromis } from './compromis.ts'

const dossier = mkdtempSync(join(tmpdir(), 'bosquet-compromis-'))
afterAll(() => rmSync(dossier, { recursive: true }))

const sha1 = (t: string) => createHash('sha1').update(t).digest('hex').toUpperCase()

test.each([0, 1, 2, 3, 1000])('a file of %i lines is searched by halves, its first and last lines too', async (n) => {
  const mots = Array.from({ length: n }, (_, i) => `mot de passe vole ${i}`)
  const lignes = mots.map(sha1).sort()
  for (const [nom, texte] of [
    ['compte', lignes.map((h, i) => `${h}:${i * 37}\r\n`).join('')],
    ['nu', lignes.join('\n')],
  ] as const) {
    const chemin = join(dossier, `${nom}-${n}.txt`)
    writeFileSync(chemin, texte)
    const estConnu = openCompromis(chemin)
    for (const m of mots) expect([m, await estConnu(m)]).toEqual([m, true])
    for (let i = 0; i < 50; i++) expect(await estConnu(`phrase que nul ne sait ${i}`)).toBe(false)
  }
})

const mots = ['Bosquet', 'secretaire', 'mees', 'Céline', 'David']
test.each`
  motDePasse                     | refuse
  ${'qwerty123456'}              | ${'listes'}
  ${'QWERTY123456'}              | ${'listes'}
  ${'password2026!!'}            | ${'listes'}
  ${'aaaaaaaaaaaa'}              | ${'répétitif'}
  ${'1212121212121'}             | ${'répétitif'}
  ${'Bosquet-2026-!'}            | ${'nom'}
  ${'celine.david40'}            | ${'nom'}
  ${'le chat de Céline boude'}   | ${undefined}
  ${'pins, mer et vent du nord'} | ${undefined}
`('« $motDePasse » is refused because: $refuse', async ({ motDePasse, refuse }) => {
  const faiblesse = await faiblesseOf(motDePasse, { mots, estConnu: openCompromis(undefined) })
  if (refuse) expect(faiblesse).toContain(refuse)
  else expect(faiblesse).toBeUndefined()
})
