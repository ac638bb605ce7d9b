import { useState } from 'react'
import { Bouton, Ecart, useApi, useRecherche } from '#ui'
import { lireBulletin, listerAgents, type zAgentDuMois } from '../../contract.ts'
import { classerEcarts, phraseEcart, phraseInchanges } from './notables.ts'

type Agent = (typeof zAgentDuMois)['_output']
const MONTRES = 5

/** What moved since last month, in sentences, the greatest moves first; each opens its payslip. */
export function EcartsNotables({ mois }: { mois: string }) {
  const lus = useApi(listerAgents, { params: { mois } })
  const [tous, setTous] = useState(false)
  if (lus.error)
    return <p className="bq-erreur">Les écarts avec le mois dernier n’ont pas pu être lus : {lus.error.message}</p>
  if (!lus.data) return null
  const { changes, nouveaux, partis, inchanges } = classerEcarts(lus.data.agents)
  const montres = tous ? changes : changes.slice(0, MONTRES)
  return (
    <section className="bq-pile-serree" aria-labelledby="membre-ecarts">
      <h2 id="membre-ecarts">Ce qui change par rapport au mois dernier</h2>
      <ul className="bq-membre-ecarts">
        {nouveaux.map((a) => (
          <li key={a.carriereId}>
            <Ouvrir agent={a}>
              {a.prenom} {a.nom}
            </Ouvrir>{' '}
            est payé pour la première fois ici ce mois-ci.
          </li>
        ))}
        {partis.map((a) => (
          <li key={a.carriereId}>
            {a.prenom} {a.nom} n’a pas de bulletin ce mois-ci, et en avait un le mois dernier.
          </li>
        ))}
        {montres.map((a) => (
          <Change key={a.carriereId} mois={mois} agent={a} />
        ))}
        <li className="bq-discret">{phraseInchanges(inchanges)}</li>
      </ul>
      {changes.length > MONTRES && (
        <div>
          <Bouton variante="discret" aria-expanded={tous} onClick={() => setTous(!tous)}>
            {tous ? 'Ne montrer que les plus grands écarts' : `Montrer les ${changes.length} écarts`}
          </Bouton>
        </div>
      )}
    </section>
  )
}

function Change({ mois, agent: a }: { mois: string; agent: Agent }) {
  // The reasons are the engine's own sentences: the screen only says them.
  const lu = useApi(lireBulletin, { params: { mois, carriere: a.carriereId } })
  // The first says the net, which is already said; the others come with the heaviest first.
  const raisons = lu.data?.bulletin?.comparaison?.phrases.slice(1, 3) ?? []
  return (
    <li>
      <div className="bq-membre-ecart">
        <Ouvrir agent={a}>{phraseEcart(a)}</Ouvrir>
        <strong>
          <Ecart valeur={a.ecart} />
        </strong>
      </div>
      {raisons.length > 0 && <span className="bq-discret">{raisons.join(' ')}</span>}
    </li>
  )
}

function Ouvrir({ agent, children }: { agent: Agent; children: React.ReactNode }) {
  const [, setRecherche] = useRecherche()
  return (
    <button type="button" className="bq-lien" onClick={() => setRecherche({ agent: agent.carriereId })}>
      {children}
    </button>
  )
}
