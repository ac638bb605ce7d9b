import { IconCheck, IconCopy, IconFileCertificate } from '@tabler/icons-react'
import { useState } from 'react'
import { adresse, alerter, Bouton, BoutonIcone, deMois, formatInstant, telecharger, useOrganisme } from '#ui'
import { lireRecu } from '../../../contract.ts'
import type { Piece } from './lignes.ts'

/** The receipt of a deposit: number, time, SHA-256, and the same on paper. */
export function Recu({ piece }: { piece: Piece }) {
  const organisme = useOrganisme()
  const [copie, setCopie] = useState(false)
  const [enCours, setEnCours] = useState(false)
  const copier = async () => {
    try {
      await navigator.clipboard.writeText(piece.empreinte)
      setCopie(true)
    } catch {
      alerter('L’empreinte n’a pas été copiée', 'Votre navigateur le refuse : elle est aussi sur l’accusé en PDF.')
    }
  }
  const prendre = async () => {
    setEnCours(true)
    try {
      const url = adresse(lireRecu, {
        params: { piece: piece.id },
        query: { organisme: organisme.id },
      })
      await telecharger(url, `accuse-depot-${piece.numero}.pdf`)
    } catch (e) {
      alerter('L’accusé de dépôt n’a pas pu être lu', (e as Error).message)
    } finally {
      setEnCours(false)
    }
  }
  return (
    <div className="bq-membre-recu">
      <dl>
        <div>
          <dt>Dépôt</dt>
          <dd className="bq-chiffres">n° {piece.numero}</dd>
        </div>
        <div>
          <dt>Reçu le</dt>
          <dd>
            {formatInstant(piece.deposeLe)}, de {piece.deposePar}
          </dd>
        </div>
        <div>
          <dt>Empreinte SHA-256</dt>
          <dd className="bq-membre-empreinte">
            <code title={piece.empreinte}>{piece.empreinte}</code>
            <BoutonIcone
              icone={copie ? IconCheck : IconCopy}
              libelle={copie ? 'Empreinte copiée' : 'Copier l’empreinte'}
              onClick={() => void copier()}
            />
          </dd>
        </div>
      </dl>
      {piece.rappel && (
        <p>Déposée après la date limite : au besoin, un rappel la réglera avec la paie {deMois(piece.rappel)}.</p>
      )}
      <Bouton icone={IconFileCertificate} enCours={enCours} onClick={() => void prendre()}>
        Accusé de dépôt (PDF)
      </Bouton>
    </div>
  )
}
