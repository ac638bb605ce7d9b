import { useState } from 'react'
import {
  Bouton,
  ChampTexteLong,
  Encart,
  EtatVide,
  Formulaire,
  formatInstant,
  Lien,
  Page,
  signaler,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import {
  type CompteVu,
  confirmerCompte,
  lireFiche,
  listerCarrieres,
  listerComptes,
  refuserCompte,
  retirerCompte,
} from '../http/contract.ts'

/** Accounts that wait for a second person: the whole number is shown to whoever compares it with the paper. */
export default function Comptes() {
  const q = useApi(listerComptes)
  return (
    <Page
      titre="Comptes bancaires à confirmer"
      sousTitre="Un compte proposé par une personne ne sert à la paie qu’une fois confirmé par une autre, d’après le RIB."
      fil={[{ libelle: 'Agents', vers: '/agents' }]}
    >
      {q.error && <Encart etat="attention">{q.error.message}</Encart>}
      {q.data?.comptes.length === 0 && <EtatVide titre="Aucun compte n’attend.">Tout est confirmé.</EtatVide>}
      <ul className="bq-pile">
        {q.data?.comptes.map((c) => (
          <li key={c.id} className="bq-pile-serree">
            <strong>
              <Lien vers={`/agents/${c.agentId}`}>{c.agent}</Lien>
            </strong>
            <UnCompte compte={c} />
          </li>
        ))}
      </ul>
    </Page>
  )
}

/** One proposal, and what this person may do of it. */
export function UnCompte({ compte: c }: { compte: CompteVu }) {
  const invalidates = { invalidates: [listerComptes, lireFiche, listerCarrieres] }
  const confirmation = useAction(confirmerCompte, invalidates)
  const retrait = useAction(retirerCompte, invalidates)
  const { open } = usePanneau()
  const [refus, setRefus] = useState<string>()
  const params = { compte: c.id }
  const onError = (e: Error) => setRefus(e.message)
  return (
    <div className="bq-pile-serree">
      <span>
        <span className="bq-chiffres">{c.iban}</span>
        {c.bic && <span className="bq-chiffres"> · {c.bic}</span>} · titulaire {c.titulaire}
      </span>
      <span className="bq-discret bq-petit">
        Proposé par {c.proposePar}, {formatInstant(c.proposeLe)}
        {c.decidePar && c.decideLe && ` ; décidé par ${c.decidePar}, ${formatInstant(c.decideLe)}`}
        {c.motif && ` : ${c.motif}`}
      </span>
      {(c.peutDecider || c.peutRetirer) && (
        <div className="bq-rangee">
          {c.peutDecider && (
            <>
              <Bouton
                variante="principal"
                enCours={confirmation.isPending}
                onClick={() =>
                  confirmation.mutate(
                    { params, body: {} },
                    { onSuccess: () => signaler(`Le compte de ${c.agent} est confirmé.`), onError },
                  )
                }
              >
                Confirmer
              </Bouton>
              <Bouton onClick={() => open({ titre: 'Refuser ce compte', contenu: <Refuser compte={c} /> })}>
                Refuser
              </Bouton>
            </>
          )}
          {c.peutRetirer && (
            <Bouton onClick={() => retrait.mutate({ params, body: {} }, { onError })}>Retirer ma proposition</Bouton>
          )}
        </div>
      )}
      {refus && <Encart etat="bloquant">{refus}</Encart>}
    </div>
  )
}

function Refuser({ compte: c }: { compte: CompteVu }) {
  const { close } = usePanneau()
  const refus = useAction(refuserCompte, { invalidates: [listerComptes, lireFiche, listerCarrieres] })
  return (
    <Formulaire
      forme={refuserCompte.body}
      libelle="Refuser ce compte"
      annuler={close}
      onEnvoyer={async (body) => {
        await refus.mutateAsync({ params: { compte: c.id }, body })
        close()
      }}
    >
      <ChampTexteLong nom="motif" libelle="Ce qui ne convient pas" requis />
    </Formulaire>
  )
}
