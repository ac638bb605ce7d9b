import { IconMailForward, IconShieldCheck, IconUserOff, IconVault } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, compter, hasDroit, type ModuleUi, type Tache, type Vue } from '#ui'
import { listerSuccessions } from '../succession/contract.ts'

const succede = (v: Vue) => hasDroit(v, 'coffre.succession')

/** A handing over that somebody else has prepared waits for a second person. */
async function chercherRemises(signal: AbortSignal): Promise<Tache[]> {
  const { successions } = await appeler(listerSuccessions, {}, { signal })
  const attendent = successions.filter((s) => s.remises.some((r) => r.etat === 'aDecider' && !r.estDeMoi))
  if (attendent.length === 0) return []
  return [
    {
      id: 'remises',
      libelle: `Décider de ${compter(attendent.length, 'remise à une succession', 'remises à des successions')}`,
      etat: 'aFaire',
      vers: '/successions',
    },
  ]
}

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
    {
      groupe: 'Réglages',
      libelle: 'Successions',
      icone: IconUserOff,
      chemin: '/successions',
      visible: succede,
    },
  ],
  taches: [{ nom: 'Successions', visible: succede, chercher: chercherRemises }],
  pages: [
    { chemin: '/successions', composant: lazy(() => import('../succession/ui/successions.tsx')), visible: succede },
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
