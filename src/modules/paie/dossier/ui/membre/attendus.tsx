import { compter, Etat, useSession } from '#ui'
import type { Attendue, zQuestion } from '../../contract.ts'
import type { Piece } from './depot/lignes.ts'

type Question = (typeof zQuestion)['_output']

/** A question that is still open and whose last word is not mine. */
export const attendReponse = (q: Question, moi: string): boolean =>
  !q.estClose && (q.genre === 'dossier' || q.messages.length > 1) && q.messages.at(-1)?.personneId !== moi

export const useMoi = (): string => useSession().session.personne.id

export const aRemplacer = (p: Piece): boolean => p.etat === 'refusee' || p.etat === 'aCompleter'

/** What is left for the secretary this month, in the order of what blocks most. */
export function Attendus({
  attendues,
  arrivees,
  pieces,
  questions,
  onPiece,
  onQuestion,
}: {
  attendues: readonly Attendue[]
  arrivees: readonly (Attendue & { pieceId: string; numero: number })[]
  pieces: readonly Piece[]
  questions: readonly Question[]
  onPiece: (id: string) => void
  onQuestion: (id: string) => void
}) {
  if (attendues.length + pieces.length + questions.length === 0)
    return <Arrivees arrivees={arrivees} onPiece={onPiece} />
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
          <li key={a.cle}>
            <strong>Déposer : {a.libelle}</strong>
            <span className="bq-discret">{a.motif}</span>
          </li>
        ))}
      </ul>
      <Arrivees arrivees={arrivees} onPiece={onPiece} />
    </section>
  )
}

/** Expected papers that the deposits have ticked. */
function Arrivees({
  arrivees,
  onPiece,
}: {
  arrivees: readonly (Attendue & { pieceId: string; numero: number })[]
  onPiece: (id: string) => void
}) {
  if (arrivees.length === 0) return null
  return (
    <details>
      <summary>
        <Etat etat="fait">{compter(arrivees.length, 'pièce attendue arrivée', 'pièces attendues arrivées')}</Etat>
      </summary>
      <ul>
        {arrivees.map((a) => (
          <li key={a.cle}>
            <button type="button" className="bq-lien" onClick={() => onPiece(a.pieceId)}>
              {a.libelle}, pièce n° {a.numero}
            </button>
            <span className="bq-discret">{a.motif}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
