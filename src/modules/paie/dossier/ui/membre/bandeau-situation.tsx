import { Etat } from '#ui'
import type { Situation } from './phrases.ts'

/** Where the month stands, in one sentence, and what happens next. */
export function BandeauSituation({ situation: s, limite }: { situation: Situation; limite?: string | undefined }) {
  return (
    <div className="bq-membre-situation" role="status">
      <div className="bq-rangee">
        <Etat etat={s.etat}>{s.mot}</Etat>
        <strong>{s.phrase}</strong>
      </div>
      <p>
        {limite && <span>{limite} </span>}
        <span className="bq-discret">{s.suite}</span>
      </p>
    </div>
  )
}
