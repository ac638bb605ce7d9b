import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { choisirMotDePasse, oublierMotDePasse } from '#modules/acces/contract.ts'
import { appeler } from '../api/client.ts'
import { Formulaire } from '../champs/formulaire.tsx'
import { ChampMotDePasse, ChampTexte } from '../champs/simples.tsx'
import { Encart } from '../composants/etat.tsx'
import { Pave } from './pave.tsx'

const Retour = () => (
  <Link to="/connexion" className="bq-lien">
    Revenir à la connexion
  </Link>
)

/** Asks for the link; the answer is the same whoever asks. */
export function PageOubli() {
  const [demande, setDemande] = useState(false)
  useEffect(() => {
    document.title = 'Mot de passe oublié — Bosquet'
  }, [])
  return (
    <Pave titre="Mot de passe oublié">
      {demande ? (
        <Encart etat="fait" titre="Demande reçue">
          Si ce compte existe, un message part à son adresse. Ouvrez le lien qu’il contient dans les trente minutes.
          Rien n’arrive ? Regardez dans les indésirables, ou demandez à la personne qui administre vos accès.
        </Encart>
      ) : (
        <Formulaire
          forme={oublierMotDePasse.body}
          libelle="Recevoir un lien"
          onEnvoyer={async (body) => {
            await appeler(oublierMotDePasse, { body }, { connexion: true })
            setDemande(true)
          }}
        >
          <ChampTexte nom="identifiant" libelle="Identifiant" autoComplete="username" requis />
        </Formulaire>
      )}
      <Retour />
    </Pave>
  )
}

const forme = z.object({ nouveau: choisirMotDePasse.body.shape.nouveau })

/** Reached from the mail. The token stands after the #: no server and no proxy writes it in its logs. */
export function PageNouveauMotDePasse() {
  const [jeton] = useState(() => window.location.hash.slice(1))
  const [fait, setFait] = useState(false)
  useEffect(() => {
    document.title = 'Nouveau mot de passe — Bosquet'
    window.history.replaceState(null, '', window.location.pathname)
  }, [])
  return (
    <Pave titre="Nouveau mot de passe">
      {fait ? (
        <Encart etat="fait" titre="Votre mot de passe est changé">
          Toutes les sessions ouvertes sont fermées. Connectez-vous avec le nouveau.
        </Encart>
      ) : (
        <>
          <p className="bq-discret">
            Douze caractères au moins. Le plus simple à retenir est une phrase que vous êtes seul à connaître.
          </p>
          <Formulaire
            forme={forme}
            libelle="Changer le mot de passe"
            onEnvoyer={async ({ nouveau }) => {
              await appeler(choisirMotDePasse, { body: { jeton, nouveau } }, { connexion: true })
              setFait(true)
            }}
          >
            <ChampMotDePasse nom="nouveau" libelle="Nouveau mot de passe" autoComplete="new-password" requis />
          </Formulaire>
        </>
      )}
      <Retour />
    </Pave>
  )
}
