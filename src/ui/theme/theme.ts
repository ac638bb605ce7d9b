import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { COULEURS, ETATS, type Mode, SERIES } from './jetons.ts'

const kebab = (nom: string) => nom.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

function variables(mode: Mode): Record<string, string> {
  const c: Record<string, string> = Object.fromEntries(
    Object.entries(COULEURS).map(([nom, v]) => [`--bq-${kebab(nom)}`, v[mode]]),
  )
  for (const [nom, e] of Object.entries(ETATS)) {
    c[`--bq-${kebab(nom)}`] = e.texte[mode]
    c[`--bq-${kebab(nom)}-fond`] = e.fond[mode]
  }
  SERIES.forEach((s, i) => {
    c[`--bq-serie-${i + 1}`] = s[mode]
  })
  return {
    ...c,
    // Mantine's own parts follow the same tokens.
    '--mantine-color-body': COULEURS.papier[mode],
    '--mantine-color-text': COULEURS.texte[mode],
    '--mantine-color-dimmed': COULEURS.discret[mode],
    '--mantine-color-placeholder': COULEURS.bord[mode],
    '--mantine-color-anchor': COULEURS.accent[mode],
    '--mantine-color-default': COULEURS.surface[mode],
    '--mantine-color-default-hover': COULEURS.creux[mode],
    '--mantine-color-default-color': COULEURS.texte[mode],
    '--mantine-color-default-border': COULEURS.bord[mode],
    '--mantine-color-error': ETATS.bloquant.texte[mode],
    '--mantine-color-disabled': COULEURS.creux[mode],
    '--mantine-color-disabled-color': COULEURS.discret[mode],
    '--mantine-color-disabled-border': COULEURS.filet[mode],
    '--mantine-primary-color-filled': COULEURS.accent[mode],
    '--mantine-primary-color-filled-hover': COULEURS.accentFort[mode],
    '--mantine-primary-color-contrast': COULEURS.surAccent[mode],
    '--mantine-primary-color-light': COULEURS.accentPale[mode],
    '--mantine-primary-color-light-color': COULEURS.accent[mode],
  }
}

/** One source for the colours of our parts and of Mantine's, in both modes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables('clair'),
  dark: variables('sombre'),
})

const PIN: MantineColorsTuple = [
  '#f0f7f3',
  '#e2eee7',
  '#c3ded0',
  '#8fd3b1',
  '#5fae8a',
  '#3d8a69',
  '#27694e',
  '#1c5a43',
  '#17513b',
  '#0e3b2a',
]

/** The head of a dialog is no banner of the page. */
const TETE_NEUTRE = { header: { role: 'presentation' } }

/** The list itself scrolls, in the landmark of its field: a list that scrolls inside another is lost for the keyboard. */
const listeDeChoix = {
  defaultProps: {
    withScrollArea: false,
    comboboxProps: { withinPortal: false, floatingStrategy: 'fixed' },
    styles: { options: { maxHeight: 260, overflowY: 'auto' } },
  },
} as const

const champ = { '--input-height': 'var(--bq-champ)', '--input-fz': 'var(--bq-taille)' }

export const theme = createTheme({
  fontFamily: "'Source Sans 3 Variable', 'Source Sans 3', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  primaryColor: 'pin',
  colors: { pin: PIN },
  primaryShade: { light: 8, dark: 3 },
  defaultRadius: 4,
  respectReducedMotion: true,
  focusRing: 'never',
  cursorType: 'pointer',
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  components: {
    Input: { vars: () => ({ wrapper: champ }) },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 100 },
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Fermer' },
        attributes: TETE_NEUTRE,
      },
    },
    SpotlightRoot: { defaultProps: { overlayProps: { backgroundOpacity: 0.45, blur: 0 }, attributes: TETE_NEUTRE } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Fermer cet avis' } } },
    Drawer: {
      defaultProps: {
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Fermer' },
        attributes: TETE_NEUTRE,
      },
    },
    Menu: {
      // Inside the landmark of its button, and without the empty element that takes the focus first.
      defaultProps: {
        transitionProps: { duration: 0 },
        shadow: 'md',
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    Select: listeDeChoix,
    MultiSelect: listeDeChoix,
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Combobox: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 300 } },
  },
})
