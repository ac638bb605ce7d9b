import { useState } from 'react'
import { z } from 'zod'
import { Bouton, ChampTexte, Encart, Formulaire, signaler, useAction, useApi } from '#ui'
import { changerAdresse, lireAdresse } from '../titulaire/contract.ts'

const forme = z.object({ courriel: changerAdresse.body.shape.courriel.unwrap() })

/** What opens the account when the person has left every employer. */
export function AdressePersonnelle() {
  const lue = useApi(lireAdresse)
  const changement = useAction(changerAdresse, { invalidates: [lireAdresse] })
  const [fait, setFait] = useState(0)
  const a = lue.data
  return (
    <>
      <p className="bq-discret">
        Elle ouvre votre compte et permet de le retrouver, même quand vous n’avez plus votre adresse de travail. Aucun
        employeur ne la voit.
      </p>
      {lue.error && (
        <Encart etat="bloquant" titre="L’adresse n’a pas pu être lue">
          {lue.error.message}
        </Encart>
      )}
      {a?.attente && (
        <Encart etat="enAttente" titre="Une confirmation est attendue">
          Ouvrez le lien envoyé à {a.attente}, dans les trois jours.
        </Encart>
      )}
      {a && !a.identifiantVerifie && a.attente !== a.identifiant && (
        <Encart etat="attention" titre="Votre adresse n’est pas confirmée">
          Sans confirmation, {a.identifiant} ne permet pas de retrouver votre compte. Saisissez-la ci-dessous pour
          recevoir un nouveau lien.
        </Encart>
      )}
      {a?.adresse && (
        <div className="bq-rangee">
          <span>
            <strong>{a.adresse}</strong> est confirmée.
          </span>
          <Bouton
            variante="discret"
            onClick={() =>
              void changement
                .mutateAsync({ body: { courriel: null } })
                .then(() => signaler('L’adresse personnelle est retirée.'))
            }
          >
            Retirer
          </Bouton>
        </div>
      )}
      <Formulaire
        key={fait}
        forme={forme}
        libelle="Recevoir un lien de confirmation"
        onEnvoyer={async (body) => {
          await changement.mutateAsync({ body })
          setFait((n) => n + 1)
        }}
      >
        <ChampTexte
          nom="courriel"
          libelle="Adresse personnelle"
          type="email"
          autoComplete="email"
          requis
          largeur="24rem"
        />
      </Formulaire>
    </>
  )
}
