import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { connecter } from '#modules/acces/contract.ts'
import { appeler } from '../api/client.ts'
import { Formulaire } from '../champs/formulaire.tsx'
import { ChampCase, ChampMotDePasse, ChampTexte } from '../champs/simples.tsx'
import { Pave } from './pave.tsx'
import { suiteSure } from './suite.ts'

export function PageConnexion() {
  const cache = useQueryClient()
  const naviguer = useNavigate()
  const { suite, motif } = useSearch({ strict: false }) as { suite?: string; motif?: string }
  useEffect(() => {
    document.title = 'Connexion — Bosquet'
  }, [])
  return (
    <Pave titre="Connexion">
      {motif === 'expiree' && (
        <p role="status">Votre session est terminée. Connectez-vous : vous reviendrez à la page où vous étiez.</p>
      )}
      <Formulaire
        forme={connecter.body}
        libelle="Se connecter"
        initial={{ postePartage: localStorage.getItem('bosquet.poste-partage') === 'oui' }}
        onEnvoyer={async (body) => {
          const session = await appeler(connecter, { body }, { connexion: true })
          cache.clear()
          cache.setQueryData(['session'], session)
          localStorage.setItem('bosquet.poste-partage', body.postePartage ? 'oui' : 'non')
          const { etat } = session.secondFacteur
          const ensuite = suiteSure(suite)
          await naviguer(
            etat === 'aDonner' || etat === 'aInscrire'
              ? { href: `/connexion/verification?suite=${encodeURIComponent(ensuite)}` }
              : { href: ensuite },
          )
        }}
      >
        <ChampTexte nom="identifiant" libelle="Identifiant" autoComplete="username" requis />
        <ChampMotDePasse nom="motDePasse" libelle="Mot de passe" requis />
        <ChampCase nom="postePartage" libelle="Plusieurs personnes se servent de ce poste (verrouillage plus rapide)" />
      </Formulaire>
      <Link to="/connexion/oubli" className="bq-lien">
        Mot de passe oublié
      </Link>
    </Pave>
  )
}
