import { useEffect, useRef } from 'react'
import { newId } from '#socle/ids.ts'
import {
  ChampTexteLong,
  Encart,
  Etat,
  EtatVide,
  Formulaire,
  formatInstant,
  Jour,
  useAction,
  useApi,
  useRecherche,
} from '#ui'
import { lireDossier, listerQuestions, repondre, type zQuestion } from '../../contract.ts'
import { attendReponse, useMoi } from './attendus.tsx'

type Question = (typeof zQuestion)['_output']
/** A member answers; the officer who asked closes. */
const FORME = repondre.body.pick({ texte: true })

/** Questions of the officer, those that wait for an answer first, each with its thread. */
export function Questions({ mois, peutRepondre }: { mois: string; peutRepondre: boolean }) {
  const lues = useApi(listerQuestions, { params: { mois } })
  const moi = useMoi()
  if (lues.error)
    return (
      <Encart etat="bloquant" titre="Les questions n’ont pas pu être lues">
        {lues.error.message}
      </Encart>
    )
  if (!lues.data) return <p className="bq-discret">Lecture des questions…</p>
  if (lues.data.questions.length === 0)
    return (
      <EtatVide titre="Aucune question ce mois-ci.">
        Quand votre gestionnaire a un doute sur une pièce ou sur un agent, sa question arrive ici. Les conseils que vous
        demandez depuis un bulletin y sont aussi.
      </EtatVide>
    )
  const rang = (q: Question) => (q.estClose ? 2 : attendReponse(q, moi) ? 0 : 1)
  const questions = [...lues.data.questions].sort((a, b) => rang(a) - rang(b))
  return (
    <div className="bq-membre-questions">
      {questions.map((q) => (
        <Fil key={q.id} question={q} moi={moi} peutRepondre={peutRepondre} />
      ))}
    </div>
  )
}

function Fil({ question: q, moi, peutRepondre }: { question: Question; moi: string; peutRepondre: boolean }) {
  const [recherche] = useRecherche()
  const action = useAction(repondre, { invalidates: [listerQuestions, lireDossier] })
  const ici = useRef<HTMLElement>(null)
  const choisie = recherche.question === q.id
  useEffect(() => {
    if (!choisie) return
    ici.current?.scrollIntoView({ block: 'center' })
    ici.current?.querySelector('textarea')?.focus({ preventScroll: true })
  }, [choisie])
  // The same id until it is received: an answer sent twice on a poor network is written once.
  const id = useRef(newId<'Message'>())
  const reponse = (
    <Formulaire
      key={q.messages.length}
      forme={FORME}
      brouillon={`question.${q.id}`}
      libelle="Répondre"
      onEnvoyer={async ({ texte }) => {
        await action.mutateAsync({ params: { question: q.id }, body: { id: id.current, texte, clore: false } })
        id.current = newId<'Message'>()
      }}
    >
      <ChampTexteLong nom="texte" libelle="Votre réponse" lignes={2} requis />
    </Formulaire>
  )
  return (
    <article ref={ici} aria-labelledby={`question-${q.id}`} data-choisie={choisie || undefined}>
      <header>
        <h2 className="bq-membre-objet" id={`question-${q.id}`}>
          {q.objet}
        </h2>
        {q.estClose ? (
          <Etat etat="fait">Close</Etat>
        ) : attendReponse(q, moi) ? (
          <Etat etat="aFaire">À répondre</Etat>
        ) : (
          <Etat etat="enAttente">{q.messages.length > 1 ? 'Répondu' : 'Posée à l’agence'}</Etat>
        )}
        <span className="bq-discret">
          {q.agent}
          {q.echeance && !q.estClose && (
            <>
              {q.agent ? ', ' : ''}réponse attendue pour le <Jour valeur={q.echeance} />
            </>
          )}
        </span>
      </header>
      <ol>
        {q.messages.map((m) => (
          <li key={m.id} data-moi={m.personneId === moi || undefined}>
            <span className="bq-discret">
              {m.personneId === moi ? 'Vous' : m.nom}, <time dateTime={m.le}>{formatInstant(m.le)}</time>
            </span>
            <p>{m.texte}</p>
          </li>
        ))}
      </ol>
      {!q.estClose &&
        peutRepondre &&
        (attendReponse(q, moi) ? (
          reponse
        ) : (
          <details>
            <summary className="bq-lien">Ajouter un message</summary>
            {reponse}
          </details>
        ))}
    </article>
  )
}
