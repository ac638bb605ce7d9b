import { IconBook } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  ChampCase,
  ChampJour,
  ChampTexte,
  ChampTexteLong,
  Encart,
  Etat,
  EtatVide,
  Formulaire,
  formatInstant,
  formatJour,
  formatMois,
  hasDroit,
  Interrupteur,
  Lien,
  signaler,
  useAction,
  useApi,
  usePanneau,
  useRecherche,
  useSession,
} from '#ui'
import { lirePortefeuille } from '../../../production/contract.ts'
import { lireDossier, listerQuestions, poserQuestion, repondre, type zQuestion } from '../../contract.ts'
import { PublierConseil } from './publier-conseil.tsx'

type Question = (typeof zQuestion)['_output']
const INVALIDES = [listerQuestions, lireDossier, lirePortefeuille]

/** Asks the body about the month, an agent or a paper. Shown in the panel. */
export function PoserQuestion({
  mois,
  carriereId = null,
  pieceId = null,
  objet,
}: {
  mois: string
  carriereId?: string | null
  pieceId?: string | null
  objet?: string
}) {
  const { close } = usePanneau()
  const question = useAction(poserQuestion, { invalidates: INVALIDES })
  // One id for all the attempts of this form: a second send does not double it.
  const [id] = useState(() => newId<'Question'>())
  const forme = poserQuestion.body.pick({ objet: true, texte: true }).extend({
    echeance: poserQuestion.body.shape.echeance.unwrap().optional(),
  })
  return (
    <Formulaire
      forme={forme}
      initial={objet ? { objet } : {}}
      libelle="Envoyer la question"
      annuler={close}
      brouillon={`question-${mois}-${carriereId ?? pieceId ?? 'dossier'}`}
      onEnvoyer={async (v) => {
        await question.mutateAsync({
          params: { mois },
          body: { id, objet: v.objet, texte: v.texte, carriereId, pieceId, echeance: v.echeance ?? null },
        })
        signaler('Question envoyée à la collectivité.')
        close()
      }}
    >
      <ChampTexte nom="objet" libelle="Objet" requis />
      <ChampTexteLong nom="texte" libelle="Votre question" requis lignes={4} />
      <ChampJour nom="echeance" libelle="Réponse souhaitée avant le" />
    </Formulaire>
  )
}

export function OngletQuestions({ mois }: { mois: string }) {
  const [r, setR] = useRecherche()
  const q = useApi(listerQuestions, { params: { mois } })
  if (q.error && !q.data) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Lecture des questions…</p>
  const toutes = r.closes === 'oui'
  const questions = q.data.questions.filter((x) => toutes || !x.estClose)
  const closes = q.data.questions.length - q.data.questions.filter((x) => !x.estClose).length
  return (
    <div className="bq-pile">
      {closes > 0 && (
        <Interrupteur
          libelle={`Montrer aussi les questions closes (${closes})`}
          valeur={toutes}
          onValeur={(v) => setR({ closes: v ? 'oui' : undefined })}
        />
      )}
      {questions.length === 0 && (
        <EtatVide titre="Aucune question en cours.">
          Posez-en une à la collectivité depuis le bouton « Question » ou depuis la fiche d’un agent.
        </EtatVide>
      )}
      {questions.map((x) => (
        <FilQuestion key={x.id} question={x} mois={mois} />
      ))}
    </div>
  )
}

function FilQuestion({ question: x, mois }: { question: Question; mois: string }) {
  const [repond, setRepond] = useState(false)
  const vue = useSession()
  const { open } = usePanneau()
  const reponse = useAction(repondre, { invalidates: INVALIDES })
  const [id, setId] = useState(() => newId<'Message'>())
  return (
    <article className="paie-question" aria-label={x.objet}>
      <header className="bq-rangee">
        <h2>{x.objet}</h2>
        {x.genre === 'conseil' && <Etat etat="aFaire">Demande de conseil</Etat>}
        {x.estClose ? <Etat etat="fait">Close</Etat> : <Etat etat="enAttente">En cours</Etat>}
        {x.carriereId && x.agent && <Lien vers={`/paie/gestion/${mois}/agents/${x.carriereId}`}>{x.agent}</Lien>}
        {x.mois !== mois && <span className="bq-discret">posée en {formatMois(x.mois)}</span>}
        {x.echeance && <span className="bq-discret">réponse souhaitée avant le {formatJour(x.echeance)}</span>}
      </header>
      <ol>
        {x.messages.map((m) => (
          <li key={m.id}>
            <span className="bq-discret bq-petit">
              {m.nom}, le {formatInstant(m.le)}
            </span>
            <p>{m.texte}</p>
          </li>
        ))}
      </ol>
      {x.genre === 'conseil' && x.messages.length > 1 && hasDroit(vue, 'conseils.publier') && (
        <div>
          <Bouton
            variante="discret"
            icone={IconBook}
            onClick={() =>
              open({
                titre: 'Publier la réponse',
                contenu: (
                  <PublierConseil question={x.id} objet={x.messages[0]!.texte} reponse={x.messages.at(-1)!.texte} />
                ),
              })
            }
          >
            Publier la réponse
          </Bouton>
        </div>
      )}
      {!x.estClose &&
        (repond ? (
          <Formulaire
            forme={repondre.body.pick({ texte: true, clore: true })}
            initial={{ clore: false }}
            libelle="Répondre"
            annuler={() => setRepond(false)}
            brouillon={`reponse-${x.id}`}
            onEnvoyer={async (v) => {
              await reponse.mutateAsync({ params: { question: x.id }, body: { ...v, id } })
              setId(newId<'Message'>())
              setRepond(false)
            }}
          >
            <ChampTexteLong nom="texte" libelle="Votre réponse" requis lignes={2} />
            <ChampCase nom="clore" libelle="La question est réglée" />
          </Formulaire>
        ) : (
          <Bouton onClick={() => setRepond(true)}>Répondre</Bouton>
        ))}
    </article>
  )
}
