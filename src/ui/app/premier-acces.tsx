import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { confirmerAdresse, lireInvitation, ouvrirParInvitation } from '#modules/acces/titulaire/contract.ts'
import { appeler } from '../api/client.ts'
import { Formulaire } from '../champs/formulaire.tsx'
import { ChampMotDePasse, ChampTexte } from '../champs/simples.tsx'
import { Encart } from '../composants/etat.tsx'
import { Pave } from './pave.tsx'

const formeCompte = z.object({
  courriel: ouvrirParInvitation.body.shape.courriel,
  motDePasse: ouvrirParInvitation.body.shape.motDePasse,
})

/** The letter, then an address and a password of one's own: the safe does not depend on the employer. */
export function PagePremierAcces() {
  const cache = useQueryClient()
  const naviguer = useNavigate()
  const [lettre, setLettre] = useState<{ code: string; prenom: string; nom: string; emisePar: string }>()
  useEffect(() => {
    document.title = 'Premier accès — Bosquet'
  }, [])
  return (
    <Pave titre="Ouvrir mon coffre">
      {lettre ? (
        <>
          <p>
            Bonjour {lettre.prenom} {lettre.nom}. Votre lettre vient de : {lettre.emisePar}. Choisissez une adresse
            personnelle, que vous garderez si vous changez d’employeur.
          </p>
          <Formulaire
            forme={formeCompte}
            libelle="Ouvrir mon coffre"
            onEnvoyer={async (body) => {
              const session = await appeler(
                ouvrirParInvitation,
                { body: { ...body, code: lettre.code } },
                { connexion: true },
              )
              cache.clear()
              cache.setQueryData(['session'], session)
              await naviguer({ href: '/coffre' })
            }}
          >
            <ChampTexte
              nom="courriel"
              libelle="Adresse de courriel personnelle"
              type="email"
              autoComplete="email"
              requis
            />
            <ChampMotDePasse
              nom="motDePasse"
              libelle="Mot de passe"
              autoComplete="new-password"
              aide="Douze caractères au moins ; une phrase convient bien."
              requis
            />
          </Formulaire>
        </>
      ) : (
        <>
          <p>Saisissez le code de la lettre que votre employeur vous a remise. Il ne sert qu’une fois.</p>
          <Formulaire
            forme={lireInvitation.body}
            libelle="Continuer"
            onEnvoyer={async (body) =>
              setLettre({ ...(await appeler(lireInvitation, { body }, { connexion: true })), code: body.code })
            }
          >
            <ChampTexte nom="code" libelle="Code de la lettre" indication="XXXX-XXXX-XXXX-XXXX" requis />
          </Formulaire>
        </>
      )}
      <Link to="/connexion" className="bq-lien">
        J’ai déjà un compte
      </Link>
    </Pave>
  )
}

/** Reached from the mail: the address counts from here on. */
export function PageAdresse() {
  const [etat, setEtat] = useState<{ courriel: string } | Error>()
  const demande = useRef(false)
  useEffect(() => {
    document.title = 'Adresse personnelle — Bosquet'
    if (demande.current) return
    // the link serves once
    demande.current = true
    const jeton = window.location.hash.slice(1)
    window.history.replaceState(null, '', window.location.pathname)
    appeler(confirmerAdresse, { body: { jeton } }, { connexion: true }).then(setEtat, setEtat)
  }, [])
  return (
    <Pave titre="Adresse personnelle">
      {etat === undefined && <p>Vérification…</p>}
      {etat instanceof Error && (
        <Encart etat="bloquant" titre="L’adresse n’est pas confirmée">
          {etat.message}
        </Encart>
      )}
      {etat && !(etat instanceof Error) && (
        <Encart etat="fait" titre="L’adresse est confirmée">
          {etat.courriel} ouvre maintenant votre compte, et permet de le retrouver.
        </Encart>
      )}
      <Link to="/" className="bq-lien">
        Aller à mon compte
      </Link>
    </Pave>
  )
}
