import Papa from 'papaparse'
import { remettre } from '../api/client.ts'
import { enDecimal } from '../format/nombre.ts'
import { type Colonne, enCellule, enTexte, type Valeur } from './colonnes.ts'

/** A cell that a spreadsheet would take for a formula is kept as text (a name may begin with « = » or « @ »). */
const desamorcer = (texte: string): string => (/^[=+\-@\t\r]/.test(texte) ? `'${texte}` : texte)

function celluleCsv(v: Valeur, genre: Colonne<unknown>['genre']): string {
  if (v === null || v === undefined || v === '') return ''
  if (genre === 'montant' || genre === 'ecart')
    return enDecimal(typeof v === 'bigint' ? v : String(v)).replace('.', ',')
  if (genre === 'nombre') return String(v).replace('.', ',')
  return desamorcer(enTexte(v, genre))
}

/** CSV as French spreadsheets open it: semicolons, decimal comma, UTF-8 with its mark. */
export function versCsv<L>(lignes: readonly L[], colonnes: readonly Colonne<L>[]): string {
  const corps = lignes.map((l) => colonnes.map((c) => celluleCsv(c.valeur(l), c.genre)))
  return `\ufeff${Papa.unparse([colonnes.map((c) => c.titre), ...corps], { delimiter: ';', newline: '\r\n' })}\r\n`
}

const fichier = (nom: string) =>
  nom
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()

export function exporterCsv<L>(nom: string, lignes: readonly L[], colonnes: readonly Colonne<L>[]): void {
  remettre(new Blob([versCsv(lignes, colonnes)], { type: 'text/csv;charset=utf-8' }), `${fichier(nom)}.csv`)
}

export async function exporterXlsx<L>(
  nom: string,
  lignes: readonly L[],
  colonnes: readonly Colonne<L>[],
): Promise<void> {
  const { default: writeExcelFile } = await import('write-excel-file/browser')
  const entete = colonnes.map((c) => ({ value: c.titre, fontWeight: 'bold' as const }))
  const corps = lignes.map((l) =>
    colonnes.map((c) => {
      const v = enCellule(c.valeur(l), c.genre)
      if (v instanceof Date) return { value: v, type: Date, format: 'dd/mm/yyyy' }
      if (typeof v === 'number')
        return { value: v, type: Number, ...(c.genre === 'nombre' ? {} : { format: '#,##0.00' }) }
      return v === null ? null : { value: v, type: String }
    }),
  )
  const largeurs = colonnes.map((c) => ({
    width: Math.min(
      48,
      Math.max(c.titre.length, ...lignes.slice(0, 200).map((l) => enTexte(c.valeur(l), c.genre).length)) + 3,
    ),
  }))
  const blob = await writeExcelFile([entete, ...corps], {
    columns: largeurs,
    stickyRowsCount: 1,
    // The name of a sheet has 31 characters at most, and none of these.
    sheet: nom.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
  }).toBlob()
  remettre(blob, `${fichier(nom)}.xlsx`)
}
