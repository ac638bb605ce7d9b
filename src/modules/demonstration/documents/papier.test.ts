import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildDemonstration, createDessinateur } from '../index.ts'

const d = buildDemonstration()
const { papierOf, drawPiece } = createDessinateur(d)
const premieres = [...Map.groupBy(d.pieces, (p) => p.kind).values()].map((l) => l[0]!)
const sha = (b: Uint8Array) => createHash('sha256').update(b).digest('hex')

test.each(premieres.map((p) => [p.kind, p] as const))('a paper « %s » is a PDF, the same each time', (_, piece) => {
  const pdf = drawPiece(piece)
  expect(Buffer.from(pdf.subarray(0, 5)).toString('latin1')).toBe('%PDF-')
  expect(sha(drawPiece(piece))).toBe(sha(pdf))
})

test('every paper says something of everybody whom it concerns', () => {
  const personnes = new Map(d.personnes.map((p) => [p.id, p]))
  const carrieres = new Map(d.carrieres.map((c) => [c.id, c]))
  const silent = d.pieces.filter((piece) => {
    const text = JSON.stringify(papierOf(piece))
    return piece.carrieresIds.some((id) => {
      const p = personnes.get(carrieres.get(id)!.personneId)!
      return !text.includes(`${p.prenoms[0]} ${p.nomUsage ?? p.nomNaissance}`)
    })
  })
  expect(silent.map((p) => p.libelle)).toEqual([])
})

test('an arrêt de travail gives dates and nothing medical', () => {
  const arrets = d.pieces.filter((p) => p.kind === 'arretTravail').map(papierOf)
  expect(arrets.length).toBeGreaterThan(100)
  for (const { fiche } of arrets)
    expect(fiche.map(([libelle]) => libelle)).toEqual([
      'Assuré',
      'Numéro de sécurité sociale',
      'Emploi',
      'Nature',
      'Premier jour d’arrêt',
      'Dernier jour d’arrêt',
    ])
})
