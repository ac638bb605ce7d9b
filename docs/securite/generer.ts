import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'

/* Draws the table of docs/securite.md from asvs.csv: `node docs/securite/generer.ts`. */

const fichier = (nom: string) => fileURLToPath(new URL(nom, import.meta.url))
const PAGE = fichier('../securite.md')
const [DEBUT, FIN] = ['<!-- table -->', '<!-- fin de la table -->']

export type Exigence = { exigence: string; niveau: string; etat: string; note: string; preuves: string }

export const readExigences = (): Exigence[] =>
  Papa.parse<Exigence>(readFileSync(fichier('asvs.csv'), 'utf8'), {
    header: true,
    delimiter: ';',
    skipEmptyLines: true,
  }).data

export function tableOf(exigences: readonly Exigence[]): string {
  const compte = (etat: string) => exigences.filter((e) => e.etat === etat).length
  const lien = (chemin: string) => `[${chemin.split('/').at(-1)}](../${chemin})`
  return [
    DEBUT,
    '',
    `${exigences.length} exigences de niveaux 1 et 2 : ${compte('satisfaite')} satisfaites, ${compte('sans objet')} sans objet, ${compte('manque')} à faire.`,
    '',
    '| Exigence | Niveau | État | Comment, ou pourquoi | Preuve |',
    '| --- | --- | --- | --- | --- |',
    ...exigences.map(
      (e) =>
        `| ${e.exigence} | ${e.niveau} | ${e.etat === 'manque' ? '**manque**' : e.etat} | ${e.note} | ${e.preuves.split(' ').filter(Boolean).map(lien).join(', ')} |`,
    ),
    '',
    FIN,
  ].join('\n')
}

/** The page with its table drawn again. */
export const pageOf = (page: string, exigences: readonly Exigence[]): string =>
  page.slice(0, page.indexOf(DEBUT)) + tableOf(exigences) + page.slice(page.indexOf(FIN) + FIN.length)

export const readPage = (): string => readFileSync(PAGE, 'utf8')

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, pageOf(readPage(), readExigences()))
