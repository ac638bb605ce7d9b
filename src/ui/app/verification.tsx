import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { deconnecter, lireSession } from '#modules/acces/contract.ts'
import { Inscription } from '#modules/acces/ui/inscription.tsx'
import { Verifier } from '#modules/acces/ui/verifier.tsx'
import { appeler } from '../api/client.ts'
import { Pave } from './pave.tsx'
import { suiteSure } from './suite.ts'

/** The second step of the sign-in, and of an act that asks for a proof again: outside of the shell, then back. */
export default function PageVerification() {
  const cache = useQueryClient()
  const naviguer = useNavigate()
  const { suite } = useSearch({ strict: false }) as { suite?: string }
  const lue = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => appeler(lireSession, {}, { signal, connexion: true }),
  })
  useEffect(() => {
    document.title = 'Vérification — Bosquet'
  }, [])
  useEffect(() => {
    if (lue.error) void naviguer({ to: '/connexion', replace: true })
  }, [lue.error, naviguer])
  const continuer = () => naviguer({ href: suiteSure(suite), replace: true })
  const annuler = async () => {
    await appeler(deconnecter, {}, { connexion: true }).catch(() => undefined)
    cache.clear()
    await naviguer({ to: '/connexion' })
  }
  const session = lue.data
  if (!session) return null
  const { secondFacteur } = session
  const inscrire = secondFacteur.moyens.length === 0
  return (
    <Pave titre={inscrire ? 'Protégez votre compte' : 'Vérification'}>
      <p>
        {inscrire
          ? `Bonjour ${session.personne.prenom}. Votre rôle donne accès à des données de paie ou de santé : un mot de passe seul ne suffit pas. Choisissez comment vous prouverez que c’est bien vous.`
          : `Bonjour ${session.personne.prenom}. Une étape de plus, pour être sûr que c’est bien vous.`}
      </p>
      {inscrire ? (
        <Inscription
          onFait={() => {
            cache.removeQueries({ queryKey: ['session'] })
            void continuer()
          }}
        />
      ) : (
        <Verifier
          etat={secondFacteur}
          onFait={async (nouvelle) => {
            cache.setQueryData(['session'], nouvelle)
            await continuer()
          }}
        />
      )}
      <button type="button" className="bq-lien" onClick={() => void annuler()}>
        Se connecter avec un autre compte
      </button>
    </Pave>
  )
}
