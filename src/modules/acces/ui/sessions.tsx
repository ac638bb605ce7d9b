import { IconLogout } from '@tabler/icons-react'
import { useState } from 'react'
import { alerter, Bouton, Encart, Etat, formatInstant, signaler, useAction, useApi } from '#ui'
import { listerSessions, revoquerSession } from '../contract.ts'
import { nommerAppareil } from './appareil.ts'

/** Where the account is open. Closing one of them is told at its line, and needs no confirmation: one signs in again. */
export function Sessions() {
  const lues = useApi(listerSessions)
  const fermeture = useAction(revoquerSession, { invalidates: [listerSessions] })
  const [enCours, setEnCours] = useState<string>()
  const sessions = [...(lues.data?.sessions ?? [])].sort(
    (a, b) => Number(b.estCourante) - Number(a.estCourante) || b.vueLe.localeCompare(a.vueLe),
  )
  const autres = sessions.filter((s) => !s.estCourante)

  const fermer = async (ids: readonly string[]) => {
    setEnCours(ids.length > 1 ? 'toutes' : ids[0])
    try {
      for (const id of ids) await fermeture.mutateAsync({ params: { id } })
      signaler(ids.length > 1 ? 'Les autres sessions sont fermées.' : 'La session est fermée.')
    } catch (e) {
      alerter('La session n’a pas pu être fermée', (e as Error).message)
    } finally {
      setEnCours(undefined)
    }
  }

  if (lues.error)
    return (
      <Encart etat="bloquant" titre="Vos sessions n’ont pas pu être lues">
        {lues.error.message}
      </Encart>
    )
  return (
    <>
      <p className="bq-discret">
        Les appareils où votre compte est ouvert en ce moment. Si vous n’en reconnaissez pas un, fermez-le puis changez
        votre mot de passe.
      </p>
      {autres.length > 1 && (
        <div>
          <Bouton
            variante="grave"
            touche="f"
            enCours={enCours === 'toutes'}
            onClick={() => void fermer(autres.map((s) => s.id))}
          >
            Fermer les {autres.length} autres sessions
          </Bouton>
        </div>
      )}
      <ul className="bq-compte-sessions" aria-busy={lues.data === undefined}>
        {sessions.map((s) => {
          const nom = nommerAppareil(s.appareil)
          return (
            <li key={s.id}>
              <div>
                <strong title={s.appareil}>{nom}</strong>
                <span className="bq-discret">
                  Ouverte le {formatInstant(s.creeeLe)}, vue le {formatInstant(s.vueLe)}, adresse {s.adresse}
                </span>
              </div>
              {s.estCourante ? (
                <Etat etat="fait">Cet appareil</Etat>
              ) : (
                <Bouton
                  icone={IconLogout}
                  enCours={enCours === s.id}
                  onClick={() => void fermer([s.id])}
                  aria-label={`Fermer la session : ${nom}, vue le ${formatInstant(s.vueLe)}`}
                >
                  Fermer
                </Bouton>
              )}
            </li>
          )
        })}
      </ul>
      {lues.data && autres.length === 0 && <p>Aucune autre session n’est ouverte.</p>}
    </>
  )
}
