import './droits.css'
import { IconKey, IconLifebuoy } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, compter, hasDroit, type ModuleUi, type Tache, type Vue } from '#ui'
import { listerSoutiens } from '../../droits/contract.ts'

const administre = (v: Vue) => hasDroit(v, 'acces.administrer')
const accorde = (v: Vue) => hasDroit(v, 'soutien.accorder')

async function chercherTaches(signal: AbortSignal): Promise<Tache[]> {
  const { soutiens } = await appeler(listerSoutiens, { query: {} }, { signal })
  const attendent = soutiens.filter((s) => s.etat === 'demande').length
  if (attendent === 0) return []
  return [
    {
      id: 'soutiens',
      libelle: `Répondre à ${compter(attendent, 'demande de dépannage', 'demandes de dépannage')}`,
      etat: 'aFaire',
      vers: '/depannages',
    },
  ]
}

export const droitsUi: ModuleUi = {
  nom: 'droits',
  rail: [
    { groupe: 'Réglages', libelle: 'Accès', icone: IconKey, chemin: '/acces', visible: administre },
    {
      groupe: 'Réglages',
      libelle: 'Dépannages',
      icone: IconLifebuoy,
      chemin: '/depannages',
      visible: (v) => accorde(v) || hasDroit(v, 'soutien.demander'),
    },
  ],
  pages: [
    { chemin: '/acces', composant: lazy(() => import('./membres.tsx')) },
    { chemin: '/acces/nouveau', composant: lazy(() => import('./donner-role.tsx')) },
    { chemin: '/acces/matrice', composant: lazy(() => import('./matrice.tsx')) },
    { chemin: '/acces/interface', composant: lazy(() => import('./interface.tsx')) },
    { chemin: '/acces/jetons', composant: lazy(() => import('./jetons.tsx')) },
    { chemin: '/depannages', composant: lazy(() => import('./soutiens.tsx')) },
    { chemin: '/mes-droits', composant: lazy(() => import('./mes-droits.tsx')), portee: 'personne' },
  ],
  taches: [{ nom: 'Dépannages', visible: accorde, chercher: chercherTaches }],
}
