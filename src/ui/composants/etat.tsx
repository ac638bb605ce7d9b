import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockHour4,
  IconOctagonMinus,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ETATS, type NomEtat } from '../theme/jetons.ts'

const ICONES: Record<NomEtat, Icon> = {
  aFaire: IconCircleDashed,
  enAttente: IconClockHour4,
  attention: IconAlertTriangle,
  bloquant: IconOctagonMinus,
  fait: IconCircleCheck,
}

const kebab = (nom: string) => nom.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** A state: colour, icon and word together. The word may be the trade's own (« Transmis »). */
export function Etat({ etat, children }: { etat: NomEtat; children?: ReactNode }) {
  const Icone = ICONES[etat]
  return (
    <span
      className="bq-etat"
      style={{ color: `var(--bq-${kebab(etat)})`, background: `var(--bq-${kebab(etat)}-fond)` }}
    >
      <Icone size={16} stroke={2} aria-hidden="true" />
      {children ?? ETATS[etat].mot}
    </span>
  )
}

/** A sentence of this state that stands in the page, with what to do. */
export function Encart({ etat, titre, children }: { etat: NomEtat; titre?: string; children: ReactNode }) {
  const Icone = ICONES[etat]
  return (
    <div
      className="bq-encart"
      role={etat === 'bloquant' ? 'alert' : 'note'}
      style={{ borderColor: `var(--bq-${kebab(etat)})`, background: `var(--bq-${kebab(etat)}-fond)` }}
    >
      <Icone size={20} stroke={1.75} aria-hidden="true" style={{ color: `var(--bq-${kebab(etat)})` }} />
      <div>
        {titre && <strong>{titre}</strong>}
        <div>{children}</div>
      </div>
    </div>
  )
}
