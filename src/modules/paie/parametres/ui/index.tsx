import { IconAdjustments } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, compter, hasDroit, type ModuleUi, type Tache, type Vue } from '#ui'
import { listerPropositions } from '../contract.ts'

const lit = (v: Vue) => hasDroit(v, 'parametres.lire')
const propose = (v: Vue) => hasDroit(v, 'parametres.proposer')
const publie = (v: Vue) => hasDroit(v, 'parametres.publier')

/** What others proposed and this person may release. */
async function chercherTaches(signal: AbortSignal): Promise<Tache[]> {
  const { propositions } = await appeler(listerPropositions, {}, { signal })
  const siennes = propositions.filter((p) => p.actes.includes('publier'))
  const [premiere] = siennes
  if (!premiere) return []
  return [
    {
      id: 'valeurs-proposees',
      libelle: `Publier ou refuser ${compter(siennes.length, 'valeur légale', 'valeurs légales')}`,
      precision: siennes.length === 1 ? premiere.libelle : `Proposées par ${premiere.proposeePar}`,
      etat: 'aFaire',
      vers: siennes.length === 1 ? `/pex/parametres/propositions/${premiere.id}` : '/pex/parametres/propositions',
    },
  ]
}

/** The legal values: what they are, who proposes and who releases a new one. */
export const parametresUi: Required<Omit<ModuleUi, 'palette'>> = {
  nom: 'paie-parametres',
  rail: [
    {
      groupe: 'Agents et paie',
      libelle: 'Paramètres de la paie',
      icone: IconAdjustments,
      chemin: '/pex/parametres',
      visible: lit,
    },
  ],
  pages: [
    { chemin: '/pex/parametres', composant: lazy(() => import('./parametres.tsx')), visible: lit },
    { chemin: '/pex/parametres/proposer', composant: lazy(() => import('./proposer.tsx')), visible: propose },
    { chemin: '/pex/parametres/propositions', composant: lazy(() => import('./propositions.tsx')), visible: lit },
    {
      chemin: '/pex/parametres/propositions/$proposition',
      composant: lazy(() => import('./proposition.tsx')),
      visible: lit,
    },
  ],
  taches: [{ nom: 'Paramètres de la paie', visible: publie, chercher: chercherTaches }],
}
