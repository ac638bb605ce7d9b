import { IconBriefcase, IconIdBadge2 } from '@tabler/icons-react'
import { lazy } from 'react'
import { hasDroit, type ModuleUi, type Vue } from '#ui'
import { droitsUi } from './droits/index.tsx'

const suitTout = (v: Vue) => hasDroit(v, 'production.lancer')

const accesUi: ModuleUi = {
  nom: 'acces',
  // The menu of the person, in the band, leads to her account.
  rail: [
    ...droitsUi.rail,
    {
      groupe: 'Agents et paie',
      libelle: 'Portefeuilles',
      icone: IconBriefcase,
      chemin: '/portefeuilles',
      visible: suitTout,
    },
    {
      groupe: 'Réglages',
      libelle: 'Fournisseurs d’identité',
      icone: IconIdBadge2,
      chemin: '/fournisseurs-identite',
      visible: (v) => hasDroit(v, 'identite.regler'),
    },
  ],
  pages: [
    {
      chemin: '/portefeuilles',
      composant: lazy(() => import('../portefeuilles/ui/portefeuilles.tsx')),
      visible: suitTout,
    },
    { chemin: '/compte', composant: lazy(() => import('./compte.tsx')), portee: 'personne' },
    {
      chemin: '/fournisseurs-identite',
      composant: lazy(() => import('./fournisseurs.tsx')),
      visible: (v) => hasDroit(v, 'identite.regler'),
    },
    ...droitsUi.pages,
  ],
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
