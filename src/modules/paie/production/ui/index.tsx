import { IconBuildingCommunity, IconLayoutDashboard, IconPlayerPlay } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, aujourdhuiAParis, compter, deMois, hasDroit, type ModuleUi, type Tache, type Vue } from '#ui'
import { lirePortefeuille } from '../contract.ts'
import { LIBELLES_RESTE } from './libelles.tsx'
import { estEnRetard, type Reste, resteAFaire } from './reste.ts'

const suit = (v: Vue) => hasDroit(v, 'portefeuille.lire')
const controle = (v: Vue) =>
  v.organisme !== undefined && v.organisme.via !== 'appartenance' && hasDroit(v, 'paie.calculer')
const produit = (v: Vue) => hasDroit(v, 'production.lancer')

const ACTES: readonly (readonly [Reste, (n: number) => string])[] = [
  ['bloquant', (n) => `Débloquer ${compter(n, 'collectivité')}`],
  ['renvoyee', (n) => `Corriger ${compter(n, 'collectivité renvoyée', 'collectivités renvoyées')} par l’ordonnateur`],
  ['calculer', (n) => `Calculer ${compter(n, 'collectivité')}`],
  ['recalculer', (n) => `Recalculer ${compter(n, 'collectivité')}`],
  ['envoyer', (n) => `Contrôler et envoyer ${compter(n, 'collectivité')}`],
]

/** One task for each kind of act; the list of bodies is one step further. */
async function chercherTaches(signal: AbortSignal): Promise<Tache[]> {
  const { mois, suivis } = await appeler(lirePortefeuille, { query: {} }, { signal })
  const aujourdhui = aujourdhuiAParis()
  return ACTES.flatMap(([reste, libelle]): Tache[] => {
    const concernes = suivis.filter((s) => resteAFaire(s) === reste)
    if (concernes.length === 0) return []
    const tard = concernes.filter((s) => estEnRetard(s, aujourdhui)).length
    const echeance = concernes.flatMap((s) => s.dateLimite ?? []).sort()[0]
    return [
      {
        id: `portefeuille-${reste}`,
        libelle: libelle(concernes.length),
        precision: `Paie ${deMois(mois)}${tard > 0 ? `, ${tard} en retard` : ''}`,
        etat: LIBELLES_RESTE[reste].etat,
        vers: `/pex/portefeuille?f.reste=${reste}`,
        ...(echeance ? { echeance } : {}),
      },
    ]
  })
}

/** The agency's side: the bodies that are followed, the production of the month. */
export const productionUi: Required<Omit<ModuleUi, 'palette'>> = {
  nom: 'paie-production',
  rail: [
    {
      groupe: 'Agents et paie',
      libelle: 'Tableau de bord',
      icone: IconLayoutDashboard,
      chemin: '/pex/cockpit',
      visible: suit,
    },
    {
      groupe: 'Agents et paie',
      libelle: 'Collectivités',
      icone: IconBuildingCommunity,
      chemin: '/pex/portefeuille',
      visible: suit,
    },
    {
      groupe: 'Agents et paie',
      libelle: 'Production',
      icone: IconPlayerPlay,
      chemin: '/pex/production',
      visible: produit,
    },
  ],
  pages: [
    { chemin: '/pex/cockpit', composant: lazy(() => import('./cockpit/cockpit.tsx')), visible: suit },
    { chemin: '/pex/portefeuille', composant: lazy(() => import('./portefeuille.tsx')), visible: suit },
    { chemin: '/pex/production', composant: lazy(() => import('./production.tsx')), visible: produit },
    {
      chemin: '/paie/complements/$mois/$rang',
      composant: lazy(() => import('./complements/page.tsx')),
      visible: (v) => v.organisme !== undefined && hasDroit(v, 'bulletins.lire'),
    },
    { chemin: '/paie/controles/$mois', composant: lazy(() => import('./controles/page.tsx')), visible: controle },
    { chemin: '/pex/production/$production', composant: lazy(() => import('./avancement.tsx')), visible: produit },
  ],
  taches: [{ nom: 'Portefeuille', visible: suit, chercher: chercherTaches }],
}
