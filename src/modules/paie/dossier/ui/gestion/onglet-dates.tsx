import { IconMail, IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { z } from 'zod'
import {
  Bouton,
  ChampTexteLong,
  Encart,
  Etat,
  Formulaire,
  formatInstant,
  type NomEtat,
  signaler,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import { lireCalendrier, listerCourriels, relancer, type zCourriel } from '../../calendrier/contract.ts'
import { listerJournal } from '../../contract.ts'
import { Calendrier } from '../commun/calendrier.tsx'
import { ReglagesCalendrier } from './reglages-calendrier.tsx'

type Courriel = (typeof zCourriel)['_output']
const ETATS: Record<Courriel['etat'], { etat: NomEtat; mot: string }> = {
  attente: { etat: 'enAttente', mot: 'En attente d’envoi' },
  envoye: { etat: 'fait', mot: 'Envoyé' },
  echec: { etat: 'attention', mot: 'Pas encore parti' },
}
const FORME = z.object({ mot: z.string().max(1000).optional() })

/** Dates of the month, and the mails that the body received about it. */
export function OngletDates({ mois }: { mois: string }) {
  const { open } = usePanneau()
  const calendrier = useApi(lireCalendrier, { params: { mois } })
  const reglage = calendrier.data?.reglage
  return (
    <div className="bq-pile">
      <section className="bq-pile-serree" aria-labelledby="dates-titre">
        <div className="bq-rangee">
          <h2 id="dates-titre">Dates du mois</h2>
          {reglage && (
            <Bouton
              variante="discret"
              icone={IconSettings}
              onClick={() =>
                open({ titre: 'Calendrier', contenu: <ReglagesCalendrier mois={mois} reglage={reglage} /> })
              }
            >
              Régler le calendrier
            </Bouton>
          )}
        </div>
        <Calendrier mois={mois} modifiable />
      </section>
      <Courriels mois={mois} />
    </div>
  )
}

function Courriels({ mois }: { mois: string }) {
  const [ecrit, setEcrit] = useState(false)
  const q = useApi(listerCourriels, { params: { mois } }, { rafraichir: 10_000 })
  const envoi = useAction(relancer, { invalidates: [listerCourriels, listerJournal] })
  return (
    <section className="bq-pile-serree" aria-labelledby="courriels-titre">
      <div className="bq-rangee">
        <h2 id="courriels-titre">Courriels à la collectivité</h2>
        {q.data?.destinataire && !ecrit && (
          <Bouton icone={IconMail} touche="l" onClick={() => setEcrit(true)}>
            Relancer
          </Bouton>
        )}
      </div>
      {q.error && <Encart etat="attention">{q.error.message}</Encart>}
      {q.data && !q.data.destinataire && (
        <Encart etat="attention">
          Cette collectivité n’a pas d’adresse de courriel dans sa fiche : elle ne peut pas être relancée ainsi.
        </Encart>
      )}
      {ecrit && q.data && (
        <Formulaire
          forme={FORME}
          libelle="Envoyer la relance"
          annuler={() => setEcrit(false)}
          brouillon={`relance-${mois}`}
          onEnvoyer={async (v) => {
            await envoi.mutateAsync({ params: { mois }, body: { mot: v.mot ?? '' } })
            setEcrit(false)
            signaler('La relance part.')
          }}
        >
          <p>
            À {q.data.destinataire} : le nombre de pièces attendues, à compléter, et de questions sans réponse, la date
            limite et l’adresse du dossier. Aucun nom d’agent, aucun montant.
          </p>
          <ChampTexteLong nom="mot" libelle="Un mot de vous" aide="Facultatif. Sans nom d’agent." lignes={2} />
        </Formulaire>
      )}
      {q.data?.courriels.length === 0 && (
        <p className="bq-discret">
          Aucun courriel pour ce mois. Une relance part d’elle-même trois jours avant la date limite et ce jour-là, s’il
          manque des pièces.
        </p>
      )}
      {q.data?.courriels.map((c) => (
        <details key={c.id} className="paie-courriel">
          <summary>
            <Etat etat={ETATS[c.etat].etat}>{ETATS[c.etat].mot}</Etat> {c.objet}{' '}
            <span className="bq-discret">
              {formatInstant(c.demandeLe)}, {c.demandePar}
            </span>
          </summary>
          <p className="bq-discret">À {c.destinataire}</p>
          {c.erreur && <Encart etat="attention">Le serveur d’envoi a répondu : {c.erreur}</Encart>}
          <pre>{c.texte}</pre>
        </details>
      ))}
    </section>
  )
}
