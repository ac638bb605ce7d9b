import { IconCash } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, compter, deMois, hasDroit, type ModuleUi, type Vue } from '#ui'
import { listerMandatements } from '../contract.ts'

const liquide = (v: Vue) => hasDroit(v, 'finances.liquider')

/** Where the payroll becomes mandats: among the finances, for those who liquidate. */
export const mandatementUi: Required<Omit<ModuleUi, 'palette'>> = {
  nom: 'paie-mandatement',
  rail: [
    { groupe: 'Finances', libelle: 'Paie à mandater', icone: IconCash, chemin: '/finances/paie', visible: liquide },
  ],
  pages: [
    { chemin: '/finances/paie', composant: lazy(() => import('./paie-a-mandater.tsx')), visible: liquide },
    { chemin: '/finances/paie/imputation', composant: lazy(() => import('./imputation.tsx')), visible: liquide },
  ],
  taches: [
    {
      nom: 'Paie à mandater',
      visible: liquide,
      chercher: async (signal) =>
        (await appeler(listerMandatements, {}, { signal })).mois.map((m) => ({
          id: `mandatement-${m.mois}-${m.rang}`,
          libelle: `Préparer les mandats de la paie ${deMois(m.mois)}${m.rang > 1 ? `, production n° ${m.rang}` : ''}`,
          precision: compter(m.bulletins, 'bulletin'),
          etat: 'aFaire' as const,
          vers: `/finances/paie?mois=${m.mois}&rang=${m.rang}`,
        })),
    },
  ],
}
