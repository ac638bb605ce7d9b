import Papa from 'papaparse'
import readXlsx from 'read-excel-file/node'
import { Refus } from '#socle/refus.ts'

export type Feuille = { titres: string[]; lignes: string[][] }

const LIGNES_MAX = 5000

/** Text of a cell, whatever the spreadsheet made of it: dates are days, numbers have no exponent. */
function enTexte(v: unknown): string {
  if (v === null || v === undefined) return ''
  if (v instanceof Date) return v.toISOString().slice(0, 10)
  return String(v).trim()
}

/** Spreadsheets of French offices still write CSV in Windows-1252. */
function decoder(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return new TextDecoder('windows-1252').decode(octets)
  }
}

/** The first sheet of a spreadsheet: its titles, then its lines. Empty lines keep their number. */
export async function readFeuille(fichier: { nom: string; type: string; bytes: Uint8Array }): Promise<Feuille> {
  let rows: string[][]
  if (fichier.type === 'text/csv' || fichier.type === 'text/plain')
    rows = Papa.parse<string[]>(decoder(fichier.bytes).replace(/^\ufeff/, ''), { skipEmptyLines: false }).data.map(
      (l) => l.map(enTexte),
    )
  else if (fichier.type.endsWith('spreadsheetml.sheet')) {
    const [feuille] = await readXlsx(Buffer.from(fichier.bytes)).catch(() => {
      throw new Refus(
        'import.illisible',
        'Ce classeur ne se lit pas ; rien n’a été importé. Enregistrez-le à nouveau en .xlsx.',
        { status: 400 },
      )
    })
    rows = (feuille?.data ?? []).map((l) => l.map(enTexte))
  } else
    throw new Refus('import.format', 'Un tableur est attendu : fichier .xlsx ou .csv. Rien n’a été importé.', {
      status: 400,
    })
  while (rows.length > 0 && rows.at(-1)!.every((c) => c === '')) rows.pop()
  const [titres, ...lignes] = rows
  if (!titres || lignes.length === 0)
    throw new Refus('import.vide', 'Ce tableur n’a pas de ligne sous ses titres. Rien n’a été importé.', {
      status: 400,
    })
  if (lignes.length > LIGNES_MAX)
    throw new Refus(
      'import.tropLong',
      `Ce tableur a plus de ${LIGNES_MAX} lignes. Découpez-le. Rien n’a été importé.`,
      { status: 400 },
    )
  return { titres, lignes }
}
