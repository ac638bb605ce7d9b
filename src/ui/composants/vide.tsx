import { IconAlertTriangle, IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Nothing here: why, and what to do. `action` is a `Bouton` or `BoutonLien`. */
export function EtatVide({
  titre,
  children,
  action,
  etat,
}: {
  titre: ReactNode
  children?: ReactNode
  action?: ReactNode
  etat?: 'attention'
}) {
  const Icone = etat === 'attention' ? IconAlertTriangle : IconInbox
  return (
    <div className="bq-vide" role={etat === 'attention' ? 'alert' : undefined}>
      <Icone size={36} stroke={1.25} aria-hidden="true" />
      <p>
        <strong>{titre}</strong>
      </p>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}
