import '../../../ui/paie.css'
import { IconArchive } from '@tabler/icons-react'
import { useDeferredValue } from 'react'
import {
  alerter,
  Bouton,
  ChampTexte,
  Encart,
  EtatVide,
  formatJour,
  hasDroit,
  Page,
  signaler,
  useAction,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { type Conseil, chercherConseils, retirerConseil } from '../../conseil/contract.ts'

/** Answers that the agency has published, without names: what was asked once is not asked twice. */
export default function Conseils() {
  const [r, setR] = useRecherche()
  const texte = useDeferredValue(r.mots ?? '')
  const q = useApi(chercherConseils, { query: { q: texte } })
  return (
    <Page titre="Conseils de paie">
      <div className="bq-pile paie-conseils">
        <ChampTexte
          libelle="Chercher une réponse"
          aide="Avec vos mots : cumul, demi-traitement, saisonnier…"
          valeur={r.mots ?? ''}
          onValeur={(v) => setR({ mots: v || undefined })}
        />
        {q.error && !q.data && <Encart etat="attention">{q.error.message}</Encart>}
        {q.data?.conseils.length === 0 &&
          (texte === '' ? (
            <EtatVide titre="Aucune réponse n’est encore publiée.">
              Les réponses aux demandes de conseil sont publiées ici, sans aucun nom, pour toutes les collectivités.
            </EtatVide>
          ) : (
            <EtatVide titre="Aucune réponse ne parle de cela.">
              Posez la question à votre gestionnaire depuis le bulletin de l’agent : sa réponse servira aux autres.
            </EtatVide>
          ))}
        {q.data?.conseils.map((c) => (
          <Reponse key={c.id} conseil={c} />
        ))}
      </div>
    </Page>
  )
}

function Reponse({ conseil: c }: { conseil: Conseil }) {
  const vue = useSession()
  const action = useAction(retirerConseil, { invalidates: [chercherConseils] })
  return (
    <article className="paie-question" aria-labelledby={`conseil-${c.id}`}>
      <p className="bq-discret">{c.theme}</p>
      <h2 id={`conseil-${c.id}`}>{c.question}</h2>
      <p className="paie-reponse">{c.reponse}</p>
      <p className="bq-discret bq-petit">
        {c.texteDeDroit && `${c.texteDeDroit}. `}Publiée par {c.publiePar} le {formatJour(c.publieLe.slice(0, 10))}.
      </p>
      {hasDroit(vue, 'conseils.publier') && (
        <div>
          <Bouton
            variante="discret"
            icone={IconArchive}
            enCours={action.isPending}
            onClick={() =>
              action.mutate(
                { params: { conseil: c.id } },
                {
                  onSuccess: () => signaler('La réponse n’est plus proposée ; elle reste dans l’histoire.'),
                  onError: (e) => alerter('La réponse n’a pas été retirée', e.message),
                },
              )
            }
          >
            Retirer, le droit a changé
          </Bouton>
        </div>
      )}
    </article>
  )
}
