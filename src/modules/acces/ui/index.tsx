import { lazy } from 'react'
import type { ModuleUi } from '#ui'

const accesUi: ModuleUi = {
  nom: 'acces',
  // The menu of the person, in the band, leads there.
  rail: [],
  pages: [{ chemin: '/compte', composant: lazy(() => import('./compte.tsx')), portee: 'personne' }],
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
