import { IconVault } from '@tabler/icons-react'
import { lazy } from 'react'
import type { ModuleUi } from '#ui'

const coffreUi: ModuleUi = {
  nom: 'coffre',
  rail: [{ groupe: 'Aujourd’hui', libelle: 'Mon coffre', icone: IconVault, chemin: '/coffre', portee: 'personne' }],
  pages: [
    { chemin: '/coffre', composant: lazy(() => import('./coffre.tsx')), portee: 'personne' },
    { chemin: '/coffre/journal', composant: lazy(() => import('./journal.tsx')), portee: 'personne' },
    { chemin: '/coffre/$id', composant: lazy(() => import('./coffre.tsx')), portee: 'personne' },
  ],
}
export default coffreUi
