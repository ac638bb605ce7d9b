import { expect, test } from 'vitest'
import { cleanNom } from '../domain/formats.ts'
import { docxDEssai, jpegDEssai, odsDEssai, pdfDEssai, pngDEssai, zipDEssai } from '../essai/fichiers.ts'
import { detectFormat } from './detecter-format.ts'

const mime = async (nom: string, octets: Uint8Array) => (await detectFormat(nom, octets)).mime
const refus = (nom: string, octets: Uint8Array) =>
  detectFormat(nom, octets).then(
    (f) => `accepted as ${f.mime}`,
    (e) => e.code,
  )
const texte = (t: string) => Buffer.from(t)

test('what a member sends every month is accepted, named by its bytes', async () => {
  expect(await mime('arrêté.pdf', pdfDEssai('arrêté'))).toBe('application/pdf')
  expect(await mime('photo.PNG', pngDEssai())).toBe('image/png')
  expect(await mime('photo.jpeg', jpegDEssai())).toBe('image/jpeg')
  expect(await mime('heures.ods', await odsDEssai())).toBe('application/vnd.oasis.opendocument.spreadsheet')
  expect(await mime('note.docx', await docxDEssai())).toContain('wordprocessingml')
  expect(await mime('heures.csv', texte('agent;heures\nDupé;12,5\n'))).toBe('text/csv')
  expect(await mime('heures.csv', Buffer.from('agent;heures\nDup\xe9;12,5\n', 'latin1'))).toBe('text/csv')
  expect(await mime('note.txt', texte('Bonjour'))).toBe('text/plain')
})

test('programs, web pages, drawings with scripts and archives are refused whatever their name', async () => {
  const elf = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)])
  const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
  for (const nom of ['x.pdf', 'x.txt', 'x.exe', 'x']) {
    expect(await refus(nom, elf)).toBe('fichier.format')
    expect(await refus(nom, exe)).toBe('fichier.format')
  }
  expect(await refus('page.html', texte('<!doctype html><script>1</script>'))).toBe('fichier.format')
  expect(await refus('page.txt', texte('\ufeff  <html><body>'))).toBe('fichier.illisible')
  expect(await refus('plan.svg', texte('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'))).toBe(
    'fichier.format',
  )
  expect(await refus('plan.png', texte('<?xml version="1.0"?><svg/>'))).toBe('fichier.format')
  expect(await refus('lot.zip', await zipDEssai({ 'a.txt': 'a' }))).toBe('fichier.format')
  expect(await refus('script.txt', texte('#!/bin/sh\nrm -rf /'))).toBe('fichier.illisible')
})

test('a name that does not agree with the bytes is refused, and the message tells the right extension', async () => {
  expect(await refus('photo.pdf', pngDEssai())).toBe('fichier.nom')
  expect(await refus('arrete.jpg', pdfDEssai('a'))).toBe('fichier.nom')
  expect(await refus('arrete', pdfDEssai('a'))).toBe('fichier.nom')
  await expect(detectFormat('photo.pdf', pngDEssai())).rejects.toThrow('.png')
})

test('an empty file and a name without its content are refused', async () => {
  expect(await refus('a.pdf', Buffer.alloc(0))).toBe('fichier.vide')
  expect(await refus('a.pdf', texte('not a pdf'))).toBe('fichier.nom')
  expect(await refus('a.pdf', Buffer.alloc(500, 1))).toBe('fichier.illisible')
})

test('a file cut anywhere in its second half is refused', async () => {
  const fichiers: [string, Buffer][] = [
    ['a.pdf', pdfDEssai('bulletin de novembre', 6000)],
    ['a.png', pngDEssai()],
    ['a.jpg', jpegDEssai()],
    ['a.docx', await docxDEssai()],
    ['a.ods', await odsDEssai()],
  ]
  for (const [nom, entier] of fichiers) {
    expect(await refus(nom, entier)).toMatch(/^accepted/)
    for (const part of [0.5, 0.7, 0.9, 0.97]) {
      const coupe = entier.subarray(0, Math.floor(entier.length * part))
      expect([nom, part, await refus(nom, coupe)]).toEqual([
        nom,
        part,
        expect.stringMatching(/incomplet|format|illisible/),
      ])
    }
  }
})

test('an altered PNG is refused', async () => {
  const altere = Buffer.from(pngDEssai())
  altere[45]! ^= 1
  expect(await refus('a.png', altere)).toBe('fichier.incomplet')
})

test('names lose folders, invisible characters and their excess length, never their extension', () => {
  expect(cleanNom('C:\\Documents\\arrêté.pdf')).toBe('arrêté.pdf')
  expect(cleanNom('../../etc/passwd')).toBe('passwd')
  expect(cleanNom('facture\u202efdp.exe')).toBe('facturefdp.exe')
  expect(cleanNom(`${'é'.repeat(400)}.pdf`)).toMatch(/^é{176}\.pdf$/)
  expect(cleanNom('\u0000')).toBe('document')
})
