import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Bouton } from './bouton.tsx'
import { Encart } from './etat.tsx'

/**
 * A legal act (sign, send, close) asks once, with the sentence of what will happen; the button repeats the verb.
 * `onConfirmer` may refuse: its reason is shown here, and nothing is lost.
 */
export function Confirmation({
  ouverte,
  titre,
  children,
  verbe,
  grave = false,
  onConfirmer,
  onFermer,
}: {
  ouverte: boolean
  titre: string
  /** What will happen, in full sentences. */
  children: ReactNode
  verbe: string
  grave?: boolean
  onConfirmer: () => Promise<unknown>
  onFermer: () => void
}) {
  const [enCours, setEnCours] = useState(false)
  const [refus, setRefus] = useState<Error>()
  const fermer = () => {
    setRefus(undefined)
    onFermer()
  }
  const confirmer = async () => {
    setEnCours(true)
    setRefus(undefined)
    try {
      await onConfirmer()
      fermer()
    } catch (e) {
      setRefus(e as Error)
    } finally {
      setEnCours(false)
    }
  }
  return (
    <Modal
      opened={ouverte}
      onClose={fermer}
      title={titre}
      closeButtonProps={{ 'aria-label': 'Fermer sans rien faire' }}
      centered
    >
      <div className="bq-pile">
        <div>{children}</div>
        {refus && <Encart etat="bloquant">{refus.message}</Encart>}
        <div className="bq-confirmation-actes">
          <Bouton onClick={fermer} data-autofocus>
            Ne rien faire
          </Bouton>
          <Bouton variante={grave ? 'grave' : 'principal'} enCours={enCours} onClick={() => void confirmer()}>
            {verbe}
          </Bouton>
        </div>
      </div>
    </Modal>
  )
}
