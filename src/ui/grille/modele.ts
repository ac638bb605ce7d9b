import { correspond, replier } from '../coquille/recherche.ts'
import { formatJour, formatMois } from '../format/jour.ts'
import { formatDecimal } from '../format/nombre.ts'
import { formatDuree, lireDecimal, lireDuree, lireJour, lireMois, lireMontant } from '../format/saisie.ts'

export type LigneGrille = Record<string, string>

export type ColonneGrille = {
  cle: string
  titre: string
  genre?: 'texte' | 'montant' | 'nombre' | 'jour' | 'mois' | 'duree' | 'choix'
  decimales?: number
  choix?: readonly { valeur: string; libelle: string }[]
  /** Read only when false: names, figures of last month. */
  modifiable?: boolean | ((ligne: LigneGrille) => boolean)
  /** A sentence when the value is refused; the server checks again. */
  verifier?: (valeur: string, ligne: LigneGrille) => string | undefined
  /** Pixels. */
  largeur?: number
  /** Sum at the foot (amounts, numbers, times). */
  total?: boolean
}

/** One cell that changed; `avant` and `apres` are wire values (`"12.50"`, `"2025-03-01"`). */
export type Modification = { ligne: string; colonne: string; avant: string; apres: string }

export type Lecture = { valeur: string } | { faute: string }

const NUMERIQUES = new Set(['montant', 'nombre', 'duree'])
export const estNumerique = (c: ColonneGrille): boolean => NUMERIQUES.has(c.genre ?? 'texte')

export const estModifiable = (c: ColonneGrille, ligne: LigneGrille): boolean =>
  typeof c.modifiable === 'function' ? c.modifiable(ligne) : (c.modifiable ?? true)

/** Typed or pasted text to the wire value of the column, or the sentence that says what was expected. */
export function lireCellule(texte: string, c: ColonneGrille, ligne: LigneGrille, aujourdhui: string): Lecture {
  const net = texte.trim()
  const lu = net === '' ? '' : lireGenre(net, c, aujourdhui)
  if (lu === undefined) return { faute: ATTENDU[c.genre ?? 'texte'](c) }
  const faute = c.verifier?.(lu, ligne)
  return faute === undefined ? { valeur: lu } : { faute }
}

function lireGenre(net: string, c: ColonneGrille, aujourdhui: string): string | undefined {
  switch (c.genre) {
    case 'montant':
      return lireMontant(net)
    case 'nombre':
      return lireDecimal(net, { max: c.decimales ?? 2 })
    case 'jour':
      return lireJour(net, { aujourdhui })
    case 'mois':
      return lireMois(net, { aujourdhui })
    case 'duree':
      return lireDuree(net.replace(/\u00a0/g, ''))
    case 'choix': {
      const exact = c.choix?.find((x) => replier(x.libelle) === replier(net) || x.valeur === net)
      // Enough letters to leave only one are enough.
      const proches = c.choix?.filter((x) => correspond(x.libelle, net)) ?? []
      return exact?.valeur ?? (proches.length === 1 ? proches[0]!.valeur : undefined)
    }
    default:
      return net
  }
}

const ATTENDU: Record<NonNullable<ColonneGrille['genre']>, (c: ColonneGrille) => string> = {
  texte: () => 'Un texte est attendu.',
  montant: () => 'Un montant est attendu, par exemple 12,50.',
  nombre: (c) => `Un nombre est attendu, avec ${c.decimales ?? 2} décimales au plus.`,
  jour: () => 'Une date est attendue, par exemple 010325.',
  mois: () => 'Un mois est attendu, par exemple 0325.',
  duree: () => 'Une durée est attendue, par exemple 7h30.',
  choix: (c) => `Choix possibles : ${(c.choix ?? []).map((x) => x.libelle).join(', ')}.`,
}

/** How a wire value reads in its cell. */
export function ecrireCellule(valeur: string, c: ColonneGrille): string {
  if (valeur === '') return ''
  switch (c.genre) {
    case 'montant':
      return formatDecimal(valeur, { decimales: 2 })
    case 'nombre':
      return formatDecimal(valeur)
    case 'jour':
      return formatJour(valeur)
    case 'mois':
      return formatMois(valeur)
    case 'duree':
      return formatDuree(Number(valeur))
    case 'choix':
      return c.choix?.find((x) => x.valeur === valeur)?.libelle ?? valeur
    default:
      return valeur
  }
}

/** How it is copied: what a French spreadsheet takes for a number must be one. */
export const copierCellule = (valeur: string, c: ColonneGrille): string =>
  c.genre === 'montant' || c.genre === 'nombre' ? valeur.replace('.', ',') : ecrireCellule(valeur, c)

/** Exact sum of wire decimals. */
export function sommer(valeurs: readonly string[]): string {
  const decimales = Math.max(0, ...valeurs.map((v) => v.split('.')[1]?.length ?? 0))
  const total = valeurs.reduce((s, v) => {
    const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(v)
    return m ? s + BigInt(`${m[1]}${m[2]}${(m[3] ?? '').padEnd(decimales, '0')}`) : s
  }, 0n)
  if (decimales === 0) return String(total)
  const abs = String(total < 0n ? -total : total).padStart(decimales + 1, '0')
  return `${total < 0n ? '-' : ''}${abs.slice(0, -decimales)}.${abs.slice(-decimales)}`
}

/** Lines with some cells changed; the lines that do not change stay the same objects. */
export function appliquer<L extends LigneGrille>(
  lignes: readonly L[],
  cle: (l: L) => string,
  modifications: readonly Modification[],
): L[] {
  const par = new Map<string, Modification[]>()
  for (const m of modifications) par.set(m.ligne, [...(par.get(m.ligne) ?? []), m])
  return lignes.map((l) => {
    const ms = par.get(cle(l))
    return ms ? { ...l, ...Object.fromEntries(ms.map((m) => [m.colonne, m.apres])) } : l
  })
}

export const inverser = (ms: readonly Modification[]): Modification[] =>
  ms.map((m) => ({ ...m, avant: m.apres, apres: m.avant })).reverse()
