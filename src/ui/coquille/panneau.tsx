import { IconArrowLeft, IconX } from '@tabler/icons-react'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'

export type ContenuPanneau = {
  titre: string
  contenu: ReactNode
  /** Wider, for a document beside a form. */
  large?: boolean
}

type Api = {
  /** Shows it on the right. From inside the panel it lies over, and « Retour » comes back. */
  open: (p: ContenuPanneau) => void
  close: () => void
  ouvert: boolean
}

const ContexteApi = createContext<Api>({ open: () => {}, close: () => {}, ouvert: false })
const ContextePile = createContext<{ pile: ContenuPanneau[]; retour: () => void }>({ pile: [], retour: () => {} })

export const usePanneau = () => useContext(ContexteApi)

export function ProviderPanneau({ children }: { children: ReactNode }) {
  const [pile, setPile] = useState<ContenuPanneau[]>([])
  const origine = useRef<HTMLElement | null>(null)
  const open = useCallback((p: ContenuPanneau) => {
    const actif = document.activeElement as HTMLElement | null
    const dedans = actif?.closest('.bq-panneau') != null
    if (!dedans) origine.current = actif
    setPile((avant) => (dedans ? [...avant, p] : [p]))
  }, [])
  const close = useCallback(() => {
    setPile([])
    origine.current?.focus()
    origine.current = null
  }, [])
  const retour = useCallback(() => setPile((p) => p.slice(0, -1)), [])
  const ouvert = pile.length > 0
  useEffect(() => {
    if (!ouvert) return
    const surTouche = (e: KeyboardEvent) => {
      // A field, a menu or a dialog that uses Échap for itself comes first.
      if (e.key !== 'Escape' || e.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [data-expanded="true"], .mantine-Menu-dropdown')) return
      close()
    }
    document.addEventListener('keydown', surTouche)
    return () => document.removeEventListener('keydown', surTouche)
  }, [ouvert, close])
  const api = useMemo(() => ({ open, close, ouvert }), [open, close, ouvert])
  const etat = useMemo(() => ({ pile, retour }), [pile, retour])
  return (
    <ContexteApi value={api}>
      <ContextePile value={etat}>{children}</ContextePile>
    </ContexteApi>
  )
}

/** The place of the panel in the shell. */
export function Panneau() {
  const { close } = usePanneau()
  const { pile, retour } = useContext(ContextePile)
  const titreId = useId()
  const titre = useRef<HTMLHeadingElement>(null)
  const haut = pile.at(-1)
  useEffect(() => {
    if (haut) titre.current?.focus()
  }, [haut])
  if (!haut) return null
  return (
    <aside className="bq-panneau" aria-labelledby={titreId} data-large={haut.large || undefined}>
      <header className="bq-panneau-tete">
        {pile.length > 1 && (
          <button type="button" className="bq-icone" onClick={retour} aria-label="Revenir en arrière">
            <IconArrowLeft size={20} aria-hidden />
          </button>
        )}
        <h2 id={titreId} ref={titre} tabIndex={-1}>
          {haut.titre}
        </h2>
        <button
          type="button"
          className="bq-icone"
          onClick={close}
          aria-label="Fermer le panneau"
          title="Fermer (Échap)"
        >
          <IconX size={20} aria-hidden />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard */}
      <section className="bq-panneau-corps" aria-label={haut.titre} tabIndex={0}>
        {haut.contenu}
      </section>
    </aside>
  )
}
