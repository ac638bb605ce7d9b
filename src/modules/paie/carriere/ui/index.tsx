import { IconUsers } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, compter, hasDroit, type ModuleUi, type Tache, type Vue } from '#ui'
import { listerComptes } from '../http/contract.ts'

const lit = (v: Vue) => v.organisme !== undefined && hasDroit(v, 'agents.lire')
const modifie = (v: Vue) => lit(v) && hasDroit(v, 'carrieres.modifier')
const confirme = (v: Vue) => lit(v) && hasDroit(v, 'comptes.confirmer')

/** What waits for this person in the files of the agents. */
async function chercherTaches(signal: AbortSignal): Promise<Tache[]> {
  const { comptes } = await appeler(listerComptes, {}, { signal })
  const aDecider = comptes.filter((c) => c.peutDecider).length
  if (aDecider === 0) return []
  return [
    {
      id: 'carriere-comptes',
      libelle: `Confirmer ${compter(aDecider, 'compte bancaire', 'comptes bancaires')}`,
      precision: 'À comparer avec le RIB',
      vers: '/agents/comptes',
    },
  ]
}

/** The dated files of the agents: read by the body, kept by its officer. */
export const carriereUi: Required<Omit<ModuleUi, 'palette'>> = {
  nom: 'paie-carriere',
  rail: [{ groupe: 'Agents et paie', libelle: 'Agents', icone: IconUsers, chemin: '/agents', visible: lit }],
  pages: [
    { chemin: '/agents', composant: lazy(() => import('./liste.tsx')), visible: lit },
    { chemin: '/agents/nouveau', composant: lazy(() => import('./nouveau.tsx')), visible: modifie },
    { chemin: '/agents/importer', composant: lazy(() => import('../importer/ui/importer.tsx')), visible: modifie },
    { chemin: '/agents/avancements', composant: lazy(() => import('../avancement/ui/page.tsx')), visible: lit },
    { chemin: '/agents/comptes', composant: lazy(() => import('./comptes.tsx')), visible: lit },
    { chemin: '/agents/$agent', composant: lazy(() => import('./fiche.tsx')), visible: lit },
    { chemin: '/saisie/$mois', composant: lazy(() => import('../grille/ui/page.tsx')), visible: lit },
    {
      chemin: '/agents/$agent/emplois/$carriere/situation',
      composant: lazy(() => import('./situation.tsx')),
      visible: modifie,
    },
    {
      chemin: '/agents/$agent/emplois/$carriere/position',
      composant: lazy(() => import('../positions/ui/position.tsx')),
      visible: modifie,
    },
    {
      chemin: '/agents/$agent/emplois/$carriere/sortie',
      composant: lazy(() => import('./sortie.tsx')),
      visible: modifie,
    },
  ],
  taches: [{ nom: 'Agents', visible: confirme, chercher: chercherTaches }],
}
