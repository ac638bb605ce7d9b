import Papa from 'papaparse'
import writeExcelFile from 'write-excel-file/node'
import { formatEuros } from '#socle/argent.ts'
import { dernierJour } from '#socle/dates.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'
import { insecables } from '#socle/texte.ts'
import type { Cellule, Contexte, Etat } from '../domain/etat.ts'
import { sousTitre } from '../domain/etats.ts'

const GABARIT = new URL('./etat.typ', import.meta.url)

const lue = (etat: Etat) => (cellule: Cellule, i: number) =>
  cellule === null
    ? ''
    : etat.colonnes[i]!.genre === 'montant'
      ? formatEuros(cellule).replace(/\s?€$/, '')
      : insecables(cellule)

/** The table as PDF/A-2b, tagged. Pure: the date of the document is the last day of its month. */
export function renderEtat(etat: Etat, ctx: Contexte, norme: NormePdf = 'a-2b'): Uint8Array {
  const lire = lue(etat)
  return renderTypst(
    GABARIT,
    {
      titre: etat.titre,
      sousTitre: sousTitre(ctx),
      organisme: ctx.organisme.nom,
      siret: ctx.organisme.siret,
      date: dernierJour(ctx.mois),
      paysage: etat.colonnes.length > 6,
      colonnes: etat.colonnes.map((c) => ({ titre: c.titre, droite: c.genre !== 'texte', largeur: c.largeur ?? 1 })),
      groupes: etat.groupes.map((g) => ({
        titre: g.titre ?? '',
        lignes: g.lignes.map((l) => l.map(lire)),
        total: g.total?.map(lire) ?? [],
      })),
      total: etat.total?.map(lire) ?? [],
      notes: etat.notes.map(insecables),
    },
    norme,
  )
}

const desamorcer = (texte: string) => (/^[=+\-@\t\r]/.test(texte) ? `'${texte}` : texte)
const lignesOf = (etat: Etat) =>
  etat.groupes.flatMap((g) => g.lignes.map((l): [string | null, ...Cellule[]] => [g.titre, ...l]))
const aDesGroupes = (etat: Etat) => etat.groupes.some((g) => g.titre !== null)

/** Semicolons, decimal comma and UTF-8 with its mark, as French spreadsheets open it. Totals are left to the spreadsheet. */
export function toCsv(etat: Etat): string {
  const groupes = aDesGroupes(etat)
  const titres = [...(groupes ? ['Groupe'] : []), ...etat.colonnes.map((c) => c.titre)]
  const corps = lignesOf(etat).map(([groupe, ...l]) => [
    ...(groupes ? [desamorcer(groupe ?? '')] : []),
    ...l.map((v, i) => (v === null ? '' : etat.colonnes[i]!.genre === 'texte' ? desamorcer(v) : v.replace('.', ','))),
  ])
  return `\ufeff${Papa.unparse([titres, ...corps], { delimiter: ';', newline: '\r\n' })}\r\n`
}

export async function toXlsx(etat: Etat): Promise<Uint8Array> {
  const groupes = aDesGroupes(etat)
  const titres = [...(groupes ? ['Groupe'] : []), ...etat.colonnes.map((c) => c.titre)]
  const cellule = (v: Cellule, i: number) =>
    v === null
      ? null
      : etat.colonnes[i]!.genre === 'texte'
        ? { value: v, type: String }
        : { value: Number(v), type: Number, ...(etat.colonnes[i]!.genre === 'montant' ? { format: '#,##0.00' } : {}) }
  const corps = lignesOf(etat).map(([groupe, ...l]) => [
    ...(groupes ? [{ value: groupe ?? '', type: String }] : []),
    ...l.map(cellule),
  ])
  const entete = titres.map((t) => ({ value: t, type: String, fontWeight: 'bold' as const }))
  return writeExcelFile([entete, ...corps] as never, {
    sheet: etat.titre.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    stickyRowsCount: 1,
    columns: titres.map((t) => ({ width: Math.max(12, t.length + 3) })),
  }).toBuffer()
}
