import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import { ChampTexte, ChampTexteLong, Formulaire, Lien, signaler, useAction, usePanneau } from '#ui'
import { lireDossier, listerQuestions, poserQuestion } from '../../contract.ts'

const FORME = poserQuestion.body.pick({ objet: true, texte: true })

/** The member asks the agency about an agent, on the payslip that is open. */
export function DemanderConseil({ mois, carriere, nom }: { mois: string; carriere: string; nom: string }) {
  const { close } = usePanneau()
  const action = useAction(poserQuestion, { invalidates: [listerQuestions, lireDossier] })
  const [id] = useState(() => newId<'Question'>())
  return (
    <div className="bq-pile">
      <p className="bq-discret">
        Sur {nom}. La réponse arrive dans « Questions ». Elle existe peut-être déjà :{' '}
        <Lien vers="/conseils">chercher dans les réponses publiées</Lien>.
      </p>
      <Formulaire
        forme={FORME}
        libelle="Demander conseil"
        annuler={close}
        brouillon={`conseil-${mois}-${carriere}`}
        onEnvoyer={async (v) => {
          await action.mutateAsync({
            params: { mois },
            body: { ...v, id, carriereId: carriere, pieceId: null, echeance: null, genre: 'conseil' },
          })
          signaler('Votre question est chez votre gestionnaire.')
          close()
        }}
      >
        <ChampTexte nom="objet" libelle="Objet" requis />
        <ChampTexteLong nom="texte" libelle="Votre question" lignes={5} requis />
      </Formulaire>
    </div>
  )
}
