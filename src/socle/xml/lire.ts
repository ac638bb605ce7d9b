import { SaxesParser } from 'saxes'
import { Refus } from '#socle/refus.ts'

/** An element as read: local name, namespace, attributes, children, and the line where it starts. */
export type Noeud = {
  nom: string
  espace: string
  ligne: number
  attributs: Record<string, string>
  enfants: Noeud[]
  texte: string
}

const ENTETE = /^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/
const LIMITE_PROFONDEUR = 200

/** The text of the bytes, in the encoding that the document declares (UTF-8 when it says nothing). */
export function decodeXml(octets: Uint8Array): string {
  const b = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return b.toString('utf8', 3)
  if ((b[0] === 0xff && b[1] === 0xfe) || (b[0] === 0xfe && b[1] === 0xff))
    return new TextDecoder(b[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(b)
  const declare = ENTETE.exec(b.toString('latin1', 0, 200))?.[1]?.toLowerCase() ?? 'utf-8'
  if (declare === 'iso-8859-1' || declare === 'latin1') return b.toString('latin1')
  try {
    return new TextDecoder(declare, { fatal: true }).decode(b)
  } catch {
    throw new Refus(
      'xml.encodage',
      `Le fichier annonce l’encodage « ${declare} », mais son contenu ne s’y lit pas. Demandez un nouvel envoi.`,
      { status: 422 },
    )
  }
}

/**
 * Reads a document into a tree. With `detache`, each element of those names is given to `visite` when it closes and
 * leaves the tree, so that ten thousand pieces never stand in memory together. A DOCTYPE is refused: no exchange of
 * ours has one, and entities are how an XML file attacks its reader.
 */
export function readXml(
  octets: Uint8Array,
  options: { detache?: ReadonlySet<string>; visite?: (noeud: Noeud, parents: readonly Noeud[]) => void } = {},
): Noeud {
  const parser = new SaxesParser({ xmlns: true })
  const pile: Noeud[] = []
  let racine: Noeud | undefined
  parser.on('doctype', () => {
    throw new Refus('xml.doctype', 'Ce fichier porte une déclaration DOCTYPE, ce qui est refusé.', { status: 422 })
  })
  parser.on('error', (cause) => {
    throw new Refus(
      'xml.illisible',
      `Le fichier n’est pas un XML lisible (ligne ${parser.line}, colonne ${parser.column}) : ${cause.message.replace(/^\S*\s/, '')}`,
      { status: 422 },
    )
  })
  parser.on('opentag', (tag) => {
    const attributs: Record<string, string> = {}
    for (const cle in tag.attributes) attributs[cle] = tag.attributes[cle]!.value
    const noeud: Noeud = { nom: tag.local, espace: tag.uri, ligne: parser.line, attributs, enfants: [], texte: '' }
    const parent = pile.at(-1)
    if (parent) parent.enfants.push(noeud)
    else racine = noeud
    if (pile.push(noeud) > LIMITE_PROFONDEUR)
      throw new Refus('xml.profondeur', 'Ce fichier imbrique trop d’éléments.', { status: 422 })
  })
  parser.on('closetag', () => {
    const noeud = pile.pop()!
    if (!options.detache?.has(noeud.nom)) return
    pile.at(-1)?.enfants.pop()
    options.visite?.(noeud, pile)
  })
  const onText = (text: string) => {
    const noeud = pile.at(-1)
    if (noeud) noeud.texte += text
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.write(decodeXml(octets)).close()
  return racine!
}

/** First child of that name. */
export function child(noeud: Noeud | undefined, nom: string): Noeud | undefined {
  return noeud?.enfants.find((e) => e.nom === nom)
}
export const children = (noeud: Noeud | undefined, nom: string): Noeud[] =>
  noeud?.enfants.filter((e) => e.nom === nom) ?? []

/** Follows a path of names: `at(racine, 'EnTetePES', 'IdPost')`. */
export function at(noeud: Noeud | undefined, ...chemin: string[]): Noeud | undefined {
  let n = noeud
  for (const nom of chemin) n = child(n, nom)
  return n
}

/** The `V` attribute at the end of a path; absent when the element is. */
export const valeur = (noeud: Noeud | undefined, ...chemin: string[]): string | undefined =>
  at(noeud, ...chemin)?.attributs.V
