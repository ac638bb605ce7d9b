import '../../../ui/paie.css'
import './controles.css'
import { type ReactNode, useState } from 'react'
import { compter, Ecart, Encart, Etat, formatMois, Interrupteur, Montant, type NomEtat, useApi } from '#ui'
import { type EcartAgent, LIBELLES_CAUSE, listerEcarts } from '../../controles/contract.ts'

const VERDICTS: Record<EcartAgent['verdict'], { libelle: string; etat: NomEtat }> = {
  aExpliquer: { libelle: 'À expliquer', etat: 'attention' },
  grand: { libelle: 'Grand écart', etat: 'attention' },
  arrivee: { libelle: 'Arrivée', etat: 'enAttente' },
  depart: { libelle: 'Départ', etat: 'enAttente' },
  explique: { libelle: 'Expliqué', etat: 'fait' },
}

/**
 * Differences with last month. Those that the machine explains by a dated fact are put away: what stays on screen is what
 * a person must look at.
 */
export function Ecarts({
  mois,
  nommer,
  titre = 'Ce qui change par rapport au mois dernier',
  complet = false,
}: {
  mois: string
  /** How the name of an agent leads to the payslip. */
  nommer: (agent: EcartAgent) => ReactNode
  titre?: string
  /** Who decides reads them all; who checks reads those that nothing explains. */
  complet?: boolean
}) {
  const q = useApi(listerEcarts, { params: { mois } })
  const [tous, setTous] = useState(complet)
  if (q.error) return <p className="bq-erreur">Les écarts n’ont pas pu être lus : {q.error.message}</p>
  if (!q.data) return <p className="bq-discret">Comparaison avec le mois précédent…</p>
  const { agents, inchanges, moisPrecedent } = q.data
  const expliques = agents.filter((a) => a.verdict === 'explique')
  const montres = tous ? agents : agents.filter((a) => a.verdict !== 'explique')
  const aVoir = agents.filter((a) => a.verdict === 'aExpliquer' || a.verdict === 'grand').length
  return (
    <section className="bq-pile-serree" aria-labelledby="ecarts-titre">
      <h2 id="ecarts-titre">{titre}</h2>
      {agents.length === 0 && inchanges === 0 ? (
        <p className="bq-discret">Aucun bulletin en {formatMois(moisPrecedent)} : il n’y a rien à comparer.</p>
      ) : (
        <>
          <p className="bq-discret">
            {compter(inchanges, 'bulletin identique', 'bulletins identiques', 'Aucun bulletin identique')} à{' '}
            {formatMois(moisPrecedent)},{' '}
            {compter(expliques.length, 'écart expliqué', 'écarts expliqués', 'aucun écart expliqué')}
            {aVoir > 0 && `, ${compter(aVoir, 'à regarder', 'à regarder')}`}.
          </p>
          {expliques.length > 0 && (
            <Interrupteur libelle="Montrer aussi les écarts expliqués" valeur={tous} onValeur={setTous} />
          )}
          {montres.length === 0 ? (
            <Encart etat="fait">Chaque écart vient d’un fait daté : il n’y a rien à regarder de plus.</Encart>
          ) : (
            <ul className="paie-ecarts">
              {montres.map((a) => (
                <UnEcart key={a.carriereId} agent={a} nommer={nommer} />
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}

function UnEcart({ agent: a, nommer }: { agent: EcartAgent; nommer: (agent: EcartAgent) => ReactNode }) {
  const v = VERDICTS[a.verdict]
  return (
    <li>
      <div className="paie-ecart-tete">
        {nommer(a)}
        {a.verdict !== 'explique' && <Etat etat={v.etat}>{v.libelle}</Etat>}
        {a.netAvant !== null && a.netApres !== null && (
          <span className="bq-discret">
            net <Montant valeur={a.netAvant} />, puis <Montant valeur={a.netApres} />
          </span>
        )}
        <Ecart valeur={a.ecartNet} />
      </div>
      <ul className="paie-ecart-causes">
        {a.causes.map((c) => (
          <li key={c.cause}>
            <span className="bq-discret">{LIBELLES_CAUSE[c.cause]}</span>
            <span>{c.phrases.join(' ')}</span>
            <Ecart valeur={c.effetNet} />
          </li>
        ))}
      </ul>
      {a.lignes.length > 0 && (
        <details open={a.verdict === 'aExpliquer'}>
          <summary>{compter(a.lignes.length, 'ligne changée', 'lignes changées')}</summary>
          <div className="paie-defile">
            <table className="paie-lignes">
              <caption className="bq-lu">Lignes du bulletin de {a.nom} qui ont changé</caption>
              <thead>
                <tr>
                  <th scope="col">Ligne</th>
                  <th scope="col" data-nombre>
                    Avant
                  </th>
                  <th scope="col" data-nombre>
                    Ce mois
                  </th>
                  <th scope="col" data-nombre>
                    Écart
                  </th>
                  <th scope="col" data-nombre>
                    Employeur
                  </th>
                  <th scope="col">Cause</th>
                </tr>
              </thead>
              <tbody>
                {a.lignes.map((l) => (
                  <tr key={`${l.code}-${l.libelle}-${l.ecart}`}>
                    <th scope="row">{l.libelle}</th>
                    <td data-nombre>
                      <Montant valeur={l.avant} euro={false} />
                    </td>
                    <td data-nombre>
                      <Montant valeur={l.apres} euro={false} />
                    </td>
                    <td data-nombre>
                      <Ecart valeur={l.ecart} euro={false} />
                    </td>
                    <td data-nombre>
                      <Ecart valeur={l.ecartPatronal} euro={false} />
                    </td>
                    <td>
                      {l.inexplique ? (
                        <Etat etat="attention">Sans fait daté</Etat>
                      ) : (
                        l.parts.map((p) => LIBELLES_CAUSE[p.cause]).join(', ')
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </li>
  )
}
