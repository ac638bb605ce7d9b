import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Outlet,
  useLocation,
  useNavigate,
  useParams,
} from '@tanstack/react-router'
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { deconnecter, lireSession } from '#modules/acces/contract.ts'
import { appeler, Probleme, setOnSessionPerdue, setOrganismeCourant } from '../api/client.ts'
import { effacerBrouillons, setCompteBrouillons } from '../champs/brouillon.ts'
import { Bouton, BoutonLien } from '../composants/bouton.tsx'
import { Page } from '../composants/page.tsx'
import { EtatVide } from '../composants/vide.tsx'
import { Coquille } from '../coquille/coquille.tsx'
import type { ModuleUi, PageModule } from '../coquille/module.ts'
import { ProviderPrefixe, prefixeDe } from '../coquille/navigation.tsx'
import { ProviderPanneau } from '../coquille/panneau.tsx'
import { entreesVisibles } from '../coquille/rail.tsx'
import { ProviderSession, type Session, useSession } from '../coquille/session.tsx'
import { ProviderModules, useModules } from '../coquille/taches.tsx'
import { ProviderTravaux } from '../coquille/travaux.tsx'
import { ProviderPreferences } from '../theme/preferences.tsx'
import { PageAujourdhui } from './aujourdhui.tsx'
import { PageConnexion } from './connexion.tsx'
import { PageNouveauMotDePasse, PageOubli } from './oubli.tsx'
import { Pave } from './pave.tsx'
import { PageAdresse, PagePremierAcces } from './premier-acces.tsx'
import { EcranVerrou, useVerrou } from './verrou.tsx'

const CLE_SESSION = ['session']
const PageVerification = lazy(() => import('./verification.tsx'))
const verificationPour = (href: string) =>
  href === '/' ? '/connexion/verification' : `/connexion/verification?suite=${encodeURIComponent(href)}`
const Composants = import.meta.env.DEV ? lazy(() => import('../galerie/composants.tsx')) : undefined

/** A body that the address does not name: the last one, else the first. */
function organismeParDefaut(session: Session) {
  const dernier = localStorage.getItem(`bosquet.organisme.${session.compteId}`)
  return session.organismes.find((o) => o.id === dernier) ?? session.organismes[0]
}

/** Goes there once. The router's own `Navigate` goes again at each render, and ours renders at each move. */
function Rediriger({ vers }: { vers: string }) {
  const naviguer = useNavigate()
  // The address that it leaves changes under it: what it was asked first is what counts.
  const [premier] = useState(vers)
  useEffect(() => {
    void naviguer({ href: premier, replace: true })
  }, [naviguer, premier])
  return null
}

/** Signed in, or sent to the sign-in screen with the address to come back to. */
function Connecte() {
  const cache = useQueryClient()
  const naviguer = useNavigate()
  const { href } = useLocation()
  const { organisme: segment } = useParams({ strict: false }) as { organisme?: string }
  const lue = useQuery({
    queryKey: CLE_SESSION,
    queryFn: ({ signal }) => appeler(lireSession, {}, { signal, connexion: true }),
    staleTime: 5 * 60_000,
  })
  const session = lue.data
  const organisme = session?.organismes.find((o) => o.siren === segment || o.id === segment)
  // Before any page asks for its data, the calls must carry the body of the address.
  setOrganismeCourant(organisme?.id)
  const compte = session?.compteId
  useEffect(() => {
    if (compte && organisme) localStorage.setItem(`bosquet.organisme.${compte}`, organisme.id)
  }, [compte, organisme])
  const quitter = useCallback(async () => {
    const fin = await appeler(deconnecter, {}, { connexion: true }).catch((e: unknown) => {
      // A session that is already gone is what was asked for.
      if (!(e instanceof Probleme && e.status === 401)) throw e
    })
    cache.clear()
    effacerBrouillons()
    // The session of the identity provider is closed too: the browser goes there, and comes back to the sign-in page.
    if (fin?.suite) return window.location.assign(fin.suite)
    await naviguer({ to: '/connexion' })
  }, [cache, naviguer])
  const contexte = useMemo(() => session && { session, organisme, quitter }, [session, organisme, quitter])
  const hrefCourant = useRef(href)
  hrefCourant.current = href
  const verifier = useCallback(
    () => void naviguer({ href: verificationPour(hrefCourant.current), replace: true }),
    [naviguer],
  )
  const { verrou, ouvrir } = useVerrou(session?.verrouMinutes ?? (lue.error ? 0 : undefined), verifier)
  const ecranVerrou = verrou && (
    <EcranVerrou
      verrou={verrou}
      quitter={() => void quitter()}
      onOuvert={() => {
        ouvrir()
        void cache.invalidateQueries()
      }}
    />
  )
  if (lue.error instanceof Probleme && lue.error.status === 423) return ecranVerrou ?? null
  if (session?.secondFacteur.etat === 'aDonner' || session?.secondFacteur.etat === 'aInscrire')
    return <Rediriger vers={verificationPour(href)} />
  if (lue.error instanceof Probleme && lue.error.status === 401)
    return <Rediriger vers={href === '/' ? '/connexion' : `/connexion?suite=${encodeURIComponent(href)}`} />
  if (lue.error)
    return (
      <Pave titre="Bosquet ne répond pas">
        <p>{lue.error.message}</p>
        <Bouton variante="principal" onClick={() => void lue.refetch()}>
          Réessayer
        </Bouton>
      </Pave>
    )
  if (!contexte) return null
  setCompteBrouillons(contexte.session.compteId)
  return (
    <ProviderPreferences compte={contexte.session.compteId}>
      <ProviderSession {...contexte}>
        <ProviderPrefixe value={prefixeDe(organisme ?? organismeParDefaut(contexte.session))}>
          <ProviderTravaux compte={contexte.session.compteId}>
            <ProviderPanneau>
              {/* Under the lock nothing is reached, by the keyboard neither. */}
              <div className="bq-sous-verrou" inert={verrou !== undefined}>
                <DansCoquille segment={segment} />
              </div>
              {ecranVerrou}
            </ProviderPanneau>
          </ProviderTravaux>
        </ProviderPrefixe>
      </ProviderSession>
    </ProviderPreferences>
  )
}

function DansCoquille({ segment }: { segment: string | undefined }) {
  const { organisme } = useSession()
  const modules = useModules()
  return (
    <Coquille modules={modules}>
      {segment !== undefined && organisme === undefined ? (
        <EtatVide titre="Cet organisme n’est pas dans vos accès.">
          L’adresse est peut-être celle d’un collègue. Choisissez un de vos organismes en haut de l’écran.
        </EtatVide>
      ) : (
        <Suspense fallback={<p className="bq-page bq-discret">Chargement…</p>}>
          {/* Another body is another page: nothing typed or chosen passes from one to the other. */}
          <Outlet key={organisme?.id ?? ''} />
        </Suspense>
      )}
    </Coquille>
  )
}

/** `/`: the body where the person was last; her own pages (the safe) when she has nothing to do in it. */
function Accueil() {
  const { session } = useSession()
  const modules = useModules()
  const o = organismeParDefaut(session)
  const entrees = entreesVisibles(modules, { session, organisme: o })
  const sienne = entrees.find((e) => e.portee === 'personne')
  const agit = entrees.some((e) => e.portee !== 'personne' && e.chemin !== '/')
  if (o && (agit || !sienne)) return <Rediriger vers={`${prefixeDe(o)}/`} />
  if (sienne) return <Rediriger vers={sienne.chemin} />
  return (
    <EtatVide titre="Votre compte n’a encore accès à rien.">
      Demandez à l’administrateur de votre organisme de vous donner un rôle.
    </EtatVide>
  )
}

function Garde({ page }: { page: PageModule }) {
  const vue = useSession()
  if (!(page.visible?.(vue) ?? true)) return <Introuvable />
  const Ecran: ComponentType = page.composant
  return <Ecran />
}

const REVENIR = <BoutonLien vers="/">Revenir à Aujourd’hui</BoutonLien>

function Introuvable() {
  return (
    <Page titre="Page introuvable">
      <EtatVide titre="Cette page n’existe pas, ou n’est pas dans cet organisme." action={REVENIR} />
    </Page>
  )
}

/** An address that is nowhere: no shell stands around it. */
const AdresseInconnue = () => <Pave titre="Cette page n’existe pas">{REVENIR}</Pave>

function Panne({ error, reset }: ErrorComponentProps) {
  const texte = error instanceof Error ? error.message : String(error)
  return (
    <div role="alert" className="bq-page">
      <EtatVide
        titre="Cette page a rencontré un incident."
        etat="attention"
        action={
          <Bouton variante="principal" onClick={reset}>
            Réessayer
          </Bouton>
        }
      >
        Ce qui était enregistré l’est toujours. Si cela recommence, signalez-le au support avec ce texte : {texte}
      </EtatVide>
    </div>
  )
}

function Racine({ modules, children }: { modules: readonly ModuleUi[]; children: ReactNode }) {
  return <ProviderModules value={modules}>{children}</ProviderModules>
}

export function createRouteur(modules: readonly ModuleUi[], cache: QueryClient) {
  const racine = createRootRoute({
    component: () => (
      <Racine modules={modules}>
        <Outlet />
      </Racine>
    ),
    notFoundComponent: AdresseInconnue,
    errorComponent: Panne,
  })
  const connexion = createRoute({ getParentRoute: () => racine, path: '/connexion', component: PageConnexion })
  const verification = createRoute({
    getParentRoute: () => racine,
    path: '/connexion/verification',
    component: () => (
      <Suspense fallback={null}>
        <PageVerification />
      </Suspense>
    ),
  })
  const libres = [
    createRoute({ getParentRoute: () => racine, path: '/connexion/oubli', component: PageOubli }),
    createRoute({ getParentRoute: () => racine, path: '/connexion/nouveau', component: PageNouveauMotDePasse }),
    createRoute({ getParentRoute: () => racine, path: '/connexion/premier-acces', component: PagePremierAcces }),
    createRoute({ getParentRoute: () => racine, path: '/connexion/adresse', component: PageAdresse }),
  ]
  const connecte = createRoute({ getParentRoute: () => racine, id: 'connecte', component: Connecte })
  const accueil = createRoute({ getParentRoute: () => connecte, path: '/', component: Accueil })
  const organisme = createRoute({ getParentRoute: () => connecte, path: '/o/$organisme', component: Outlet })
  const pages = modules.flatMap((m) => m.pages)
  if (!pages.some((p) => p.chemin === '/' && p.portee !== 'personne'))
    pages.push({ chemin: '/', composant: PageAujourdhui })
  const creer = (parent: AnyRoute, p: PageModule): AnyRoute =>
    createRoute({
      getParentRoute: () => parent,
      path: p.chemin,
      component: () => <Garde page={p} />,
      errorComponent: Panne,
    })
  const deLOrganisme = pages.filter((p) => p.portee !== 'personne').map((p) => creer(organisme, p))
  const deLaPersonne = pages.filter((p) => p.portee === 'personne').map((p) => creer(connecte, p))
  // The living page of the components, for those who write screens: it is not in what is delivered.
  const atelier = Composants
    ? [createRoute({ getParentRoute: () => racine, path: '/composants', component: Composants, errorComponent: Panne })]
    : []
  const routeur = createRouter({
    routeTree: racine.addChildren([
      connexion,
      verification,
      ...libres,
      connecte.addChildren([accueil, organisme.addChildren(deLOrganisme), ...deLaPersonne]),
      ...atelier,
    ]),
    scrollRestoration: true,
    defaultPreload: false,
    defaultErrorComponent: Panne,
    defaultNotFoundComponent: Introuvable,
    // Plain `?q=dupont&page=2`: a SIRET in a filter stays a text.
    parseSearch: (s) => Object.fromEntries(new URLSearchParams(s)),
    stringifySearch: (s) => {
      const q = new URLSearchParams(Object.entries(s).filter((e): e is [string, string] => typeof e[1] === 'string'))
      return q.size > 0 ? `?${q}` : ''
    },
  })
  setOnSessionPerdue(() => {
    cache.removeQueries({ queryKey: CLE_SESSION })
    const { href, pathname } = routeur.state.location
    if (pathname !== '/connexion')
      void routeur.navigate({ to: '/connexion', search: { suite: href, motif: 'expiree' } as never })
  })
  return routeur
}
