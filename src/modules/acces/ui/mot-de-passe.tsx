import { useState } from 'react'
import { ChampMotDePasse, Encart, Formulaire, useAction, useInvalidation } from '#ui'
import { changerMotDePasse, listerSessions } from '../contract.ts'

export function MotDePasse() {
  const changement = useAction(changerMotDePasse)
  const invalider = useInvalidation()
  const [fait, setFait] = useState(0)
  return (
    <>
      <p className="bq-discret">
        Douze caractères au moins. Le plus simple à retenir est une phrase que vous êtes seul à connaître. Les sessions
        ouvertes sur d’autres appareils seront fermées.
      </p>
      {fait > 0 && (
        <Encart etat="fait" titre="Votre mot de passe est changé">
          Vous restez connecté ici ; partout ailleurs, il faudra le nouveau mot de passe.
        </Encart>
      )}
      <Formulaire
        // A new form after each change: nothing of a password stays on screen.
        key={fait}
        forme={changerMotDePasse.body}
        libelle="Changer le mot de passe"
        touche="m"
        onEnvoyer={async (body) => {
          await changement.mutateAsync({ body })
          setFait((n) => n + 1)
          await invalider([listerSessions])
        }}
      >
        <ChampMotDePasse nom="actuel" libelle="Mot de passe actuel" requis largeur="24rem" />
        <ChampMotDePasse
          nom="nouveau"
          libelle="Nouveau mot de passe"
          autoComplete="new-password"
          requis
          largeur="24rem"
        />
      </Formulaire>
    </>
  )
}
