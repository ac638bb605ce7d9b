import { type ReactNode, useEffect, useRef } from 'react'
import { ListeDetail, usePanneau } from '#ui'

/**
 * A list that has the whole width until a row is opened beside it. The list stays the same element, so that the arrows
 * go on from the row where they were; Échap closes the detail and comes back to its row.
 */
export function ListeEtDetail({
  liste,
  detail,
  titre,
  onFermer,
}: {
  liste: ReactNode
  detail: ReactNode | undefined
  titre: string
  onFermer: () => void
}) {
  const { ouvert: panneau } = usePanneau()
  const ici = useRef<HTMLDivElement>(null)
  const fermer = useRef(onFermer)
  fermer.current = onFermer
  const ouvert = detail !== undefined
  useEffect(() => {
    if (!ouvert || panneau) return
    const surTouche = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [data-expanded="true"], [role="menu"]')) return
      const rang = ici.current?.querySelector<HTMLElement>('tr[data-ouverte]')?.dataset.rang
      fermer.current()
      requestAnimationFrame(() => ici.current?.querySelector<HTMLElement>(`tr[data-rang="${rang}"]`)?.focus())
    }
    document.addEventListener('keydown', surTouche)
    return () => document.removeEventListener('keydown', surTouche)
  }, [ouvert, panneau])
  return (
    <div ref={ici} className={ouvert ? 'bq-membre-ouverte' : 'bq-membre-seule'}>
      <ListeDetail liste={liste} detail={detail} titre={titre} onFermer={onFermer} />
    </div>
  )
}
