import { useState } from 'react'
import {
  Bouton,
  ChampMontant,
  ChampTexte,
  Confirmation,
  Encart,
  Etat,
  Formulaire,
  formatMontant,
  GroupeChamps,
  signaler,
  useAction,
} from '#ui'
import { lireDisponible } from '../http/cadre/contract.ts'
import { type DemandeVue, deciderDemande, listerEngagements, reglerCircuit } from '../http/engagements/contract.ts'

const QUI = { finances: 'le service des finances', ordonnateur: 'l’ordonnateur' } as const

/** What services ask to engage, and what they were answered. */
export function Demandes({ demandes }: { demandes: readonly DemandeVue[] }) {
  return (
    <section className="bq-pile-serree" aria-label="Demandes d’engagement">
      <h2>Demandes d’engagement</h2>
      {demandes.map((d) => (
        <UneDemande key={d.id} d={d} />
      ))}
    </section>
  )
}

function UneDemande({ d }: { d: DemandeVue }) {
  const decision = useAction(deciderDemande, { invalidates: [listerEngagements, lireDisponible] })
  const [refus, setRefus] = useState(false)
  const [motif, setMotif] = useState('')
  const params = { engagement: d.id as never }
  return (
    <div className="bq-pile-serree">
      <p>
        <Etat etat={d.etat === 'refuse' ? 'fait' : d.aDecider ? 'aFaire' : 'enAttente'}>
          {d.etat === 'refuse' ? 'Refusée' : 'Demandée'}
        </Etat>{' '}
        <strong>{d.objet}</strong>, {formatMontant(d.montant)}, article {d.nature}
        {d.service && `, service ${d.service}`}
      </p>
      <p className="bq-discret">
        Par {d.par}.{' '}
        {d.etat === 'refuse' ? `Refusée par ${d.decidePar} : ${d.motif}` : `À accorder par ${QUI[d.niveau]}.`}
      </p>
      {decision.error && <Encart etat="bloquant">{decision.error.message}</Encart>}
      {d.aDecider && (
        <div className="bq-rangee">
          <Bouton
            variante="principal"
            enCours={decision.isPending}
            onClick={() =>
              decision.mutateAsync({ params, body: { acte: 'accorder' } }).then(
                ({ numero }) => signaler(`Accordée : engagement n° ${numero}, son crédit est réservé.`),
                () => {},
              )
            }
          >
            Accorder
          </Bouton>
          <Bouton onClick={() => setRefus(true)}>Refuser</Bouton>
        </div>
      )}
      <Confirmation
        ouverte={refus}
        titre={`Refuser : ${d.objet}`}
        verbe="Refuser"
        onFermer={() => setRefus(false)}
        onConfirmer={() => decision.mutateAsync({ params, body: { acte: 'refuser', motif } })}
      >
        <ChampTexte libelle="Motif" requis valeur={motif} onValeur={setMotif} />
      </Confirmation>
    </div>
  )
}

/** From which amounts somebody else must agree. */
export function Circuit({ circuit }: { circuit: { seuilFinances: string | null; seuilOrdonnateur: string | null } }) {
  const regler = useAction(reglerCircuit, { invalidates: [listerEngagements] })
  return (
    <details>
      <summary>Circuit des engagements</summary>
      <Formulaire
        forme={reglerCircuit.body}
        initial={{ seuilFinances: circuit.seuilFinances ?? '', seuilOrdonnateur: circuit.seuilOrdonnateur ?? '' }}
        libelle="Enregistrer le circuit"
        onEnvoyer={async (body) => {
          await regler.mutateAsync({ body })
          signaler('Circuit enregistré.')
        }}
      >
        <GroupeChamps colonnes={2}>
          <ChampMontant
            nom="seuilFinances"
            libelle="Au-delà, accord des finances"
            aide="Vide : les services engagent seuls"
          />
          <ChampMontant nom="seuilOrdonnateur" libelle="Au-delà, accord de l’ordonnateur" aide="Vide : jamais" />
        </GroupeChamps>
      </Formulaire>
    </details>
  )
}
