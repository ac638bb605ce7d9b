import { type ReactNode, useState } from 'react'
import { ChampTexteLong, Confirmation } from '#ui'

/** An act that asks why. */
export function Motif({
  ouvert,
  titre,
  verbe,
  children,
  onMotif,
  onFermer,
}: {
  ouvert: boolean
  titre: string
  verbe: string
  children: ReactNode
  onMotif: (motif: string) => Promise<unknown>
  onFermer: () => void
}) {
  const [motif, setMotif] = useState('')
  return (
    <Confirmation ouverte={ouvert} titre={titre} verbe={verbe} onFermer={onFermer} onConfirmer={() => onMotif(motif)}>
      <div className="bq-pile">
        <div className="bq-pile-serree">{children}</div>
        <ChampTexteLong libelle="Motif" requis valeur={motif} onValeur={setMotif} />
      </div>
    </Confirmation>
  )
}
