import { IconCash } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, hasDroit, type ModuleUi, type Vue } from '#ui'
import { listerAFaireRecettes } from '../reglages/http/contract.ts'

const lit = (v: Vue) => hasDroit(v, 'finances.lire')

/** One entry in the rail: what a small body does not use stays out of its way. */
export const recettesUi: Required<ModuleUi> = {
  nom: 'finances-recettes',
  rail: [{ groupe: 'Finances', libelle: 'Recettes', icone: IconCash, chemin: '/finances/recettes', visible: lit }],
  pages: [
    { chemin: '/finances/recettes', composant: lazy(() => import('./recettes.tsx')), visible: lit },
    { chemin: '/finances/recettes/roles', composant: lazy(() => import('../roles/ui/roles.tsx')), visible: lit },
    { chemin: '/finances/recettes/roles/$role', composant: lazy(() => import('../roles/ui/role.tsx')), visible: lit },
    {
      chemin: '/finances/recettes/prelevements',
      composant: lazy(() => import('../prelevements/ui/prelevements.tsx')),
      visible: lit,
    },
    { chemin: '/finances/recettes/regies', composant: lazy(() => import('../regies/ui/regies.tsx')), visible: lit },
    {
      chemin: '/finances/recettes/regies/$regie',
      composant: lazy(() => import('../regies/ui/regie.tsx')),
      visible: lit,
    },
    {
      chemin: '/finances/recettes/encaissements',
      composant: lazy(() => import('../p503/ui/encaissements.tsx')),
      visible: lit,
    },
    {
      chemin: '/finances/recettes/non-valeurs',
      composant: lazy(() => import('../anv/ui/non-valeurs.tsx')),
      visible: lit,
    },
  ],
  palette: [],
  taches: [
    {
      nom: 'Recettes',
      visible: lit,
      chercher: async (signal) =>
        (await appeler(listerAFaireRecettes, {}, { signal })).aFaire.map(({ precision, ...t }) => ({
          ...t,
          ...(precision ? { precision } : {}),
        })),
    },
  ],
}
