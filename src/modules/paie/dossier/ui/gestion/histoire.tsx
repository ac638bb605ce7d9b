import { Chronologie, Encart, useApi } from '#ui'
import { listerJournal } from '../../contract.ts'

/** What was done on this month, by whom. */
export function Histoire({ mois }: { mois: string }) {
  const q = useApi(listerJournal, { params: { mois } })
  if (q.error && !q.data) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Lecture de l’histoire…</p>
  return (
    <Chronologie
      faits={q.data.actes.map((a) => ({
        id: a.id,
        instant: a.le,
        qui: a.nom,
        quoi: a.detail ? `${a.acte} : ${a.detail}` : a.acte,
      }))}
    />
  )
}
