import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { Entree, Reponse, Route } from '#socle/contrat.ts'
import { appeler, organismeCourant, Probleme } from './client.ts'

/** One cache for the application. A refusal is an answer: only a silent network is tried again. */
export const createCache = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (essais, e) => e instanceof Probleme && e.status === 0 && essais < 2,
        refetchOnWindowFocus: true,
      },
    },
  })

type OptionsApi = {
  /** False: does not ask yet (an id is not known). */
  actif?: boolean
  /** Asks again every so many milliseconds. */
  rafraichir?: number
  /** Shows the previous reply while a new page, sort or filter comes. */
  garder?: boolean
}

type ArgsApi<R extends Route> =
  Record<never, never> extends Entree<R>
    ? [entree?: Entree<R>, options?: OptionsApi]
    : [entree: Entree<R>, options?: OptionsApi]

const cle = (route: Route, entree: unknown) => ['api', organismeCourant() ?? '', route.chemin, entree ?? {}] as const

/** Reads a GET route; the cache is apart for each body. */
export function useApi<R extends Route>(route: R, ...[entree, options = {}]: ArgsApi<R>): UseQueryResult<Reponse<R>> {
  return useQuery({
    queryKey: cle(route, entree),
    queryFn: ({ signal }) => appeler(route, (entree ?? {}) as Entree<R>, { signal }),
    enabled: options.actif ?? true,
    ...(options.rafraichir ? { refetchInterval: options.rafraichir } : {}),
    ...(options.garder === false ? {} : { placeholderData: keepPreviousData }),
  }) as UseQueryResult<Reponse<R>>
}

type OptionsAction<R extends Route> = {
  /** The routes whose replies this act makes stale. */
  invalidates?: readonly Route[]
  onFait?: (reponse: Reponse<R>) => void
}

/** An act: `const viser = useAction(viserMandat, { invalidates: [listMandats] })`, then `viser.mutate({ params: { id } })`. */
export function useAction<R extends Route>(
  route: R,
  options: OptionsAction<R> = {},
): UseMutationResult<Reponse<R>, Error, Entree<R>> {
  const invalider = useInvalidation()
  return useMutation<Reponse<R>, Error, Entree<R>>({
    mutationFn: (entree) => appeler(route, entree),
    onSuccess: async (reponse) => {
      options.onFait?.(reponse)
      await invalider(options.invalidates ?? [])
    },
  })
}

/** Makes the replies of some routes stale by hand, after an upload or an event; what waits for the person may have changed too. */
export function useInvalidation(): (routes: readonly Route[]) => Promise<void> {
  const client = useQueryClient()
  return async (routes) => {
    const chemins = new Set(routes.map((r) => r.chemin))
    if (chemins.size > 0)
      await client.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === 'taches' || (queryKey[0] === 'api' && chemins.has(queryKey[2] as string)),
      })
  }
}
