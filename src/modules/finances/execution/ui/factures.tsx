import './execution.css'
import { useState } from 'react'
import {
  adresse,
  aujourdhuiAParis,
  Bouton,
  BoutonLien,
  ChampTexteLong,
  type Colonne,
  Confirmation,
  Encart,
  Etat,
  formatJour,
  formatMontant,
  hasDroit,
  Interrupteur,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useRecherche,
  useSession,
  VisionneuseDocument,
} from '#ui'
import {
  type FactureVue,
  lireDocument,
  lireInterets,
  listerFactures,
  traiterFacture,
} from '../http/factures/contract.ts'
import { Chiffres } from './commun.tsx'

function EtatFacture({ f }: { f: FactureVue }) {
  if (f.etat === 'mandatee') return <Etat etat="fait">Mandatée</Etat>
  if (f.etat === 'rejetee') return <Etat etat="fait">Rejetée</Etat>
  if (f.suspendue) return <Etat etat="enAttente">Suspendue</Etat>
  if (f.enRetard) return <Etat etat="attention">En retard</Etat>
  return f.etat === 'liquidee' ? <Etat etat="enAttente">Liquidée</Etat> : <Etat etat="aFaire">À mandater</Etat>
}
const mot = (f: FactureVue) =>
  f.etat === 'mandatee'
    ? 'Mandatée'
    : f.etat === 'rejetee'
      ? 'Rejetée'
      : f.suspendue
        ? 'Suspendue'
        : f.enRetard
          ? 'En retard'
          : f.etat === 'liquidee'
            ? 'Liquidée'
            : 'À mandater'

const colonnes: readonly Colonne<FactureVue>[] = [
  { cle: 'tiers', titre: 'Fournisseur', valeur: (f) => f.tiers },
  { cle: 'ttc', titre: 'Montant TTC', valeur: (f) => f.ttc, genre: 'montant' },
  { cle: 'etat', titre: 'État', valeur: mot, rendu: (f) => <EtatFacture f={f} />, filtre: 'choix' },
  {
    cle: 'limite',
    titre: 'À envoyer avant le',
    valeur: (f) => (f.etat === 'recue' || f.etat === 'liquidee' ? f.echeanceOrdonnateur : null),
    genre: 'jour',
  },
  { cle: 'numero', titre: 'N°', valeur: (f) => f.numero },
  { cle: 'objet', titre: 'Objet', valeur: (f) => f.objet },
  { cle: 'recueLe', titre: 'Reçue le', valeur: (f) => f.recueLe, genre: 'jour' },
  { cle: 'dateFacture', titre: 'Datée du', valeur: (f) => f.dateFacture, genre: 'jour', masquee: true },
]

/** Invoices and their clock: thirty days, twenty of them for the ordonnateur. */
export default function Factures() {
  const [r, setR] = useRecherche()
  const toutes = r.toutes === 'oui'
  const q = useApi(listerFactures, { query: { etat: toutes ? 'toutes' : 'aTraiter' } })
  const ouverte = q.data?.factures.find((f) => f.id === r.facture)
  return (
    <Page
      titre="Factures"
      sousTitre="Le paiement est dû 30 jours après la réception, ou après le service fait s’il est plus tardif"
      action={
        <BoutonLien variante="principal" touche="m" vers="/finances/mandater">
          Mandater
        </BoutonLien>
      }
    >
      <Interrupteur
        libelle="Montrer aussi celles qui sont mandatées"
        valeur={toutes}
        onValeur={(v) => setR({ toutes: v ? 'oui' : undefined })}
      />
      <ListeDetail
        titre="Facture"
        vide="Choisissez une facture pour voir son délai et ce qu’il reste à faire."
        onFermer={() => setR({ facture: undefined })}
        liste={
          <Tableau
            nom="Factures"
            lignes={q.data?.factures}
            cle={(f) => f.id}
            colonnes={colonnes}
            onOuvrir={(f) => setR({ facture: f.id })}
            ouverte={r.facture}
            erreur={q.data ? null : q.error}
            vide="Toutes les factures sont mandatées."
          />
        }
        detail={ouverte && <Detail f={ouverte} key={ouverte.id} />}
      />
    </Page>
  )
}

function Detail({ f }: { f: FactureVue }) {
  const vue = useSession()
  const action = useAction(traiterFacture, { invalidates: [listerFactures] })
  const [demande, setDemande] = useState<'suspendre' | 'rejeter'>()
  const [motif, setMotif] = useState('')
  const jour = aujourdhuiAParis()
  const params = { facture: f.id as never }
  const retard = f.echeance !== null && f.echeance < jour && (f.etat === 'recue' || f.etat === 'liquidee')
  const peut = hasDroit(vue, 'finances.liquider') && (f.etat === 'recue' || f.etat === 'liquidee')
  const agir = (body: Parameters<typeof action.mutate>[0]['body'], fait: string) =>
    action.mutate({ params, body }, { onSuccess: () => signaler(fait) })
  return (
    <div className="bq-pile">
      <header className="bq-pile-serree">
        <h2>
          {f.tiers}, {f.numero}
        </h2>
        <div>
          <EtatFacture f={f} />
        </div>
        {f.objet && <p>{f.objet}</p>}
      </header>
      <Chiffres
        liste={[
          { libelle: 'TTC', valeur: formatMontant(f.ttc) },
          { libelle: 'Reçue le', valeur: formatJour(f.recueLe) },
          { libelle: 'Service fait', valeur: f.serviceFaitLe ? formatJour(f.serviceFaitLe) : 'À constater' },
          { libelle: 'À payer avant le', valeur: f.echeance ? formatJour(f.echeance) : 'Délai suspendu' },
        ]}
      />
      {f.motif && <Encart etat="attention">{f.motif}</Encart>}
      {retard && <Interets id={f.id} />}
      {action.error && <Encart etat="bloquant">{action.error.message}</Encart>}
      {peut && (
        <div className="bq-rangee">
          {f.etat === 'recue' && !f.suspendue && (
            <BoutonLien variante="principal" vers={`/finances/mandater?budget=${f.budgetId}&facture=${f.id}`}>
              Mandater
            </BoutonLien>
          )}
          {!f.serviceFaitLe && (
            <Bouton onClick={() => agir({ acte: 'serviceFait', le: jour as never }, 'Service fait constaté.')}>
              Service fait
            </Bouton>
          )}
          {f.suspendue ? (
            <Bouton onClick={() => agir({ acte: 'reprendre', le: jour as never }, 'Le délai reprend.')}>
              Reprendre le délai
            </Bouton>
          ) : (
            <Bouton variante="discret" onClick={() => setDemande('suspendre')}>
              Suspendre
            </Bouton>
          )}
          {f.etat === 'recue' && (
            <Bouton variante="discret" onClick={() => setDemande('rejeter')}>
              Rejeter
            </Bouton>
          )}
        </div>
      )}
      {f.documentId && (
        <VisionneuseDocument
          url={adresse(lireDocument, { params: { document: f.documentId as never } })}
          nom={`Facture ${f.numero}`}
          hauteur="50dvh"
        />
      )}
      <Confirmation
        ouverte={demande !== undefined}
        titre={demande === 'suspendre' ? 'Suspendre le délai de paiement' : 'Rejeter la facture'}
        verbe={demande === 'suspendre' ? 'Suspendre' : 'Rejeter'}
        onFermer={() => setDemande(undefined)}
        onConfirmer={async () => {
          await action.mutateAsync({
            params,
            body:
              demande === 'suspendre' ? { acte: 'suspendre', le: jour as never, motif } : { acte: 'rejeter', motif },
          })
          signaler(demande === 'suspendre' ? 'Délai suspendu : prévenez le fournisseur.' : 'Facture rejetée.')
        }}
      >
        <ChampTexteLong libelle="Motif, tel qu’il est écrit au fournisseur" requis valeur={motif} onValeur={setMotif} />
      </Confirmation>
    </div>
  )
}

function Interets({ id }: { id: string }) {
  const q = useApi(lireInterets, { params: { facture: id as never }, query: { le: aujourdhuiAParis() as never } })
  if (q.error) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data || q.data.jours === 0) return null
  return (
    <Encart etat="attention" titre={`${q.data.jours} jours de retard`}>
      Payée aujourd’hui, elle coûterait {formatMontant(q.data.total)} d’intérêts et d’indemnité ({q.data.taux},{' '}
      {formatMontant(q.data.forfait)} forfaitaires).{' '}
      <span className="bq-discret">{q.data.texte}. Taux non vérifié.</span>
    </Encart>
  )
}
