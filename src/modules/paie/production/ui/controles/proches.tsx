import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import { Bouton, ChampChoix, ChampTexte, Formulaire, formatInstant, formatJour, signaler, useAction, useApi } from '#ui'
import { listerAgents } from '../../../dossier/contract.ts'
import { declarerLien, finirLien, lireControles, listerLiens } from '../../controles/contract.ts'

/** Relatives of the officer among the agents of this body: he declares them, and a colleague reads their payslips. */
export function Proches({ mois }: { mois: string }) {
  const [id, setId] = useState(() => newId<'Lien'>())
  const q = useApi(listerLiens)
  const agents = useApi(listerAgents, { params: { mois } }).data?.agents ?? []
  const perimes = { invalidates: [listerLiens, lireControles] }
  const ajout = useAction(declarerLien, perimes)
  const fin = useAction(finirLien, perimes)
  const parAgent = [...new Map(agents.map((a) => [a.agentId, a])).values()]
  return (
    <div className="bq-pile">
      <p>
        Un agent de cette collectivité est votre conjoint, un parent ou un allié ? Son bulletin sera relu par un
        collègue avant chaque envoi à l’approbation.
      </p>
      {(q.data?.liens ?? []).map((l) => (
        <div key={l.id} className="bq-rangee">
          <span>
            <strong>{l.agent}</strong>, {l.lien}, déclaré le {formatInstant(l.declareLe)}
            {l.finiLe && `, terminé le ${formatJour(l.finiLe)}`}
          </span>
          {!l.finiLe && (
            <Bouton
              variante="discret"
              enCours={fin.isPending}
              onClick={() => fin.mutate({ params: { lien: l.id as never } })}
            >
              N’est plus un proche
            </Bouton>
          )}
        </div>
      ))}
      <Formulaire
        key={id}
        forme={declarerLien.body}
        initial={{ id }}
        libelle="Déclarer ce lien"
        onEnvoyer={async (body) => {
          await ajout.mutateAsync({ body })
          setId(newId<'Lien'>())
          signaler('Le lien est déclaré.')
        }}
      >
        <ChampChoix
          nom="agentId"
          libelle="Agent"
          choix={parAgent.map((a) => ({ valeur: a.agentId, libelle: `${a.nom} ${a.prenom}` }))}
          requis
        />
        <ChampTexte nom="lien" libelle="Lien" aide="Par exemple : conjoint, sœur, beau-père." requis />
      </Formulaire>
    </div>
  )
}
