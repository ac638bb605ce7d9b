import '../../../execution/ui/execution.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  aujourdhuiAParis,
  Bouton,
  ChampCase,
  ChampChoix,
  ChampIban,
  ChampJour,
  ChampTexte,
  type Colonne,
  Encart,
  Etat,
  Formulaire,
  formatJour,
  GroupeChamps,
  hasDroit,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { listerTiers } from '../../../execution/http/tiers/contract.ts'
import { Motif } from '../../roles/ui/motif.tsx'
import { ETATS_SEPA, zCompteSepa, zMandatSepa } from '../contract.ts'
import {
  changerCompteSepa,
  deciderMandatSepa,
  listerMandatsSepa,
  type MandatVue,
  proposerMandatSepa,
} from '../http/contract.ts'

const libelle = (m: MandatVue) => (m.estCaduc ? 'Caduc' : ETATS_SEPA[m.etat])
const etat = (m: MandatVue) =>
  m.etat === 'propose' ? 'aFaire' : m.estCaduc || m.etat === 'refuse' ? 'attention' : 'fait'
const groupe = (iban: string) => iban.replace(/(.{4})/g, '$1 ').trim()
const invalidates = [listerMandatsSepa]

const colonnes: readonly Colonne<MandatVue>[] = [
  { cle: 'tiers', titre: 'Débiteur', valeur: (m) => m.tiers },
  { cle: 'rum', titre: 'RUM', valeur: (m) => m.rum },
  {
    cle: 'etat',
    titre: 'État',
    valeur: libelle,
    rendu: (m) => <Etat etat={etat(m)}>{libelle(m)}</Etat>,
    filtre: 'choix',
  },
  { cle: 'dernier', titre: 'Dernier prélèvement', valeur: (m) => m.dernierLe, genre: 'jour' },
  { cle: 'signe', titre: 'Signé le', valeur: (m) => m.signeLe, genre: 'jour', masquee: true },
  { cle: 'fin', titre: 'Caduc le', valeur: (m) => m.finLe, genre: 'jour', masquee: true },
  { cle: 'recurrent', titre: 'Récurrent', valeur: (m) => m.estRecurrent, genre: 'ouiNon', masquee: true },
]

export default function Prelevements() {
  const [r, setR] = useRecherche()
  const liquide = hasDroit(useSession(), 'finances.liquider')
  const q = useApi(listerMandatsSepa)
  const choisi = q.data?.mandats.find((m) => m.id === r.mandat)
  return (
    <Page
      titre="Mandats de prélèvement"
      sousTitre="Ce que les usagers ont signé. Un mandat ne prélève qu’après le contrôle d’une deuxième personne."
      fil={[{ libelle: 'Recettes', vers: '/finances/recettes' }]}
      {...(liquide
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setR({ mandat: 'nouveau' })}>
                Nouveau mandat
              </Bouton>
            ),
          }
        : {})}
    >
      <ListeDetail
        titre="Mandat"
        vide="Choisissez un mandat pour voir son compte et son histoire."
        onFermer={() => setR({ mandat: undefined })}
        liste={
          <Tableau
            nom="Mandats de prélèvement"
            lignes={q.data?.mandats}
            cle={(m) => m.id}
            colonnes={colonnes}
            onOuvrir={(m) => setR({ mandat: m.id })}
            ouverte={r.mandat}
            erreur={q.data ? null : q.error}
            vide="Aucun mandat. Saisissez celui que l’usager a signé."
          />
        }
        detail={
          r.mandat === 'nouveau' && liquide ? (
            <Nouveau onFait={(id) => setR({ mandat: id })} />
          ) : (
            choisi && <Detail key={choisi.id} mandat={choisi} liquide={liquide} />
          )
        }
      />
    </Page>
  )
}

function Nouveau({ onFait }: { onFait: (id: string) => void }) {
  const tiers = useApi(listerTiers)
  const action = useAction(proposerMandatSepa, { invalidates })
  const [id] = useState(() => newId<'MandatSepa'>())
  return (
    <Formulaire
      forme={zMandatSepa.omit({ id: true })}
      initial={{
        rum: `RUM-${aujourdhuiAParis().slice(0, 4)}-${id.slice(-6).toUpperCase()}`,
        signeLe: aujourdhuiAParis(),
        estRecurrent: true,
        titulaire: '',
        iban: '',
        bic: '',
        origine: '',
      }}
      libelle="Proposer ce mandat"
      onEnvoyer={async (v) => {
        await action.mutateAsync({ body: { ...v, id } })
        signaler('Mandat saisi : une autre personne doit comparer le compte au papier signé.')
        onFait(id)
      }}
    >
      <ChampChoix
        nom="tiersId"
        libelle="Débiteur"
        requis
        choix={(tiers.data?.tiers ?? [])
          .filter((t) => t.estActif)
          .map((t) => ({ valeur: t.id, libelle: `${t.nom} ${t.prenom}`.trim() }))}
      />
      <GroupeChamps colonnes={2}>
        <ChampTexte nom="rum" libelle="Référence unique du mandat (RUM)" requis />
        <ChampJour nom="signeLe" libelle="Signé le" requis />
      </GroupeChamps>
      <ChampIban nom="iban" libelle="IBAN" requis />
      <GroupeChamps colonnes={2}>
        <ChampTexte nom="bic" libelle="BIC" />
        <ChampTexte nom="titulaire" libelle="Titulaire du compte" requis />
      </GroupeChamps>
      <ChampTexte nom="origine" libelle="Où est le papier signé" aide="Dossier, classeur, document numérisé" />
      <ChampCase nom="estRecurrent" libelle="Vaut pour tous les prélèvements à venir" />
    </Formulaire>
  )
}

function Detail({ mandat: m, liquide }: { mandat: MandatVue; liquide: boolean }) {
  const decision = useAction(deciderMandatSepa, { invalidates })
  const compte = useAction(changerCompteSepa, { invalidates })
  const [change, setChange] = useState(false)
  const [revoque, setRevoque] = useState(false)
  const params = { mandatSepa: m.id as never }
  const decider = (acte: 'accepter' | 'refuser') =>
    decision.mutate(
      { params, body: { acte } },
      { onSuccess: () => signaler(acte === 'accepter' ? 'Mandat en vigueur.' : 'Mandat refusé.') },
    )
  return (
    <div className="bq-pile">
      <header>
        <h2>{m.tiers}</h2>
        <p className="bq-rangee">
          <Etat etat={etat(m)}>{libelle(m)}</Etat>
          <span className="bq-discret">{m.rum}</span>
        </p>
      </header>
      <p>
        <strong className="bq-chiffres">{groupe(m.iban)}</strong>
        <br />
        {m.titulaire}. Signé le {formatJour(m.signeLe)}
        {m.estRecurrent ? '' : ', pour une seule fois'}.{m.origine && ` Papier : ${m.origine}.`}
      </p>
      <p className="bq-discret">
        Saisi par {m.proposePar}
        {m.decidePar && `, contrôlé par ${m.decidePar}`}.{' '}
        {m.dernierLe
          ? `Dernier prélèvement le ${formatJour(m.dernierLe)}. Sans autre prélèvement, il sera caduc le ${formatJour(m.finLe)}.`
          : `Jamais utilisé. Caduc le ${formatJour(m.finLe)}.`}
      </p>
      {m.ancienIban && (
        <Encart etat="attention">
          La banque apprendra au prochain prélèvement que le compte …{m.ancienIban.slice(-4)} a changé.
        </Encart>
      )}
      {m.etat === 'propose' && !m.aDecider && (
        <p className="bq-discret">Une autre personne que {m.proposePar} doit comparer ce compte au papier signé.</p>
      )}
      {decision.error && <Encart etat="bloquant">{decision.error.message}</Encart>}
      <div className="bq-rangee">
        {m.aDecider && (
          <>
            <Bouton variante="principal" onClick={() => decider('accepter')}>
              J’ai comparé au papier : accepter
            </Bouton>
            <Bouton onClick={() => decider('refuser')}>Refuser</Bouton>
          </>
        )}
        {liquide && m.etat === 'actif' && !change && <Bouton onClick={() => setChange(true)}>Changer de compte</Bouton>}
        {liquide && (m.etat === 'actif' || m.etat === 'propose') && (
          <Bouton variante="discret" onClick={() => setRevoque(true)}>
            Révoquer
          </Bouton>
        )}
      </div>
      {change && (
        <Formulaire
          forme={zCompteSepa}
          initial={{ iban: '', bic: '', titulaire: m.titulaire }}
          libelle="Proposer ce compte"
          annuler={() => setChange(false)}
          onEnvoyer={async (body) => {
            await compte.mutateAsync({ params, body })
            setChange(false)
            signaler('Compte proposé : une autre personne doit le contrôler.')
          }}
        >
          <ChampIban nom="iban" libelle="Nouvel IBAN" requis />
          <GroupeChamps colonnes={2}>
            <ChampTexte nom="bic" libelle="BIC" />
            <ChampTexte nom="titulaire" libelle="Titulaire" requis />
          </GroupeChamps>
        </Formulaire>
      )}
      <Motif
        ouvert={revoque}
        titre="Révoquer ce mandat"
        verbe="Révoquer"
        onFermer={() => setRevoque(false)}
        onMotif={async (motif) => {
          await decision.mutateAsync({ params, body: { acte: 'revoquer', motif } })
          signaler('Mandat révoqué : ce débiteur ne sera plus prélevé.')
        }}
      >
        Plus aucun rôle ne prélèvera ce débiteur. Les prélèvements déjà signés restent.
      </Motif>
    </div>
  )
}
