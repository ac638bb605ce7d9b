import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import { ChampChoix, ChampTexte, ChampTexteLong, Formulaire, signaler, useAction, usePanneau } from '#ui'
import { chercherConseils, publierConseil, THEMES_CONSEIL } from '../../conseil/contract.ts'

const FORME = publierConseil.body.omit({ id: true })
const THEMES = THEMES_CONSEIL.map((t) => ({ valeur: t, libelle: t }))

/** The answer written again for everybody: the server refuses what names somebody. */
export function PublierConseil({ question, objet, reponse }: { question: string; objet: string; reponse: string }) {
  const { close } = usePanneau()
  const action = useAction(publierConseil, { invalidates: [chercherConseils] })
  const [id] = useState(() => newId<'Conseil'>())
  return (
    <Formulaire
      forme={FORME}
      initial={{ question: objet, reponse }}
      libelle="Publier pour tous les membres"
      annuler={close}
      brouillon={`conseil-${question}`}
      onEnvoyer={async (v) => {
        await action.mutateAsync({ params: { question }, body: { ...v, id } })
        signaler('La réponse est publiée.')
        close()
      }}
    >
      <ChampChoix nom="theme" libelle="Thème" choix={THEMES} requis />
      <ChampTexteLong nom="question" libelle="La question, sans aucun nom" lignes={3} requis />
      <ChampTexteLong nom="reponse" libelle="La réponse, sans aucun nom" lignes={8} requis />
      <ChampTexte nom="texteDeDroit" libelle="Texte de droit" aide="Par exemple : CGFP, art. L612-1" />
    </Formulaire>
  )
}
