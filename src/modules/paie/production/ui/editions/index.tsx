import { IconPrinter } from '@tabler/icons-react'
import { lazy } from 'react'
import { hasDroit, type ModuleUi, type Vue } from '#ui'

const edite = (v: Vue) => v.organisme !== undefined && hasDroit(v, 'bulletins.lire')

/** Papers of the month, for whoever reads the payslips; after the month itself in the rail. */
const editionsUi: ModuleUi = {
  nom: 'paie-editions',
  rail: [
    { groupe: 'Agents et paie', libelle: 'Éditions', icone: IconPrinter, chemin: '/paie/editions', visible: edite },
  ],
  pages: [
    { chemin: '/paie/editions/$mois', composant: lazy(() => import('./editions.tsx')), visible: edite },
    {
      chemin: '/paie/editions',
      composant: lazy(() => import('./ouvrir.tsx').then((m) => ({ default: m.OuvrirEditions }))),
      visible: edite,
    },
  ],
}
export default editionsUi
