import { IconKey } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { connecter, type SessionLue } from '#modules/acces/contract.ts'
import {
  type CodeRefus,
  FOURNISSEURS,
  listerFournisseurs,
  type Nature,
  partir,
  REFUS_FEDERATION,
} from '#modules/acces/federation/contract.ts'
import { clesPossibles, entrerParCle, messageDeCle } from '#modules/acces/ui/cle.ts'
import { adresse, appeler } from '../api/client.ts'
import { Formulaire } from '../champs/formulaire.tsx'
import { ChampCase, ChampMotDePasse, ChampTexte } from '../champs/simples.tsx'
import { Bouton } from '../composants/bouton.tsx'
import { Encart } from '../composants/etat.tsx'
import { Pave } from './pave.tsx'
import { suiteSure } from './suite.ts'

const POSTE_PARTAGE = 'bosquet.poste-partage'

export function PageConnexion() {
  const cache = useQueryClient()
  const naviguer = useNavigate()
  const { suite, motif, par, refus } = useSearch({ strict: false }) as Record<string, string | undefined>
  useEffect(() => {
    document.title = 'Connexion — Bosquet'
  }, [])
  const entrer = async (session: SessionLue, postePartage: boolean) => {
    cache.clear()
    cache.setQueryData(['session'], session)
    localStorage.setItem(POSTE_PARTAGE, postePartage ? 'oui' : 'non')
    const { etat } = session.secondFacteur
    const ensuite = suiteSure(suite)
    await naviguer(
      etat === 'aDonner' || etat === 'aInscrire'
        ? { href: `/connexion/verification?suite=${encodeURIComponent(ensuite)}` }
        : { href: ensuite },
    )
  }
  return (
    <Pave titre="Connexion">
      {motif === 'expiree' && (
        <p role="status">Votre session est terminée. Connectez-vous : vous reviendrez à la page où vous étiez.</p>
      )}
      <RefusFederation par={par} refus={refus} />
      <Formulaire
        forme={connecter.body}
        libelle="Se connecter"
        initial={{ postePartage: localStorage.getItem(POSTE_PARTAGE) === 'oui' }}
        onEnvoyer={async (body) => {
          await entrer(await appeler(connecter, { body }, { connexion: true }), body.postePartage === true)
        }}
      >
        <ChampTexte nom="identifiant" libelle="Identifiant" autoComplete="username" requis />
        <ChampMotDePasse nom="motDePasse" libelle="Mot de passe" requis />
        <ChampCase nom="postePartage" libelle="Plusieurs personnes se servent de ce poste (verrouillage plus rapide)" />
      </Formulaire>
      <ParCle onEntree={(session) => entrer(session, localStorage.getItem(POSTE_PARTAGE) === 'oui')} />
      <Link to="/connexion/oubli" className="bq-lien">
        Mot de passe oublié
      </Link>
      <Link to="/connexion/premier-acces" className="bq-lien">
        J’ai reçu une lettre pour ouvrir mon coffre
      </Link>
      <Federation suite={suite} />
    </Pave>
  )
}

/** A passkey alone: no identifiant, no password, no code. */
function ParCle({ onEntree }: { onEntree: (session: SessionLue) => Promise<void> }) {
  const [refus, setRefus] = useState<string>()
  const [enCours, setEnCours] = useState(false)
  if (!clesPossibles()) return null
  const entrer = async () => {
    setEnCours(true)
    setRefus(undefined)
    try {
      await onEntree(await entrerParCle(localStorage.getItem(POSTE_PARTAGE) === 'oui'))
    } catch (e) {
      setRefus(messageDeCle(e))
    } finally {
      setEnCours(false)
    }
  }
  return (
    <>
      {refus && (
        <Encart etat="attention" titre="Pas de connexion par la clé">
          {refus}
        </Encart>
      )}
      <Bouton icone={IconKey} enCours={enCours} onClick={() => void entrer()}>
        Entrer avec une clé d’accès
      </Bouton>
    </>
  )
}

/** The code comes from the address: only words of ours are shown, never those of a link. */
function RefusFederation({ par, refus }: { par: string | undefined; refus: string | undefined }) {
  const libelle = FOURNISSEURS[par as Nature]
  const texte = REFUS_FEDERATION[refus as CodeRefus]
  if (!libelle || !texte) return null
  return (
    <Encart etat="attention" titre={`Connexion par ${libelle}`}>
      {texte.charAt(0).toUpperCase() + texte.slice(1)}
    </Encart>
  )
}

const POUR = { proconnect: 'pour travailler', franceconnect: 'pour mon coffre' } as const

function Federation({ suite }: { suite: string | undefined }) {
  const lus = useQuery({
    queryKey: ['federation'],
    queryFn: ({ signal }) => appeler(listerFournisseurs, {}, { signal, connexion: true }),
    staleTime: 60_000,
  })
  const fournisseurs = lus.data?.fournisseurs ?? []
  if (fournisseurs.length === 0) return null
  return (
    <section className="bq-federation" aria-label="Autres moyens de connexion">
      <p className="bq-discret">ou s’identifier avec</p>
      {fournisseurs.map((f) => (
        <a
          key={f.nature}
          className="bq-bouton"
          href={adresse(partir, { params: { nature: f.nature }, query: { suite: suiteSure(suite) } })}
        >
          <span>
            {f.libelle}, {POUR[f.nature]}
          </span>
        </a>
      ))}
    </section>
  )
}
