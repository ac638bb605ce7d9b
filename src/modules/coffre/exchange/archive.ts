import Papa from 'papaparse'
import { NATURES, type Objet } from '../contract.ts'

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
    '- index.csv : la liste des documents, à ouvrir avec un tableur ;',
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
