import { IconMailForward, IconShieldCheck, IconVault } from '@tabler/icons-react'
import { lazy } from 'react'
import { hasDroit, type ModuleUi } from '#ui'

const coffreUi: ModuleUi = {
  nom: 'coffre',
  rail: [
    { groupe: 'Aujourd’hui', libelle: 'Mon coffre', icone: IconVault, chemin: '/coffre', portee: 'personne' },
    {
      groupe: 'Agents et paie',
      libelle: 'Coffres des agents',
      icone: IconMailForward,
      chemin: '/coffres',
      visible: (v) => hasDroit(v, 'coffre.administrer'),
    },
    {
      groupe: 'Réglages',
      libelle: 'Intégrité des documents',
      icone: IconShieldCheck,
      chemin: '/integrite',
      visible: (v) => hasDroit(v, 'coffre.controler'),
    },
  ],
  pages: [
    {
      chemin: '/integrite',
      composant: lazy(() => import('../campagne/ui/integrite.tsx')),
      visible: (v) => hasDroit(v, 'coffre.controler'),
    },
    {
      chemin: '/coffres',
      composant: lazy(() => import('../employeur/ui/coffres.tsx')),
      visible: (v) => hasDroit(v, 'coffre.administrer'),
    },
    { chemin: '/coffre', composant: lazy(() => import('./coffre.tsx')), portee: 'personne' },
    { chemin: '/coffre/fermeture', composant: lazy(() => import('../fermeture/ui/fermeture.tsx')), portee: 'personne' },
    { chemin: '/coffre/journal', composant: lazy(() => import('./journal.tsx')), portee: 'personne' },
    { chemin: '/coffre/$id', composant: lazy(() => import('./coffre.tsx')), portee: 'personne' },
  ],
}
export default coffreUi
