import { IconCalendarEvent } from '@tabler/icons-react'
import { aujourdhuiAParis, BoutonIcone, Encart, Etat, formatJourLong, useApi, usePanneau } from '#ui'
import { LIBELLES_ETAPE, lireCalendrier, QUI_FAIT } from '../../calendrier/contract.ts'
import { FixerEcheance } from './fixer-echeance.tsx'

const QUI = { membre: 'La collectivité', agence: 'L’agence', comptable: 'Le comptable' } as const

/** Dates of the month, step by step: the next one stands out, what was moved says why. */
export function Calendrier({ mois, modifiable = false }: { mois: string; modifiable?: boolean }) {
  const q = useApi(lireCalendrier, { params: { mois } })
  const { open } = usePanneau()
  if (q.error && !q.data) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Lecture des dates…</p>
  const { echeances } = q.data
  if (echeances.length === 0)
    return <Encart etat="attention">Les réglages de l’employeur manquent : les dates ne se calculent pas.</Encart>
  const aujourdhui = aujourdhuiAParis()
  const prochaine = echeances.find((e) => e.jour >= aujourdhui)
  return (
    <div className="paie-defile">
      <table className="paie-lignes paie-dates">
        <caption className="bq-lu">Dates du mois</caption>
        <thead>
          <tr>
            <th scope="col">Étape</th>
            <th scope="col">Date</th>
            <th scope="col">Qui</th>
            {modifiable && (
              <th scope="col">
                <span className="bq-lu">Changer</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {echeances.map((e) => (
            <tr key={e.etape}>
              <th scope="row">
                {LIBELLES_ETAPE[e.etape]}
                {e.motif !== null && (
                  <span className="bq-discret bq-petit">
                    {' '}
                    — {e.motif} ({e.fixeePar})
                  </span>
                )}
              </th>
              <td>
                <span className="bq-rangee">
                  {formatJourLong(e.jour)}
                  {e === prochaine && <Etat etat="aFaire">Prochaine</Etat>}
                </span>
              </td>
              <td className="bq-discret">{QUI[QUI_FAIT[e.etape]]}</td>
              {modifiable && (
                <td>
                  <BoutonIcone
                    icone={IconCalendarEvent}
                    libelle={`Changer la date : ${LIBELLES_ETAPE[e.etape]}`}
                    onClick={() =>
                      open({
                        titre: LIBELLES_ETAPE[e.etape],
                        contenu: <FixerEcheance key={e.etape} mois={mois} echeance={e} />,
                      })
                    }
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
