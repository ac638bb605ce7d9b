import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCleMaitre } from './cle-maitre.ts'

let donnees = ''
beforeEach(() => {
  donnees = mkdtempSync(join(tmpdir(), 'bosquet-cle-'))
})
afterEach(() => rmSync(donnees, { recursive: true }))
const codeOf = (fn: () => unknown) => {
  try {
    fn()
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  }
}

test('the first start makes the key, readable by its owner alone, and says to back it up; the next ones say nothing', () => {
  const premiere = openCleMaitre(donnees)
  expect(premiere.avertissement).toContain('Sauvegardez ce fichier')
  expect(statSync(join(donnees, 'cle-maitre')).mode & 0o777).toBe(0o600)
  const suivante = openCleMaitre(donnees)
  expect(suivante.avertissement).toBeUndefined()
  expect(suivante.secret).toEqual(premiere.secret)
  expect(readdirSync(donnees).sort()).toEqual(['cle-maitre', 'documents'])
})

test('without its key a folder that has documents does not start, and no new key is made', () => {
  openCleMaitre(donnees)
  rmSync(join(donnees, 'cle-maitre'))
  expect(codeOf(() => openCleMaitre(donnees))).toBe('depot.cleAbsente')
  expect(readdirSync(donnees)).toEqual(['documents'])
})

test('the key of another installation is refused', () => {
  openCleMaitre(donnees)
  writeFileSync(join(donnees, 'cle-maitre'), Buffer.alloc(32, 1).toString('base64'))
  expect(codeOf(() => openCleMaitre(donnees))).toBe('depot.cleMaitre')
})

test('a damaged key is refused and left as it is', () => {
  openCleMaitre(donnees)
  writeFileSync(join(donnees, 'cle-maitre'), 'AAAA')
  expect(codeOf(() => openCleMaitre(donnees))).toBe('depot.cleIllisible')
  expect(readFileSync(join(donnees, 'cle-maitre'), 'utf8')).toBe('AAAA')
})
