/**
 * The tokens: every colour of the screens is one of these, in its light and its dark value.
 * They become CSS variables (`--bq-texte`) in `theme.ts`; `jetons.test.ts` holds their contrasts.
 */
export type Mode = 'clair' | 'sombre'

export const COULEURS = {
  /** The page, like paper. */
  papier: { clair: '#faf8f4', sombre: '#171613' },
  /** What lies on the page: tables, panels, fields. */
  surface: { clair: '#ffffff', sombre: '#1f1e1a' },
  /** Headers of tables, hovered rows, the rail. */
  creux: { clair: '#f3f0e9', sombre: '#282621' },
  /** Hairlines that only separate. */
  filet: { clair: '#ddd8cc', sombre: '#3d3a33' },
  /** Edges that must be seen: fields, buttons, check boxes. */
  bord: { clair: '#726c5f', sombre: '#989183' },
  texte: { clair: '#1e1c18', sombre: '#f1eee7' },
  /** Secondary text, still at 7:1. */
  discret: { clair: '#4b473e', sombre: '#cbc6ba' },
  /** Deep pine, the one accent. */
  accent: { clair: '#17513b', sombre: '#8fd3b1' },
  accentFort: { clair: '#0e3b2a', sombre: '#b2e3ca' },
  /** Text laid on the accent. */
  surAccent: { clair: '#ffffff', sombre: '#10241b' },
  /** The selected row, the current entry of the rail. */
  accentPale: { clair: '#e2eee7', sombre: '#1f3429' },
  /** The ring of the focus. */
  focus: { clair: '#0b57c2', sombre: '#9cc6ff' },
  /** What covers the page behind a dialog. */
  voile: { clair: '#1e1c18', sombre: '#000000' },
} as const satisfies Record<string, Record<Mode, string>>

/** Colour means state and nothing else; it is always doubled by an icon and a word. */
export const ETATS = {
  aFaire: {
    mot: 'À faire',
    texte: { clair: '#1c4279', sombre: '#b3d0fb' },
    fond: { clair: '#e6eef9', sombre: '#1d2a3d' },
  },
  enAttente: {
    mot: 'En attente',
    texte: { clair: '#4b473e', sombre: '#cfcabf' },
    fond: { clair: '#eeebe3', sombre: '#302e28' },
  },
  attention: {
    mot: 'Attention',
    texte: { clair: '#683f00', sombre: '#f6cb84' },
    fond: { clair: '#fcf0d8', sombre: '#382b14' },
  },
  bloquant: {
    mot: 'Bloquant',
    texte: { clair: '#8c1622', sombre: '#ffb9b4' },
    fond: { clair: '#fbe8e6', sombre: '#421d1c' },
  },
  fait: {
    mot: 'Fait',
    texte: { clair: '#17513b', sombre: '#a3dcc0' },
    fond: { clair: '#e2f0e8', sombre: '#1c3127' },
  },
} as const satisfies Record<string, { mot: string; texte: Record<Mode, string>; fond: Record<Mode, string> }>

export type NomEtat = keyof typeof ETATS

/** Series of a chart, in order: told apart by lightness too, so that they survive black-and-white printing. */
export const SERIES = [
  { clair: '#17513b', sombre: '#8fd3b1' },
  { clair: '#a85f1c', sombre: '#f0b878' },
  { clair: '#2f5d9b', sombre: '#a9c8f5' },
  { clair: '#7d3a63', sombre: '#e5aed0' },
  { clair: '#5f6a1e', sombre: '#ccd77f' },
  { clair: '#6b6558', sombre: '#b5afa2' },
] as const satisfies Record<Mode, string>[]

/** Three densities, in pixels on the 4 px grid. */
export const DENSITES = {
  confort: { nom: 'Confort', ligne: 44, champ: 40, texte: 16 },
  dense: { nom: 'Dense', ligne: 36, champ: 36, texte: 15 },
  tresDense: { nom: 'Très dense', ligne: 32, champ: 32, texte: 14 },
} as const

export type Densite = keyof typeof DENSITES
