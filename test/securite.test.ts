import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { pageOf, readExigences, readPage } from '../docs/securite/generer.ts'

const RACINE = resolve(import.meta.dirname, '..')
const exigences = readExigences()

test('each requirement has one state; what is met cites files that exist, what is not says why', () => {
  expect(new Set(exigences.map((e) => e.exigence)).size).toBe(exigences.length)
  expect(exigences).toHaveLength(253)
  for (const e of exigences) {
    expect(['satisfaite', 'sans objet', 'manque']).toContain(e.etat)
    expect([e.exigence, e.note.length > 3]).toEqual([e.exigence, true])
    const preuves = e.preuves.split(' ').filter(Boolean)
    if (e.etat === 'satisfaite') expect([e.exigence, preuves.length > 0]).toEqual([e.exigence, true])
    for (const p of preuves) expect([e.exigence, p, existsSync(resolve(RACINE, p))]).toEqual([e.exigence, p, true])
  }
})

test('the page holds the table as it is drawn', () => {
  // the formatter aligns the columns
  const compact = (page: string) => page.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---')
  expect(compact(readPage())).toBe(compact(pageOf(readPage(), exigences)))
})

test('the list is that of OWASP, levels 1 and 2', () => {
  const officielle = resolve(RACINE, '../shared/standards/asvs/asvs-5.0.0-en.csv')
  if (!existsSync(officielle)) {
    console.log(`ASVS : liste officielle absente, ${exigences.length} exigences non comparées`)
    return
  }
  const { data } = Papa.parse<{ req_id: string; L: string }>(readFileSync(officielle, 'utf8').replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  })
  const attendues = data.filter((r) => r.L !== '3').map((r) => `${r.req_id} ${r.L}`)
  expect(exigences.map((e) => `${e.exigence} ${e.niveau}`).sort()).toEqual(attendues.sort())
})
