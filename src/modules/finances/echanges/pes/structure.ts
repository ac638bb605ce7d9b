import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type Anomalie, Refus } from '#socle/refus.ts'
import type { Noeud } from '#socle/xml/lire.ts'
import { checkValeur } from './types.ts'

/** Versions of the DGFiP package that are known. Later ones only add optional elements to what this module writes. */
export const VERSIONS_PES = ['5.17', '5.24'] as const
export type VersionPes = (typeof VERSIONS_PES)[number]
export const isVersionPes = (texte: string): texte is VersionPes => (VERSIONS_PES as readonly string[]).includes(texte)

/** Entry schema of an « aller » in the DGFiP package. */
export const SCHEMA_ALLER = 'PES_V2/Rev0/PES_Aller.xsd'

/**
 * Where the package of the DGFiP is, from what a person gives: the package, a folder around it, one inside it, or the
 * schema itself.
 * @throws Refus when no PES_Aller.xsd is there
 */
export function findSchemas(donne: string): string {
  const entree = basename(SCHEMA_ALLER)
  const dossier = basename(donne) === entree ? dirname(donne) : donne
  const trouve = existsSync(dossier)
    ? readdirSync(dossier, { recursive: true, encoding: 'utf8' }).find((f) => basename(f) === entree)
    : undefined
  const racine = trouve && resolve(dossier, dirname(trouve), '../..')
  if (!racine || !existsSync(join(racine, SCHEMA_ALLER)))
    throw new Refus(
      'pes.schemas',
      `PES_XSD_DIR vaut « ${donne} », mais ${entree} n’y est pas. Donnez le dossier des schémas de la DGFiP.`,
    )
  return racine
}

type Definition = {
  nom: string
  obligatoire: boolean
  multiple: boolean
  type: string | undefined
  enfants: Definition[]
  rang: Map<string, number>
}

/** Elements that 5.24 adds where 5.17 has none: parent, the element after which it comes, its name, its type. */
const AJOUTS_5_24: [parent: string, apres: string, nom: string, type: string][] = [
  ['InfoLignePce', 'TVAIntraCom', 'TVAImportation', 'B'],
  // Known by its name only: what it holds is left to the official schema.
  ['BlocLignePiece', 'LiensIdent', 'VentilationMarche', 'libre'],
]

function read(version: VersionPes): Definition {
  const pile: Definition[] = []
  let racine: Definition | undefined
  const texte = readFileSync(new URL('structure-5.17.txt', import.meta.url), 'utf8')
  const add = (parent: Definition | undefined, d: Definition) => {
    parent?.rang.set(d.nom, parent.enfants.length)
    parent?.enfants.push(d)
  }
  for (const ligne of texte.split('\n')) {
    if (ligne === '' || ligne.startsWith('#')) continue
    const [nom, combien, type] = ligne.trim().split(' ') as [string, string, string?]
    const d: Definition = {
      nom,
      obligatoire: combien === '1' || combien === '+',
      multiple: combien === '*' || combien === '+',
      type,
      enfants: [],
      rang: new Map(),
    }
    const profondeur = (ligne.length - ligne.trimStart().length) / 2
    pile.length = profondeur
    const parent = pile.at(-1)
    add(parent, d)
    if (version === '5.24' && parent)
      for (const [dans, apres, ajoute, t] of AJOUTS_5_24)
        if (parent.nom === dans && nom === apres)
          add(parent, { nom: ajoute, obligatoire: false, multiple: false, type: t, enfants: [], rang: new Map() })
    pile.push(d)
    racine ??= d
  }
  return racine!
}

const lues = new Map<VersionPes, Definition>()
const definitionOf = (version: VersionPes): Definition => {
  let d = lues.get(version)
  if (!d) {
    d = read(version)
    lues.set(version, d)
  }
  return d
}

// An xs:ID: a letter or an underscore first, so never a digit.
const IDENTIFIANT_XML = /^[\p{L}_][\p{L}\p{N}._-]*$/u
export const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#'

export type Controleur = {
  /** Checks one element at its path from the root (`PES_Aller`, `PES_DepenseAller`…), and all that it holds. */
  check(noeud: Noeud, chemin: readonly string[], lieu: string): void
  readonly anomalies: Anomalie[]
}

/** Checks elements, order and values against the structure of a version: the faults that a schema would name. */
export function controleStructure(version: VersionPes, dejaVus: ReadonlySet<Noeud>, limite = 200): Controleur {
  const anomalies: Anomalie[] = []
  const racine = definitionOf(version)
  const say = (code: string, message: string, noeud: Noeud, lieu: string) => {
    if (anomalies.length < limite)
      anomalies.push({
        code: `pes.${code}`,
        message: lieu ? `${lieu} : ${message}` : message,
        lieu: `${noeud.nom}, ligne ${noeud.ligne} du fichier`,
        bloquante: true,
      })
  }
  function walk(noeud: Noeud, d: Definition, lieu: string) {
    if (dejaVus.has(noeud)) return
    const id = noeud.attributs.Id
    if (id !== undefined && !IDENTIFIANT_XML.test(id))
      say(
        'identifiantXml',
        `l’attribut Id de ${noeud.nom} vaut « ${id} » ; il ne peut pas commencer par un chiffre.`,
        noeud,
        lieu,
      )
    if (d.type !== undefined) {
      if (d.type === 'fichier' || d.type === 'libre') return
      const v = noeud.attributs.V
      if (v === undefined) {
        const ecrit = noeud.texte.trim()
        say(
          'sansValeur',
          `${noeud.nom} n’a pas d’attribut V${ecrit ? ` ; sa valeur « ${ecrit} » est écrite comme un texte` : ''}.`,
          noeud,
          lieu,
        )
        return
      }
      const faute = checkValeur(d.type, v)
      if (faute) say('valeur', `${noeud.nom} vaut « ${v} » ; ${faute}.`, noeud, lieu)
      return
    }
    let rang = 0
    const vus = new Set<string>()
    for (const enfant of noeud.enfants) {
      if (enfant.espace === XMLDSIG) continue
      const place = d.rang.get(enfant.nom)
      if (place === undefined) {
        say('inattendu', `${enfant.nom} n’a pas sa place dans ${noeud.nom}.`, enfant, lieu)
        continue
      }
      const de = d.enfants[place]!
      if (place < rang) say('ordre', `${enfant.nom} vient trop tard dans ${noeud.nom}.`, enfant, lieu)
      else rang = place
      if (vus.has(enfant.nom) && !de.multiple)
        say('repete', `${enfant.nom} est répété dans ${noeud.nom}.`, enfant, lieu)
      vus.add(enfant.nom)
      // The marché domain is sent by nobody here yet: it is left to the official schema.
      if (enfant.nom !== 'PES_Marche') walk(enfant, de, lieu)
    }
    for (const attendu of d.enfants)
      if (attendu.obligatoire && !vus.has(attendu.nom))
        say('manque', `${attendu.nom} manque dans ${noeud.nom}.`, noeud, lieu)
  }
  return {
    anomalies,
    check(noeud, chemin, lieu) {
      let d: Definition | undefined = racine
      for (const nom of chemin.slice(1)) d = d?.enfants[d.rang.get(nom) ?? -1]
      if (d) walk(noeud, d, lieu)
    },
  }
}
