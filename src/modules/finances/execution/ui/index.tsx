import {
  IconArrowBackUp,
  IconBook2,
  IconBuildingBank,
  IconCalendarRepeat,
  IconCoinEuro,
  IconFileInvoice,
  IconGauge,
  IconListNumbers,
  IconSignature,
  IconUsers,
} from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, hasDroit, type ModuleUi, type Vue } from '#ui'
import { listerAFaire, rechercher } from '../http/tableau/contract.ts'

/** A member at home, and who is let in to help: whoever may read the finances of this body. */
const lit = (v: Vue) => hasDroit(v, 'finances.lire')
const liquide = (v: Vue) => hasDroit(v, 'finances.liquider')
const entree = (libelle: string, icone: ModuleUi['rail'][number]['icone'], chemin: string, visible = lit) =>
  ({ groupe: 'Finances', libelle, icone, chemin, visible }) as const

/** The expense and income chains. */
export const executionUi: Required<ModuleUi> = {
  nom: 'finances-execution',
  rail: [
    entree('Tableau de bord', IconGauge, '/finances'),
    entree('Mandater', IconCoinEuro, '/finances/mandater', liquide),
    entree('Encaisser', IconArrowBackUp, '/finances/encaisser', liquide),
    entree('Factures', IconFileInvoice, '/finances/factures'),
    entree('Échéances', IconCalendarRepeat, '/finances/echeances'),
    entree('Bordereaux', IconSignature, '/finances/bordereaux'),
    entree('Mandats', IconListNumbers, '/finances/mandats'),
    entree('Titres', IconListNumbers, '/finances/titres'),
    entree('Engagements', IconBuildingBank, '/finances/engagements'),
    entree('Tiers', IconUsers, '/finances/tiers'),
    entree('Grand livre', IconBook2, '/finances/grand-livre'),
  ],
  pages: [
    { chemin: '/finances', composant: lazy(() => import('./tableau.tsx')), visible: lit },
    {
      chemin: '/finances/mandater',
      composant: lazy(() => import('./saisir.tsx').then((m) => ({ default: m.Mandater }))),
      visible: liquide,
    },
    {
      chemin: '/finances/encaisser',
      composant: lazy(() => import('./saisir.tsx').then((m) => ({ default: m.Encaisser }))),
      visible: liquide,
    },
    { chemin: '/finances/factures', composant: lazy(() => import('./factures.tsx')), visible: lit },
    { chemin: '/finances/bordereaux', composant: lazy(() => import('./bordereaux.tsx')), visible: lit },
    { chemin: '/finances/bordereaux/$bordereau', composant: lazy(() => import('./bordereau.tsx')), visible: lit },
    {
      chemin: '/finances/mandats',
      composant: lazy(() => import('./pieces.tsx').then((m) => ({ default: m.Mandats }))),
      visible: lit,
    },
    {
      chemin: '/finances/titres',
      composant: lazy(() => import('./pieces.tsx').then((m) => ({ default: m.Titres }))),
      visible: lit,
    },
    { chemin: '/finances/echeances', composant: lazy(() => import('./recurrences.tsx')), visible: lit },
    { chemin: '/finances/ordre', composant: lazy(() => import('./ordre.tsx')), visible: lit },
    { chemin: '/finances/retenues', composant: lazy(() => import('./retenues.tsx')), visible: lit },
    { chemin: '/finances/types-de-pieces', composant: lazy(() => import('./types-de-pieces.tsx')), visible: lit },
    { chemin: '/finances/cloture', composant: lazy(() => import('./cloture.tsx')), visible: lit },
    { chemin: '/finances/engagements', composant: lazy(() => import('./engagements.tsx')), visible: lit },
    { chemin: '/finances/tiers', composant: lazy(() => import('./tiers.tsx')), visible: lit },
    { chemin: '/finances/grand-livre', composant: lazy(() => import('./grand-livre.tsx')), visible: lit },
  ],
  palette: [
    {
      nom: 'Finances',
      visible: lit,
      chercher: async (texte, signal) =>
        texte.trim().length < 2
          ? []
          : (await appeler(rechercher, { query: { q: texte.trim() } }, { signal })).resultats,
    },
  ],
  taches: [
    {
      nom: 'Finances',
      visible: lit,
      chercher: async (signal) =>
        (await appeler(listerAFaire, {}, { signal })).aFaire.map(({ echeance, ...t }) => ({
          ...t,
          ...(echeance ? { echeance } : {}),
        })),
    },
  ],
}
