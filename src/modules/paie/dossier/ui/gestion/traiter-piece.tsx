import { IconArrowBackUp, IconCheck, IconQuestionMark, IconScissors, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { alerter, annulable, Bouton, ChampTexteLong, Formulaire, Lien, useAction, usePanneau } from '#ui'
import { lirePortefeuille } from '../../../production/contract.ts'
import { lireAgent, lireDossier, listerJournal, listerPieces, traiterPiece } from '../../contract.ts'
import type { Piece } from '../commun/lecteur.tsx'
import { SeparerPages } from './separer-pages.tsx'

const INVALIDES = [listerPieces, lireAgent, lireDossier, listerJournal, lirePortefeuille]

/** The officer's answer to a paper: received, to complete, or refused with its reason. */
export function TraiterPiece({ piece: p, versAgent }: { piece: Piece; versAgent?: (carriereId: string) => string }) {
  const { open } = usePanneau()
  const [motif, setMotif] = useState<'aCompleter' | 'refusee'>()
  const traitement = useAction(traiterPiece, { invalidates: INVALIDES })
  if (p.etat === 'remplacee') return <p className="bq-discret">Une autre pièce l’a remplacée.</p>
  const params = { piece: p.id }
  const enPanne = (e: Error) => alerter('La pièce n’a pas été traitée', e.message)
  const remettre = async () => {
    await traitement.mutateAsync({ params, body: { etat: 'deposee' } }).catch(enPanne)
  }
  const recevoir = () =>
    traitement.mutate(
      { params, body: { etat: 'recue' } },
      { onSuccess: () => annulable(`Pièce n° ${p.numero} reçue.`, remettre), onError: enPanne },
    )
  return (
    <div className="bq-pile-serree">
      <div className="bq-rangee">
        {p.etat !== 'recue' && (
          <Bouton variante="principal" icone={IconCheck} touche="r" enCours={traitement.isPending} onClick={recevoir}>
            Reçue
          </Bouton>
        )}
        {p.etat !== 'aCompleter' && (
          <Bouton
            icone={IconQuestionMark}
            touche="t"
            aria-expanded={motif === 'aCompleter'}
            onClick={() => setMotif('aCompleter')}
          >
            À compléter
          </Bouton>
        )}
        {p.etat !== 'refusee' && (
          <Bouton
            variante="grave"
            icone={IconX}
            touche="f"
            aria-expanded={motif === 'refusee'}
            onClick={() => setMotif('refusee')}
          >
            Refuser
          </Bouton>
        )}
        {p.etat !== 'deposee' && (
          <Bouton variante="discret" icone={IconArrowBackUp} onClick={() => void remettre()}>
            Remettre à lire
          </Bouton>
        )}
        {p.type === 'application/pdf' && (
          <Bouton
            variante="discret"
            icone={IconScissors}
            onClick={() => open({ titre: `Pages de la pièce n° ${p.numero}`, contenu: <SeparerPages piece={p} /> })}
          >
            Pages
          </Bouton>
        )}
        {versAgent && p.concerne.length === 1 && (
          <Lien vers={versAgent(p.concerne[0]!.carriereId)}>Lire à côté de la fiche de {p.concerne[0]!.nom}</Lien>
        )}
      </div>
      {motif && (
        <Formulaire
          key={motif}
          forme={traiterPiece.body}
          initial={{ etat: motif }}
          libelle={motif === 'refusee' ? 'Refuser la pièce' : 'Demander le complément'}
          annuler={() => setMotif(undefined)}
          brouillon={`piece-${p.id}`}
          onEnvoyer={async (body) => {
            await traitement.mutateAsync({ params, body: { ...body, etat: motif } })
            setMotif(undefined)
            annulable('La collectivité voit votre réponse sur sa pièce.', remettre)
          }}
        >
          <ChampTexteLong
            nom="motif"
            libelle={motif === 'refusee' ? 'Pourquoi est-elle refusée ?' : 'Que manque-t-il ?'}
            requis
            lignes={2}
          />
        </Formulaire>
      )}
    </div>
  )
}
