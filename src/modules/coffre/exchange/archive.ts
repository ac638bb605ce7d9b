import Papa from 'papaparse'
import { ACTES, NATURES, type Objet } from '../contract.ts'
import type { LigneDuJournal } from '../db/journal.ts'

/** A paper and the place that it takes in the archive. */
export type Place = { objet: Objet; chemin: string }

const EXTENSIONS: Record<string, string> = { 'application/pdf': 'pdf' }

// refused in a file name by one of the systems where the archive will be opened
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const INTERDITS = /[\u0000-\u001f<>:"/\\|?*]/g
const clean = (texte: string) => texte.replace(INTERDITS, ' ').replace(/\s+/g, ' ').trim().slice(0, 100)

export const fileNameOf = (objet: Objet): string =>
  `${objet.mois} ${clean(objet.titre)} - ${clean(objet.employeur.nom)}.${EXTENSIONS[objet.typeMime] ?? 'bin'}`

/** One folder a year; two papers of the same name get a number. */
export function placesOf(objets: readonly Objet[]): Place[] {
  const pris = new Set<string>()
  return objets.map((objet) => {
    const base = `${objet.mois.slice(0, 4)}/${fileNameOf(objet)}`
    let chemin = base
    for (let n = 2; pris.has(chemin); n++) chemin = base.replace(/(\.[^.]+)$/, ` (${n})$1`)
    pris.add(chemin)
    return { objet, chemin }
  })
}

/** A table that a French spreadsheet opens by a double click. */
export function indexCsv(places: readonly Place[], illisibles: ReadonlySet<string>): string {
  const lignes = places.map(({ objet: o, chemin }) => ({
    Mois: o.mois,
    Nature: NATURES[o.nature],
    Titre: o.titre,
    Employeur: o.employeur.nom,
    SIREN: o.employeur.siren,
    'Net à payer': o.netAPayer?.replace('.', ',') ?? '',
    Fichier: illisibles.has(o.id) ? '' : chemin,
    État: illisibles.has(o.id) ? 'illisible, non joint' : 'joint',
    Octets: o.taille,
    'SHA-256': o.empreinte,
    Reçu: o.recu,
    'Déposé le': o.deposeLe,
  }))
  return `\ufeff${Papa.unparse(lignes, { delimiter: ';', newline: '\r\n', escapeFormulae: true })}\r\n`
}

const html = (t: string) => t.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** The same list as a page that opens without any program, with a link to each paper; no script, nothing fetched. */
export function indexHtml(places: readonly Place[], illisibles: ReadonlySet<string>): string {
  const ligne = ({ objet: o, chemin }: Place) => {
    const titre = illisibles.has(o.id)
      ? `${html(o.titre)} (illisible, non joint)`
      : `<a href="${html(chemin.split('/').map(encodeURIComponent).join('/'))}">${html(o.titre)}</a>`
    return `<tr><td>${o.mois}</td><td>${titre}</td><td>${html(o.employeur.nom)}</td><td class="n">${
      o.netAPayer ? `${html(o.netAPayer.replace('.', ','))} €` : ''
    }</td><td>${html(o.recu)}</td><td>${o.deposeLe.slice(0, 10)}</td></tr>`
  }
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Mon coffre-fort électronique</title>
<style>body{font:16px/1.5 sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse;width:100%}th,td{padding:.4rem .6rem;border-bottom:1px solid #999;text-align:left}.n{text-align:right;white-space:nowrap}</style></head>
<body><h1>Mon coffre-fort électronique</h1>
<p>Chaque document est celui qui a été déposé. Pour le prouver, calculez son empreinte SHA-256 et comparez-la à celle du fichier SHA256SUMS et du reçu : <code>openssl dgst -sha256 FICHIER</code>.</p>
<table><thead><tr><th scope="col">Mois</th><th scope="col">Document</th><th scope="col">Employeur</th><th scope="col" class="n">Net à payer</th><th scope="col">Reçu</th><th scope="col">Déposé le</th></tr></thead>
<tbody>
${places.map(ligne).join('\n')}
</tbody></table></body></html>
`
}

/** Everything that was done in the safe, the oldest first. */
export function journalCsv(lignes: readonly LigneDuJournal[]): string {
  const data = lignes.map((l) => ({
    Quand: l.faitLe,
    Qui: l.auteur,
    Acte: ACTES[l.acte],
    Document: l.titre ?? '',
    Nombre: l.nombre ?? '',
    Constat: l.constat ?? '',
  }))
  return `\ufeff${Papa.unparse(data, { delimiter: ';', newline: '\r\n', escapeFormulae: true })}\r\n`
}

/** `sha256sum -c SHA256SUMS` checks the whole archive without Bosquet. */
export const sha256sums = (places: readonly Place[]): string =>
  places.map(({ objet, chemin }) => `${objet.empreinte}  ${chemin}\n`).join('')

export const recuOf = (o: Objet) => ({
  numero: o.recu,
  deposeLe: o.deposeLe,
  deposant: { nom: o.employeur.nom, siren: o.employeur.siren },
  titre: o.titre,
  mois: o.mois,
  taille: o.taille,
  algorithme: 'SHA-256' as const,
  empreinte: o.empreinte,
})

export const lisezMoi = (nombre: number, illisibles: readonly Objet[]): string =>
  [
    'Votre coffre-fort électronique',
    '',
    `Cette archive contient ${nombre} document${nombre > 1 ? 's' : ''}, classé${nombre > 1 ? 's' : ''} par année.`,
    '- index.html : la liste des documents, à ouvrir avec un navigateur ;',
    '- index.csv : la même, à ouvrir avec un tableur ;',
    '- journal.csv : tout ce qui a été fait dans votre coffre ;',
    '- recus.json : les reçus de dépôt (numéro, date, déposant, empreinte) ;',
    '- SHA256SUMS : les empreintes ; la commande « sha256sum -c SHA256SUMS » vérifie que rien n’a changé.',
    ...(illisibles.length > 0
      ? [
          '',
          'ATTENTION : ces documents ne correspondent plus à ce qui a été déposé et ne sont pas joints.',
          'Demandez leur rétablissement au support ; votre employeur en garde un double.',
          ...illisibles.map((o) => `- ${o.titre} (${o.employeur.nom}), reçu ${o.recu}`),
        ]
      : []),
    '',
  ].join('\r\n')
