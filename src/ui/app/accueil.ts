import { IconHome } from '@tabler/icons-react'
import type { ModuleUi } from '#ui'

/** « Aujourd’hui » in the rail: the page of all trades, so it belongs to none of them. */
export const accueil: ModuleUi = {
  nom: 'accueil',
  rail: [{ groupe: 'Aujourd’hui', libelle: 'Aujourd’hui', icone: IconHome, chemin: '/' }],
  pages: [],
}
