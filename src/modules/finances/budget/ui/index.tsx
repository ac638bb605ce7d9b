import { IconScale } from '@tabler/icons-react'
import { lazy } from 'react'
import { appeler, hasDroit, type ModuleUi, type Tache, type Vue } from '#ui'
import { lireExercice, listerBudgets } from '../contract.ts'

const lit = (v: Vue) => hasDroit(v, 'finances.lire')

/** Versions in preparation, and budgets not voted while their year runs. */
async function chercherTaches(signal: AbortSignal): Promise<Tache[]> {
  const { budgets } = await appeler(listerBudgets, {}, { signal })
  const listes = await Promise.all(
    budgets.flatMap((b) =>
      b.exercices.slice(0, 2).map(async (e): Promise<Tache[]> => {
        if (e.etat === 'clos') return []
        const d = await appeler(lireExercice, { params: { budget: b.id, annee: e.annee } }, { signal })
        return d.versions
          .filter((v) => v.etat === 'preparation')
          .map((v) => ({
            id: `version-${v.id}`,
            libelle: `Finir : ${v.nom} ${e.annee}`,
            precision: `${b.libelle}, préparée par ${v.creePar}`,
            ...(v.genre === 'BP' ? { echeance: `${e.annee}-04-15` } : {}),
            vers: `/finances/budgets/versions/${v.id}`,
          }))
      }),
    ),
  )
  return listes.flat()
}

export const budgetUi: ModuleUi = {
  nom: 'finances-budget',
  rail: [{ groupe: 'Finances', libelle: 'Budgets', icone: IconScale, chemin: '/finances/budgets', visible: lit }],
  pages: [
    { chemin: '/finances/budgets', composant: lazy(() => import('./budgets.tsx')), visible: lit },
    { chemin: '/finances/budgets/$budget/$annee', composant: lazy(() => import('./exercice.tsx')), visible: lit },
    { chemin: '/finances/budgets/documents', composant: lazy(() => import('./documents.tsx')), visible: lit },
    {
      chemin: '/finances/budgets/documents/$document',
      composant: lazy(() => import('./document.tsx')),
      visible: lit,
    },
    { chemin: '/finances/budgets/versions/$vote', composant: lazy(() => import('./version.tsx')), visible: lit },
  ],
  taches: [{ nom: 'Budget', visible: (v) => hasDroit(v, 'finances.preparer'), chercher: chercherTaches }],
}
