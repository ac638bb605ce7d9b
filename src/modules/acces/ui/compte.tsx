import './compte.css'
import { Lien, Page, useSession } from '#ui'
import { AdressePersonnelle } from './adresse.tsx'
import { CodeVerrou } from './code-verrou.tsx'
import { Identites } from './identites.tsx'
import { MotDePasse } from './mot-de-passe.tsx'
import { MoyensDeVerification } from './second-facteur.tsx'
import { Sessions } from './sessions.tsx'

/** What a person holds here, where the account is open, and its password. */
export default function Compte() {
  const { session } = useSession()
  return (
    <Page
      titre="Mon compte"
      fil={session.organismes.length > 0 ? [{ libelle: 'Aujourd’hui', vers: '/' }] : []}
      sousTitre={`${session.personne.prenom} ${session.personne.nom}, ${session.identifiant}`}
    >
      <div className="bq-compte-page">
        <section aria-labelledby="compte-moyens">
          <h2 id="compte-moyens">Vérification en deux étapes</h2>
          <MoyensDeVerification />
        </section>
        <section aria-labelledby="compte-adresse">
          <h2 id="compte-adresse">Adresse personnelle</h2>
          <AdressePersonnelle />
        </section>
        <section aria-labelledby="compte-identites">
          <h2 id="compte-identites">Identités liées</h2>
          <Identites />
        </section>
        <section aria-labelledby="compte-verrou">
          <h2 id="compte-verrou">Verrouillage</h2>
          <CodeVerrou />
        </section>
        <section aria-labelledby="compte-sessions">
          <h2 id="compte-sessions">Sessions ouvertes</h2>
          <Sessions />
        </section>
        <section aria-labelledby="compte-mot-de-passe">
          <h2 id="compte-mot-de-passe">Mot de passe</h2>
          <MotDePasse />
        </section>
        <section aria-labelledby="compte-roles">
          <h2 id="compte-roles">Mes rôles</h2>
          <p>
            <Lien vers="/mes-droits">Tout ce que je peux faire, organisme par organisme</Lien>
          </p>
          {session.organismes.length === 0 ? (
            <p>Aucun rôle ne vous est confié pour le moment.</p>
          ) : (
            <ul className="bq-compte-roles">
              {session.organismes
                .filter((o) => o.via === 'appartenance')
                .map((o) => (
                  <li key={o.id}>
                    <strong>{o.nom}</strong>
                    <span className="bq-discret">{o.roles.join(', ')}</span>
                  </li>
                ))}
            </ul>
          )}
        </section>
      </div>
    </Page>
  )
}
