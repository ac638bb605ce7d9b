import { useSession } from '#ui'
import type { zQuestion } from '../../contract.ts'
import type { Piece } from './depot/lignes.ts'

type Question = (typeof zQuestion)['_output']

/** A question that is still open and whose last word is not mine. */
export const attendReponse = (q: Question, moi: string): boolean => !q.estClose && q.messages.at(-1)?.personneId !== moi

export const useMoi = (): string => useSession().session.personne.id

export const aRemplacer = (p: Piece): boolean => p.etat === 'refusee' || p.etat === 'aCompleter'

/** What is left for the secretary this month, in the order of what blocks most. */
export function Attendus({
  attendues,
  pieces,
  questions,
  onPiece,
  onQuestion,
}: {
  attendues: readonly { libelle: string; motif: string }[]
  pieces: readonly Piece[]
  questions: readonly Question[]
  onPiece: (id: string) => void
  onQuestion: (id: string) => void
}) {
  if (attendues.length + pieces.length + questions.length === 0) return null
  return (
    <section className="bq-membre-attendus" aria-labelledby="membre-attendus">
      <h2 id="membre-attendus">Ce qui vous attend</h2>
      <ul>
        {pieces.map((p) => (
          <li key={p.id}>
            <button type="button" className="bq-lien" onClick={() => onPiece(p.id)}>
              {p.etat === 'refusee' ? 'Remplacer' : 'Compléter'} la pièce n° {p.numero}, {p.libelle}
            </button>
            {p.motif && <span className="bq-discret">{p.motif}</span>}
          </li>
        ))}
        {questions.map((q) => (
          <li key={q.id}>
            <button type="button" className="bq-lien" onClick={() => onQuestion(q.id)}>
              Répondre à votre gestionnaire : {q.objet}
            </button>
            {q.agent && <span className="bq-discret">{q.agent}</span>}
          </li>
        ))}
        {attendues.map((a) => (
          <li key={`${a.libelle}${a.motif}`}>
            <strong>Déposer : {a.libelle}</strong>
            <span className="bq-discret">{a.motif}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
