import { IconTransfer } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, hasDroit, type ModuleUi, type Vue } from '#ui'
import { lireEchanges } from '../http/contract.ts'

const lit = (v: Vue) => hasDroit(v, 'finances.lire')

/** The exchanges with the comptable. */
export const echangesUi: Required<ModuleUi> = {
  nom: 'finances-echanges',
  rail: [{ groupe: 'Finances', libelle: 'Échanges', icone: IconTransfer, chemin: '/finances/echanges', visible: lit }],
  pages: [
    { chemin: '/finances/echanges', composant: lazy(() => import('./echanges.tsx')), visible: lit },
    { chemin: '/finances/echanges/flux', composant: lazy(() => import('./flux.tsx')), visible: lit },
    { chemin: '/finances/echanges/restes', composant: lazy(() => import('./restes.tsx')), visible: lit },
    { chemin: '/finances/echanges/reponses', composant: lazy(() => import('./reponses.tsx')), visible: lit },
  ],
  palette: [],
  taches: [
    {
      nom: 'Échanges',
      visible: (v) => hasDroit(v, 'finances.liquider'),
      chercher: async (signal) => {
        const e = await appeler(lireEchanges, {}, { signal })
        const ouverts = e.aPart.filter((a) => a.traiteLe === null).length
        const prets = e.flux.filter((f) => f.etat === 'pret' || f.etat === 'aCorriger').length
        return [
          ...(ouverts > 0
            ? [
                {
                  id: 'echanges-a-part',
                  libelle: `${ouverts} ${ouverts > 1 ? 'lignes du comptable mises' : 'ligne du comptable mise'} à part`,
                  vers: '/finances/echanges',
                },
              ]
            : []),
          ...(e.aEmettre.length + prets > 0
            ? [
                {
                  id: 'echanges-flux',
                  libelle: `${e.aEmettre.length + prets} ${e.aEmettre.length + prets > 1 ? 'bordereaux à remettre' : 'bordereau à remettre'} au comptable`,
                  vers: '/finances/echanges',
                },
              ]
            : []),
        ]
      },
    },
  ],
}
