import { useState } from 'react'
import {
  adresse,
  Bouton,
  ChampJour,
  ChampTexte,
  type Colonne,
  Confirmation,
  Encart,
  Etat,
  formatJour,
  formatMontant,
  hasDroit,
  Lien,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useOrganisme,
  useRecherche,
  useSession,
} from '#ui'
import { deciderRetenue, lireCertificat, listerRetenues, type RetenueVue } from '../http/retenues/contract.ts'
import { Chiffres } from './commun.tsx'

const ETATS = { retenue: 'Retenue', liberee: 'Libérée', substituee: 'Garantie bancaire' } as const
const etatOf = (r: RetenueVue) => (r.etat === 'retenue' ? (r.echue ? 'attention' : 'enAttente') : 'fait')
const colonnes: readonly Colonne<RetenueVue>[] = [
  { cle: 'marche', titre: 'Marché', valeur: (r) => r.marche },
  { cle: 'tiers', titre: 'Titulaire', valeur: (r) => r.tiers },
  { cle: 'montant', titre: 'Retenu', valeur: (r) => r.montant, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (r) => ETATS[r.etat],
    rendu: (r) => <Etat etat={etatOf(r)}>{r.echue ? 'À libérer' : ETATS[r.etat]}</Etat>,
    filtre: 'choix',
  },
  { cle: 'liberableLe', titre: 'Libérable le', valeur: (r) => r.liberableLe, genre: 'jour' },
]

/** Guarantees kept on contracts: released a year after the reception, or replaced by a bank. */
export default function Retenues() {
  const [r, setR] = useRecherche()
  const q = useApi(listerRetenues)
  const ouverte = q.data?.retenues.find((x) => x.id === r.retenue)
  return (
    <Page titre="Retenues de garantie" sousTitre="Gardées sur les marchés, rendues un an après la réception">
      <ListeDetail
        titre="Retenue de garantie"
        vide="Choisissez une retenue pour la libérer ou la remplacer."
        onFermer={() => setR({ retenue: undefined })}
        liste={
          <Tableau
            nom="Retenues de garantie"
            lignes={q.data?.retenues}
            cle={(x) => x.id}
            colonnes={colonnes}
            local
            onOuvrir={(x) => setR({ retenue: x.id })}
            ouverte={r.retenue}
            erreur={q.data ? null : q.error}
            vide="Aucune retenue. Elle se prend en mandatant une facture de marché, dans « Type de pièce, marché »."
          />
        }
        detail={ouverte && <Detail r={ouverte} key={ouverte.id} />}
      />
    </Page>
  )
}

type Acte = 'recevoir' | 'liberer' | 'substituer'
const TITRES: Record<Acte, [titre: string, verbe: string]> = {
  recevoir: ['Réception des travaux', 'Noter'],
  liberer: ['Libérer la retenue', 'Libérer'],
  substituer: ['Remplacer par une garantie bancaire', 'Remplacer'],
}

function Detail({ r }: { r: RetenueVue }) {
  const vue = useSession()
  const organisme = useOrganisme()
  const action = useAction(deciderRetenue, { invalidates: [listerRetenues] })
  const [acte, setActe] = useState<Acte>()
  const [le, setLe] = useState(r.recueLe ?? '')
  const [motif, setMotif] = useState('')
  const [garant, setGarant] = useState('')
  const [reference, setReference] = useState('')
  const corps = {
    recevoir: { acte: 'recevoir', le: le as never },
    liberer: { acte: 'liberer', motif },
    substituer: { acte: 'substituer', garant, reference },
  } as const
  return (
    <div className="bq-pile">
      <h2>
        Marché {r.marche}, {r.tiers}
      </h2>
      <p>{r.objet}</p>
      <Chiffres
        liste={[
          { libelle: 'Retenu', valeur: formatMontant(r.montant) },
          { libelle: 'Réception', valeur: r.recueLe ? formatJour(r.recueLe) : 'Non prononcée' },
          { libelle: 'Libérable le', valeur: r.liberableLe ? formatJour(r.liberableLe) : 'Un an après la réception' },
        ]}
      />
      {r.pieceId ? (
        <p>
          <Lien vers={`/finances/mandats?budget=${r.budgetId}&annee=${r.annee}&piece=${r.pieceId}`}>
            Mandat n° {r.numero} de {r.annee}
          </Lien>
        </p>
      ) : (
        <Encart etat="attention">Le mandat de cette retenue n’est pas encore signé.</Encart>
      )}
      {r.etat === 'retenue' ? (
        <div className="bq-rangee">
          {hasDroit(vue, 'finances.liquider') && (
            <Bouton onClick={() => setActe('recevoir')}>Noter la réception</Bouton>
          )}
          {hasDroit(vue, 'finances.viser') && r.pieceId && (
            <>
              <Bouton onClick={() => setActe('substituer')}>Remplacer par une garantie</Bouton>
              <Bouton variante="principal" onClick={() => setActe('liberer')}>
                Libérer
              </Bouton>
            </>
          )}
        </div>
      ) : (
        <>
          <Encart etat="fait" titre={ETATS[r.etat]}>
            {r.etat === 'substituee' ? `${r.garant}, ${r.reference}.` : r.motif} Décidé par {r.decidePar} le{' '}
            {r.decideLe && formatJour(r.decideLe)}.
          </Encart>
          <p>
            <a
              href={adresse(lireCertificat, {
                params: { retenue: r.id as never },
                query: { organisme: organisme?.id as never },
              })}
            >
              Certificat pour le comptable (PDF)
            </a>
          </p>
        </>
      )}
      <Confirmation
        ouverte={acte !== undefined}
        titre={TITRES[acte ?? 'liberer'][0]}
        verbe={TITRES[acte ?? 'liberer'][1]}
        onFermer={() => setActe(undefined)}
        onConfirmer={async () => {
          await action.mutateAsync({ params: { retenue: r.id as never }, body: corps[acte!] })
          signaler(acte === 'recevoir' ? 'Réception notée.' : 'Décidé : envoyez le certificat au comptable.')
        }}
      >
        <div className="bq-pile">
          {acte === 'recevoir' && <ChampJour libelle="Reçus le" requis valeur={le} onValeur={setLe} />}
          {acte === 'liberer' && (
            <>
              <p>Le comptable pourra payer {formatMontant(r.montant)} au titulaire.</p>
              <ChampTexte libelle="Motif" requis valeur={motif} onValeur={setMotif} />
            </>
          )}
          {acte === 'substituer' && (
            <>
              <ChampTexte libelle="Banque ou caution" requis valeur={garant} onValeur={setGarant} />
              <ChampTexte libelle="Référence de la garantie" requis valeur={reference} onValeur={setReference} />
            </>
          )}
        </div>
      </Confirmation>
    </div>
  )
}
