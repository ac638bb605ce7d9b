import { IconBook2 } from '@tabler/icons-react'
import { lazy } from 'react'
import { hasDroit, type ModuleUi } from '#ui'

const journalUi: ModuleUi = {
  nom: 'journal',
  rail: [
    {
      groupe: 'Réglages',
      libelle: 'Journal',
      icone: IconBook2,
      chemin: '/journal',
      visible: (v) => hasDroit(v, 'journal.lire'),
    },
  ],
  pages: [{ chemin: '/journal', composant: lazy(() => import('./journal.tsx')) }],
}
export default journalUi
