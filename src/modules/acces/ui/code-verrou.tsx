import { useState } from 'react'
import { z } from 'zod'
import { Bouton, ChampMotDePasse, Encart, Formulaire, signaler, useAction, useApi } from '#ui'
import { changerCodeVerrou, lireSecondFacteur } from '../contract.ts'

const forme = z.object({ code: changerCodeVerrou.body.shape.code.unwrap() })

/** Six digits to come back to a locked session, on the device where it is open: never to sign in. */
export function CodeVerrou() {
  const lu = useApi(lireSecondFacteur)
  const changement = useAction(changerCodeVerrou, { invalidates: [lireSecondFacteur] })
  const [fait, setFait] = useState(0)
  const retirer = () =>
    void changement.mutateAsync({ body: { code: null } }).then(() => signaler('Le code de déverrouillage est retiré.'))
  return (
    <>
      <p className="bq-discret">
        Sans geste de votre part, la session se verrouille. Un code de six à douze chiffres la rouvre plus vite que le
        mot de passe ; cinq erreurs la ferment.
      </p>
      {changement.error && (
        <Encart etat="bloquant" titre="Le code n’a pas changé">
          {changement.error.message}
        </Encart>
      )}
      {lu.data?.aCodeVerrou && (
        <div className="bq-rangee">
          <span>Un code est choisi.</span>
          <Bouton variante="discret" onClick={retirer}>
            Retirer le code
          </Bouton>
        </div>
      )}
      <Formulaire
        key={fait}
        forme={forme}
        libelle={lu.data?.aCodeVerrou ? 'Changer le code' : 'Choisir ce code'}
        onEnvoyer={async (body) => {
          await changement.mutateAsync({ body })
          setFait((n) => n + 1)
          signaler('Le code de déverrouillage est enregistré.')
        }}
      >
        <ChampMotDePasse
          nom="code"
          libelle="Code de déverrouillage"
          autoComplete="new-password"
          requis
          largeur="14rem"
        />
      </Formulaire>
    </>
  )
}
