import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

export type Onglet = {
  cle: string
  libelle: string /** Number of things that wait there. */
  nombre?: number | undefined
}

/** Sections of one object; which one is open belongs to the address, so the caller keeps it. */
export function Onglets({
  nom,
  onglets,
  actif,
  onChoix,
  children,
}: {
  nom: string
  onglets: readonly Onglet[]
  actif: string
  onChoix: (cle: string) => void
  children: ReactNode
}) {
  const base = useId()
  const liste = useRef<HTMLDivElement>(null)
  const surTouche = (e: KeyboardEvent, i: number) => {
    const pas: Record<string, number> = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: onglets.length - 1 }
    const cible = pas[e.key]
    if (cible === undefined) return
    e.preventDefault()
    const j = (cible + onglets.length) % onglets.length
    onChoix(onglets[j]!.cle)
    liste.current?.querySelectorAll<HTMLElement>('[role="tab"]')[j]?.focus()
  }
  return (
    <div className="paie-onglets">
      <div role="tablist" aria-label={nom} ref={liste}>
        {onglets.map((o, i) => (
          <button
            key={o.cle}
            type="button"
            role="tab"
            id={`${base}-${o.cle}`}
            aria-selected={o.cle === actif}
            aria-controls={`${base}-contenu`}
            tabIndex={o.cle === actif ? 0 : -1}
            onClick={() => onChoix(o.cle)}
            onKeyDown={(e) => surTouche(e, i)}
          >
            {o.libelle}
            {o.nombre !== undefined && o.nombre > 0 && <span className="paie-compte bq-chiffres">{o.nombre}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-contenu`} aria-labelledby={`${base}-${actif}`}>
        {children}
      </div>
    </div>
  )
}
