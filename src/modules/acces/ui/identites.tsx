import { IconLink } from '@tabler/icons-react'
import { alerter, Bouton, Encart, formatInstant, signaler, useAction, useApi } from '#ui'
import { delier, lier, listerIdentites, type Nature } from '../federation/contract.ts'

/** ProConnect and FranceConnect, where they are open: other ways to the same account. */
export function Identites() {
  const lues = useApi(listerIdentites)
  const liaison = useAction(lier)
  const retrait = useAction(delier, { invalidates: [listerIdentites] })
  const partir = (nature: Nature) =>
    void liaison
      .mutateAsync({ params: { nature } })
      .then(({ adresse }) => window.location.assign(adresse))
      .catch((e: Error) => alerter('La liaison n’a pas pu commencer', e.message))
  const retirer = (nature: Nature) =>
    void retrait
      .mutateAsync({ params: { nature } })
      .then(() => signaler('La liaison est retirée.'))
      .catch((e: Error) => alerter('La liaison n’a pas été retirée', e.message))
  if (lues.error)
    return (
      <Encart etat="bloquant" titre="Vos identités n’ont pas pu être lues">
        {lues.error.message}
      </Encart>
    )
  const identites = lues.data?.identites ?? []
  if (lues.data && identites.length === 0)
    return <p>Ni ProConnect ni FranceConnect ne sont ouverts sur cette installation.</p>
  return (
    <ul className="bq-compte-sessions" aria-busy={lues.data === undefined}>
      {identites.map((i) => (
        <li key={i.nature}>
          <div>
            <strong>{i.libelle}</strong>
            <span className="bq-discret">
              {i.lieeLe ? `Liée le ${formatInstant(i.lieeLe)}` : 'Pas encore liée à ce compte'}
            </span>
          </div>
          {i.lieeLe ? (
            <Bouton onClick={() => retirer(i.nature)} aria-label={`Retirer la liaison : ${i.libelle}`}>
              Retirer
            </Bouton>
          ) : (
            <Bouton icone={IconLink} enCours={liaison.isPending} onClick={() => partir(i.nature)}>
              Lier
            </Bouton>
          )}
        </li>
      ))}
    </ul>
  )
}
