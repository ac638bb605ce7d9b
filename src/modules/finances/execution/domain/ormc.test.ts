import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { computeCle1, computeCle2 } from './ormc.ts'

test.each`
  codeCollectivite | operande2 | exercice | periode | numero    | cle1 | cle2
  ${'470'}         | ${'9495'} | ${2026}  | ${1}    | ${257206} | ${7} | ${'Q'}
  ${'290'}         | ${'3381'} | ${2023}  | ${6}    | ${290581} | ${9} | ${'G'}
  ${'755'}         | ${'2128'} | ${2022}  | ${4}    | ${649677} | ${6} | ${'N'}
`('keys of the debt $numero', ({ cle1, cle2, ...dette }) =>
  expect([computeCle1(dette), computeCle2(dette)]).toEqual([cle1, cle2]),
)

test('the public table of keys', () => {
  const fichier = new URL('../../../../../../shared/standards/facturation/ormc-cles.csv', import.meta.url)
  if (!existsSync(fichier)) return console.log('ormc : table publique absente, cas sautés')
  const lignes = readFileSync(fichier, 'utf8').trim().split(/\r?\n/).slice(1)
  for (const l of lignes) {
    const [codeCollectivite, operande2, exercice, periode, numero, cle1, cle2] = l.split(';') as [string, ...string[]]
    const d = {
      codeCollectivite,
      operande2: operande2!,
      exercice: Number(exercice),
      periode: Number(periode),
      numero: Number(numero),
    }
    expect([l, String(computeCle1(d)), computeCle2(d)]).toEqual([l, cle1, cle2])
  }
  expect(lignes.length).toBeGreaterThan(10)
})
