import { IconBuildingBank } from '@tabler/icons-react'
import { lazy } from 'react'
import type { ModuleUi } from '#ui'
import { estGestionnaire } from '../../dossier/ui/gestion/acces.ts'

/** Settings of the employer, for the officer who keeps them. */
export const employeurUi: ModuleUi = {
  nom: 'paie-employeur',
  rail: [
    {
      groupe: 'Agents et paie',
      libelle: 'Employeur',
      icone: IconBuildingBank,
      chemin: '/paie/employeur',
      visible: estGestionnaire,
    },
  ],
  pages: [{ chemin: '/paie/employeur', composant: lazy(() => import('./page.tsx')), visible: estGestionnaire }],
}
