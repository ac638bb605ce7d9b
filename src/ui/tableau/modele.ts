import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import { correspond } from '../coquille/recherche.ts'
import { type Colonne, comparer, enTexte, estVide } from './colonnes.ts'
import type { EtatTableau } from './etat.ts'

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
})

const AUCUNE: never[] = []

/** Rows in the order of the screen: sorted and filtered here, or by the server when `serveur`. */
export function useLignes<L extends object>({
  lignes,
  colonnes,
  etat,
  serveur,
}: {
  lignes: readonly L[] | undefined
  colonnes: readonly Colonne<L>[]
  etat: EtatTableau
  serveur: boolean
}): readonly L[] {
  const defs = useMemo(
    () =>
      colonnes.map((c) => ({
        id: c.cle,
        // Empty cells come last in both directions.
        accessorFn: (l: L) => (estVide(c.valeur(l)) ? undefined : c.valeur(l)),
        sortUndefined: 'last' as const,
        sortFn: (a: { original: L }, b: { original: L }) =>
          comparer(c.valeur(a.original), c.valeur(b.original), c.genre),
        filterFn: (ligne: { original: L }, _id: string, cherche: string) =>
          c.filtre === 'texte'
            ? correspond(enTexte(c.valeur(ligne.original), c.genre, c.decimales), cherche)
            : String(c.valeur(ligne.original) ?? '') === cherche,
      })),
    [colonnes],
  )
  const sorting = useMemo(() => (etat.tri ? [{ id: etat.tri.cle, desc: etat.tri.desc }] : []), [etat.tri])
  const columnFilters = useMemo(
    () =>
      Object.entries(etat.filtres)
        .filter(([id]) => colonnes.some((c) => c.cle === id))
        .map(([id, value]) => ({ id, value })),
    [etat.filtres, colonnes],
  )
  // One text per row, made once: a search over 5,500 rows must follow the typing.
  const textes = useMemo(() => {
    const t = new Map<L, string>()
    return (l: L) => {
      let texte = t.get(l)
      if (texte === undefined) {
        texte = colonnes.map((c) => enTexte(c.valeur(l), c.genre, c.decimales)).join(' ')
        t.set(l, texte)
      }
      return texte
    }
  }, [colonnes])
  const table = useTable({
    features,
    columns: defs as never,
    data: (lignes ?? AUCUNE) as L[],
    state: { sorting, columnFilters, globalFilter: etat.recherche },
    manualSorting: serveur,
    manualFiltering: serveur,
    getColumnCanGlobalFilter: (c) => c.id === colonnes[0]?.cle,
    globalFilterFn: ((ligne: { original: L }, _id: string, cherche: string) =>
      correspond(textes(ligne.original), cherche)) as never,
  })
  const rows = table.getRowModel().rows
  return useMemo(() => rows.map((r) => r.original as L), [rows])
}
