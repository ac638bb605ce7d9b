import './compte.css'
import { IconPlugConnected } from '@tabler/icons-react'
import {
  Bouton,
  ChampCase,
  ChampMotDePasse,
  ChampTexte,
  Encart,
  Etat,
  Formulaire,
  Page,
  signaler,
  useAction,
  useApi,
} from '#ui'
import {
  essayerFournisseur,
  lireReglagesFournisseurs,
  type ReglageFournisseur,
  reglerFournisseur,
} from '../federation/contract.ts'

/** Settings of the identity providers, with what to declare there and a trial of the connection. */
export default function Fournisseurs() {
  const lus = useApi(lireReglagesFournisseurs)
  return (
    <Page
      titre="Fournisseurs d’identité"
      sousTitre="ProConnect pour les agents, FranceConnect pour les titulaires de coffre."
    >
      {lus.error && (
        <Encart etat="bloquant" titre="Les réglages n’ont pas pu être lus">
          {lus.error.message}
        </Encart>
      )}
      <div className="bq-compte-page">
        {lus.data?.fournisseurs.map((f) => (
          <UnFournisseur key={`${f.nature}${f.modifie}`} f={f} />
        ))}
      </div>
    </Page>
  )
}

const MOTS = { fait: 'Bon', attention: 'À voir', bloquant: 'Bloquant' } as const

function UnFournisseur({ f }: { f: ReglageFournisseur }) {
  const reglage = useAction(reglerFournisseur, { invalidates: [lireReglagesFournisseurs] })
  const essai = useAction(essayerFournisseur)
  return (
    <section aria-labelledby={`fournisseur-${f.nature}`}>
      <h2 id={`fournisseur-${f.nature}`}>
        {f.libelle} {f.estActif ? <Etat etat="fait">Ouvert</Etat> : <Etat etat="enAttente">Fermé</Etat>}
      </h2>
      <p className="bq-discret">
        À déclarer chez {f.libelle} : adresse de retour <code>{f.retour}</code>, adresse après déconnexion{' '}
        <code>{f.apresDeconnexion}</code>.
      </p>
      <Formulaire
        forme={reglerFournisseur.body}
        initial={{
          emetteur: f.emetteur,
          clientId: f.clientId,
          niveaux: f.niveaux.join(' '),
          userinfoSigne: f.userinfoSigne,
          estActif: f.estActif,
        }}
        onEnvoyer={async (body) => {
          await reglage.mutateAsync({ params: { nature: f.nature }, body })
          signaler(`Les réglages de ${f.libelle} sont enregistrés.`)
        }}
      >
        <ChampTexte nom="emetteur" libelle="Adresse du service" type="url" requis largeur="32rem" />
        <ChampTexte nom="clientId" libelle="Identifiant de client" requis largeur="24rem" />
        <ChampMotDePasse
          nom="secret"
          libelle="Secret"
          autoComplete="new-password"
          largeur="24rem"
          aide={
            f.aSecret
              ? 'Laissez vide pour garder celui qui est enregistré.'
              : 'Il est chiffré, et ne sera plus affiché.'
          }
        />
        <ChampTexte
          nom="niveaux"
          libelle="Niveaux acceptés (acr)"
          largeur="32rem"
          aide={
            f.nature === 'proconnect'
              ? 'Ceux qui valent un second facteur. Vide : eidas2, eidas3 et les niveaux « 2fa » de ProConnect.'
              : 'Vide : eidas1.'
          }
        />
        <ChampCase nom="userinfoSigne" libelle="Les informations de la personne sont signées (JWT)" />
        <ChampCase nom="estActif" libelle={`Proposer ${f.libelle} à la connexion`} />
      </Formulaire>
      {f.aSecret && (
        <div>
          <Bouton
            icone={IconPlugConnected}
            enCours={essai.isPending}
            onClick={() => essai.mutate({ params: { nature: f.nature } })}
          >
            Essayer la liaison
          </Bouton>
        </div>
      )}
      {essai.error && (
        <Encart etat="bloquant" titre="L’essai n’a pas abouti">
          {essai.error.message}
        </Encart>
      )}
      {essai.data && (
        <ul className="bq-compte-sessions" aria-label={`Essai de ${f.libelle}`}>
          {essai.data.constats.map((c) => (
            <li key={c.texte}>
              <div>{c.texte}</div>
              <Etat etat={c.etat}>{MOTS[c.etat]}</Etat>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
