import '../../ui/paie.css'
import { useState } from 'react'
import {
  Bouton,
  ChampTexteLong,
  Chronologie,
  Confirmation,
  Encart,
  EtatVide,
  Formulaire,
  formatJour,
  hasDroit,
  Page,
  signaler,
  useAction,
  useApi,
  usePanneau,
  useParametres,
  useSession,
} from '#ui'
import { lireTaux } from '../../dossier/ui/commun/libelles.ts'
import { Source } from '../../dossier/ui/commun/pourquoi.tsx'
import {
  lireProposition,
  listerParametres,
  listerPropositions,
  type Proposition,
  publierProposition,
  refuserProposition,
  retirerProposition,
} from '../contract.ts'
import { EtatProposition, Verification } from './commun.tsx'
import { SectionSimulation } from './simulation.tsx'

const INVALIDES = [lireProposition, listerPropositions, listerParametres]
const FAITS: Record<Proposition['histoire'][number]['acte'], string> = {
  publier: 'Publiée',
  refuser: 'Refusée',
  retirer: 'Retirée',
}
const FIL = [
  { libelle: 'Paramètres de la paie', vers: '/pex/parametres' },
  { libelle: 'Valeurs proposées', vers: '/pex/parametres/propositions' },
]

/** One proposed value: what it says, what it would change, who decides. */
export default function PageProposition() {
  const { proposition: id } = useParametres<{ proposition: string }>()
  const vue = useSession()
  const { open } = usePanneau()
  const [confirme, setConfirme] = useState(false)
  const q = useApi(lireProposition, { params: { id } }, { garder: false })
  const publication = useAction(publierProposition, { invalidates: INVALIDES })
  if (q.error && !q.data)
    return (
      <Page titre="Valeur proposée" fil={FIL}>
        <EtatVide titre="Cette valeur n’a pas pu être lue." etat="attention">
          {q.error.message}
        </EtatVide>
      </Page>
    )
  if (!q.data)
    return (
      <Page titre="Valeur proposée" fil={FIL}>
        <p className="bq-discret">Lecture de la valeur…</p>
      </Page>
    )
  const { proposition: p, simulation } = q.data
  const simulee = simulation?.etat === 'fait'
  return (
    <Page
      titre={p.libelle}
      fil={FIL}
      sousTitre={<EtatProposition etat={p.etat} />}
      actions={
        <>
          {p.actes.includes('retirer') && (
            <Bouton onClick={() => open({ titre: 'Retirer la valeur', contenu: <Motif p={p} acte="retirer" /> })}>
              Retirer
            </Bouton>
          )}
          {p.actes.includes('refuser') && (
            <Bouton onClick={() => open({ titre: 'Refuser la valeur', contenu: <Motif p={p} acte="refuser" /> })}>
              Refuser
            </Bouton>
          )}
        </>
      }
      {...(p.actes.includes('publier')
        ? {
            action: (
              <Bouton variante="principal" touche="u" disabled={!simulee} onClick={() => setConfirme(true)}>
                Publier
              </Bouton>
            ),
          }
        : {})}
    >
      <Consigne p={p} simulee={simulee} publie={hasDroit(vue, 'parametres.publier')} />
      <Valeur p={p} />
      {hasDroit(vue, 'parametres.proposer') && <SectionSimulation proposition={p} simulation={simulation} />}
      <section className="bq-pile-serree" aria-labelledby="histoire-valeur">
        <h2 id="histoire-valeur">Histoire</h2>
        <Chronologie
          faits={[
            ...p.histoire
              .map((h) => ({
                id: h.id,
                instant: h.le,
                qui: h.par,
                quoi: h.motif ? `${FAITS[h.acte]} : ${h.motif}` : FAITS[h.acte],
              }))
              .toReversed(),
            { id: 'proposee', instant: p.proposeeLe, qui: p.proposeePar, quoi: 'Proposée' },
          ]}
        />
      </section>
      <Confirmation
        ouverte={confirme}
        titre="Publier la valeur"
        verbe="Publier"
        onFermer={() => setConfirme(false)}
        onConfirmer={async () => {
          await publication.mutateAsync({ params: { id: p.id } })
          signaler('Valeur publiée. Les prochains calculs s’en servent.')
        }}
      >
        <p>
          « {p.libelle} » vaudra {lireTaux(p.valeur)} {periode(p)}, dans toutes les collectivités.
        </p>
        <p>
          Les prochains calculs s’en serviront, et les mois calculés mais pas encore envoyés seront à recalculer. Les
          bulletins envoyés ou approuvés ne changent pas. Dès qu’un calcul s’en est servi, la valeur ne se retire plus.
        </p>
        {!p.verifie && <p>Elle n’est pas vérifiée : chaque explication de bulletin le dira.</p>}
      </Confirmation>
    </Page>
  )
}

const periode = (p: Proposition) =>
  p.jusqua ? `du ${formatJour(p.depuis)} au ${formatJour(p.jusqua)} exclu` : `à partir du ${formatJour(p.depuis)}`

/** What is left to do with it, and by whom. */
function Consigne({ p, simulee, publie }: { p: Proposition; simulee: boolean; publie: boolean }) {
  if (p.etat !== 'proposee') return null
  if (!p.actes.includes('publier'))
    return (
      <Encart etat="enAttente" titre="En attente d’une autre personne">
        {publie
          ? 'Vous l’avez proposée : une autre personne la publie ou la refuse. Vous pouvez en simuler l’effet.'
          : 'Un référent réglementaire ou un superviseur la publie ou la refuse.'}
      </Encart>
    )
  if (simulee) return null
  return (
    <Encart etat="aFaire" titre="Simulez son effet avant de décider">
      La publication s’ouvre quand une simulation est finie.
    </Encart>
  )
}

function Valeur({ p }: { p: Proposition }) {
  return (
    <dl className="paie-fiche-valeur">
      <div>
        <dt>Valeur</dt>
        <dd>
          {p.tranches ? (
            <ul className="paie-tranches bq-chiffres">
              {p.tranches.map((t) => (
                <li key={t}>{t}</li>
              ))}
            </ul>
          ) : (
            <strong className="bq-chiffres">{lireTaux(p.valeur)}</strong>
          )}
          <Verification verifie={p.verifie} />
        </dd>
      </div>
      <div>
        <dt>Période</dt>
        <dd>{periode(p)}</dd>
      </div>
      {p.etat === 'proposee' && (
        <div>
          <dt>Connue aujourd’hui</dt>
          <dd>{p.remplace === null ? 'Inconnue' : lireTaux(p.remplace)}</dd>
        </div>
      )}
      <div>
        <dt>Texte</dt>
        <dd>{p.texte}</dd>
      </div>
      <div>
        <dt>Source</dt>
        <dd>
          <Source source={p.source} />
        </dd>
      </div>
      {p.note && (
        <div>
          <dt>Note</dt>
          <dd>{p.note}</dd>
        </div>
      )}
      <div>
        <dt>Code</dt>
        <dd className="bq-discret">{p.code}</dd>
      </div>
    </dl>
  )
}

/** A refusal and a withdrawal say why, to those who come after. */
function Motif({ p, acte }: { p: Proposition; acte: 'refuser' | 'retirer' }) {
  const { close } = usePanneau()
  const refus = useAction(refuserProposition, { invalidates: INVALIDES })
  const retrait = useAction(retirerProposition, { invalidates: INVALIDES })
  return (
    <Formulaire
      forme={refuserProposition.body}
      libelle={acte === 'refuser' ? 'Refuser' : 'Retirer'}
      annuler={close}
      onEnvoyer={async (body) => {
        await (acte === 'refuser' ? refus : retrait).mutateAsync({ params: { id: p.id }, body })
        signaler(acte === 'refuser' ? 'Valeur refusée.' : 'Valeur retirée.')
        close()
      }}
    >
      <ChampTexteLong nom="motif" libelle="Pourquoi" requis lignes={3} />
    </Formulaire>
  )
}
