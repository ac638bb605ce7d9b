import type { ReactNode } from 'react'
import { formatInstant } from '../format/jour.ts'
import type { NomEtat } from '../theme/jetons.ts'
import { Etat } from './etat.tsx'

export type Fait = { id: string; instant: string; qui?: string; quoi: ReactNode; etat?: readonly [NomEtat, string] }

/** What happened to an object, latest first. */
export function Chronologie({ faits }: { faits: readonly Fait[] }) {
  if (faits.length === 0) return <p className="bq-discret">Rien ne s’est encore passé.</p>
  return (
    <ol className="bq-chronologie">
      {faits.map((f) => (
        <li key={f.id}>
          <div className="bq-chronologie-tete">
            <time dateTime={f.instant} className="bq-chiffres bq-discret">
              {formatInstant(f.instant)}
            </time>
            {f.qui && <span className="bq-discret">{f.qui}</span>}
          </div>
          <div className="bq-rangee">
            <span>{f.quoi}</span>
            {f.etat && <Etat etat={f.etat[0]}>{f.etat[1]}</Etat>}
          </div>
        </li>
      ))}
    </ol>
  )
}
