import { Encart, EtatVide, useApi } from '#ui'
import { lireBulletin } from '../../contract.ts'
import { LignesBulletin, TeteBulletin } from './bulletin.tsx'

/** A payslip to read: its figures, what changed since last month, its lines with their reasons. */
export function BulletinLu({ mois, carriere }: { mois: string; carriere: string }) {
  const q = useApi(lireBulletin, { params: { mois, carriere } }, { garder: false })
  if (q.error)
    return (
      <EtatVide titre="Le bulletin n’a pas pu être lu." etat="attention">
        {q.error.message}
      </EtatVide>
    )
  if (!q.data) return <p className="bq-discret">Lecture du bulletin…</p>
  const { bulletin, anomalies } = q.data
  return (
    <div className="bq-pile">
      {anomalies.map((a) => (
        <Encart key={`${a.code}${a.message}`} etat={a.bloquante ? 'bloquant' : 'attention'} titre={a.message}>
          {a.conseil}
        </Encart>
      ))}
      {bulletin ? (
        <>
          <TeteBulletin bulletin={bulletin} />
          {bulletin.comparaison && bulletin.comparaison.phrases.length > 0 && (
            <p>{bulletin.comparaison.phrases.join(' ')}</p>
          )}
          <LignesBulletin bulletin={bulletin} carriere={carriere} />
        </>
      ) : (
        <EtatVide titre="Pas encore de bulletin pour ce mois." />
      )}
    </div>
  )
}
