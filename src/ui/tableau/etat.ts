import { useCallback, useMemo, useState } from 'react'
import { type Recherche, useRecherche } from '../coquille/navigation.tsx'

export type EtatTableau = {
  recherche: string
  tri: { cle: string; desc: boolean } | undefined
  filtres: Readonly<Record<string, string>>
  /** From 1. */
  page: number
  taille: number
  changer: (c: {
    recherche?: string
    tri?: { cle: string; desc: boolean } | null
    filtre?: [string, string]
    page?: number
  }) => void
  effacer: () => void
  /** For the query of a server-side list: `{ recherche, tri: '-nom', page: '2', taille: '50', …filtres }`. */
  query: Record<string, string>
}

/** Reads the state of a table from the parameters of an address. */
function lireEtat(r: Recherche, prefixe: string, triInitial?: string) {
  const brut = r[`${prefixe}tri`] ?? triInitial
  const filtres: Record<string, string> = {}
  for (const [nom, v] of Object.entries(r))
    if (nom.startsWith(`${prefixe}f.`)) filtres[nom.slice(prefixe.length + 2)] = v
  return {
    recherche: r[`${prefixe}q`] ?? '',
    tri: brut ? { cle: brut.replace(/^-/, ''), desc: brut.startsWith('-') } : undefined,
    filtres,
    page: Math.max(1, Number.parseInt(r[`${prefixe}page`] ?? '1', 10) || 1),
  }
}

/**
 * Search, sort, filters and page of a table. They live in the address, so that the list can be sent, and Back finds it
 * again; `local` keeps them out of it, for a small table beside the main one. In the address `q`, `tri`, `page` and
 * `f.…` belong to the table: `prefixe` makes room for a second one.
 */
export function useEtatTableau({
  prefixe = '',
  local = false,
  taille = 50,
  tri: triInitial,
}: {
  prefixe?: string
  local?: boolean
  taille?: number
  tri?: string
} = {}): EtatTableau {
  const [adresse, setAdresse] = useRecherche()
  const [interne, setInterne] = useState<Recherche>({})
  const source = local ? interne : adresse
  const ecrire = useCallback(
    (change: Record<string, string | undefined>) => {
      if (!local) setAdresse(change)
      else
        setInterne((avant) =>
          Object.fromEntries(
            Object.entries({ ...avant, ...change }).filter(
              (e): e is [string, string] => e[1] !== undefined && e[1] !== '',
            ),
          ),
        )
    },
    [local, setAdresse],
  )
  return useMemo(() => {
    const etat = lireEtat(source, prefixe, triInitial)
    return {
      ...etat,
      taille,
      changer: ({ recherche, tri, filtre, page }) =>
        ecrire({
          // Another search, sort or filter starts again at the first page.
          [`${prefixe}page`]: page !== undefined && page > 1 ? String(page) : undefined,
          ...(recherche === undefined ? {} : { [`${prefixe}q`]: recherche }),
          ...(tri === undefined ? {} : { [`${prefixe}tri`]: tri ? `${tri.desc ? '-' : ''}${tri.cle}` : undefined }),
          ...(filtre === undefined ? {} : { [`${prefixe}f.${filtre[0]}`]: filtre[1] }),
        }),
      effacer: () =>
        ecrire({
          [`${prefixe}page`]: undefined,
          [`${prefixe}q`]: undefined,
          ...Object.fromEntries(Object.keys(etat.filtres).map((nom) => [`${prefixe}f.${nom}`, undefined])),
        }),
      query: {
        ...etat.filtres,
        ...(etat.recherche ? { recherche: etat.recherche } : {}),
        ...(etat.tri ? { tri: `${etat.tri.desc ? '-' : ''}${etat.tri.cle}` } : {}),
        page: String(etat.page),
        taille: String(taille),
      },
    }
  }, [source, prefixe, triInitial, taille, ecrire])
}
