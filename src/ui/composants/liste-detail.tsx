import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Bouton } from './bouton.tsx'

/**
 * A list and, beside it, what is chosen. On a phone the detail takes the place of the list, with a way back.
 * The list is a `Tableau` with `onOuvrir` and `ouverte`: its arrows then move the detail.
 */
export function ListeDetail({
  liste,
  detail,
  titre,
  onFermer,
  vide = 'Choisissez une ligne pour la voir ici.',
}: {
  liste: ReactNode
  /** Nothing chosen: `undefined`. */
  detail: ReactNode | undefined
  /** Names the detail for those who do not see it. */
  titre: string
  onFermer: () => void
  vide?: string
}) {
  return (
    <div className="bq-liste-detail" data-ouvert={detail !== undefined || undefined}>
      <div className="bq-liste-detail-liste">{liste}</div>
      <section className="bq-liste-detail-detail" aria-label={titre}>
        {detail === undefined ? (
          <p className="bq-discret bq-liste-detail-vide">{vide}</p>
        ) : (
          <>
            <div className="bq-liste-detail-retour">
              <Bouton variante="discret" icone={IconArrowLeft} onClick={onFermer}>
                Revenir à la liste
              </Bouton>
            </div>
            {detail}
          </>
        )}
      </section>
    </div>
  )
}
