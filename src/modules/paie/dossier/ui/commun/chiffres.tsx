import type { ReactNode } from 'react'
import { Ecart, Montant } from '#ui'
import { ecartEntre } from './libelles.ts'

/** A row of figures with their names: read at a glance, printed as is. */
export function Chiffres({ nom, children }: { nom: string; children: ReactNode }) {
  return (
    <dl className="paie-chiffres" aria-label={nom}>
      {children}
    </dl>
  )
}

export function Chiffre({ libelle, children, note }: { libelle: string; children: ReactNode; note?: ReactNode }) {
  return (
    <div>
      <dt>{libelle}</dt>
      <dd>
        <strong className="bq-chiffres">{children}</strong>
        {note && <span className="bq-discret bq-petit">{note}</span>}
      </dd>
    </div>
  )
}

/** An amount and what it gained or lost since last month. */
export function ChiffreMontant({
  libelle,
  valeur,
  avant,
}: {
  libelle: string
  valeur: string
  avant?: string | null | undefined
}) {
  const ecart = ecartEntre(avant, valeur)
  return (
    <Chiffre
      libelle={libelle}
      note={
        ecart === null ? undefined : (
          <>
            <Ecart valeur={ecart} /> sur un mois
          </>
        )
      }
    >
      <Montant valeur={valeur} />
    </Chiffre>
  )
}
