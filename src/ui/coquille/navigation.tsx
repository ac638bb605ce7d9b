import { useLocation, useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, createContext, type MouseEvent, type Ref, useCallback, useContext } from 'react'
import type { PageModule } from './module.ts'

/** `/o/214000416`: what the address of each page of a body starts with. Empty on the pages of a person. */
const ContextePrefixe = createContext('')
export const ProviderPrefixe = ContextePrefixe

export const prefixeDe = (organisme: { siren: string; id: string } | undefined): string =>
  organisme ? `/o/${organisme.siren || organisme.id}` : ''

type Options = { portee?: PageModule['portee']; remplacer?: boolean }

/** Turns the path of a page (`/paie/mois/2025-11`) into the address of the current body. */
function useAdresse(): (vers: string, portee?: PageModule['portee']) => string {
  const prefixe = useContext(ContextePrefixe)
  return useCallback(
    (vers, portee = 'organisme') => (portee === 'personne' || vers.startsWith('/o/') ? vers : prefixe + vers),
    [prefixe],
  )
}

/** `const aller = useAller(); aller('/paie/mois/2025-11')` */
export function useAller(): (vers: string, options?: Options) => void {
  const naviguer = useNavigate()
  const adresse = useAdresse()
  return useCallback(
    (vers, { portee, remplacer = false } = {}) => {
      void naviguer({ href: adresse(vers, portee), replace: remplacer })
    },
    [naviguer, adresse],
  )
}

type ProprietesLien = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  vers: string
  portee?: PageModule['portee']
  ref?: Ref<HTMLAnchorElement>
}

/** A link to a page: a true link (middle click, copy), moved without reloading. */
export function Lien({ vers, portee, onClick, className, ...props }: ProprietesLien) {
  const router = useRouter()
  const adresse = useAdresse()(vers, portee)
  const suivre = (e: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(e)
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
    e.preventDefault()
    void router.navigate({ href: adresse })
  }
  return <a {...props} href={adresse} onClick={suivre} className={className ?? 'bq-lien'} />
}

/** The `$names` of the path of the page. */
export const useParametres = <P extends Record<string, string>>(): P => useParams({ strict: false }) as P

/** Whether a page, or one below it, is on screen. */
export function useEstIci(): (vers: string, portee?: PageModule['portee']) => boolean {
  const { pathname } = useLocation()
  const adresse = useAdresse()
  return (vers, portee) => {
    const a = adresse(vers, portee).replace(/\/$/, '')
    return pathname.replace(/\/$/, '') === a || (vers !== '/' && pathname.startsWith(`${a}/`))
  }
}

export type Recherche = Record<string, string>

/** The filters of the page, kept in its address: `const [filtres, setFiltres] = useRecherche()`. */
export function useRecherche(): [Recherche, (change: Record<string, string | undefined>) => void] {
  const recherche = useSearch({ strict: false }) as Recherche
  const naviguer = useNavigate()
  const changer = useCallback(
    (change: Record<string, string | undefined>) => {
      void naviguer({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ((avant: Recherche) => {
          const apres: Recherche = { ...avant }
          for (const [nom, v] of Object.entries(change)) {
            if (v === undefined || v === '') delete apres[nom]
            else apres[nom] = v
          }
          return apres
        }) as never,
      })
    },
    [naviguer],
  )
  return [recherche, changer]
}
