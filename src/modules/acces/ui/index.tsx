import { lazy } from 'react'
import type { ModuleUi } from '#ui'
import { droitsUi } from './droits/index.tsx'

const accesUi: ModuleUi = {
  nom: 'acces',
  // The menu of the person, in the band, leads to her account.
  rail: droitsUi.rail,
  pages: [{ chemin: '/compte', composant: lazy(() => import('./compte.tsx')), portee: 'personne' }, ...droitsUi.pages],
  taches: droitsUi.taches ?? [],
  palette: [
    {
      nom: 'Mon compte',
      chercher: (texte) =>
        /compte|session|mot de passe|vérif|verif|clé|application|verrou/.test(texte.toLowerCase())
          ? [{ id: 'compte', libelle: 'Mon compte : vérification, sessions, mot de passe', vers: '/compte' }]
          : [],
    },
  ],
}
export default accesUi
