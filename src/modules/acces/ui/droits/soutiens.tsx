import { type ReactNode, useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  ChampChoix,
  ChampNombre,
  ChampOptions,
  ChampTexteLong,
  type Colonne,
  Confirmation,
  compter,
  Etat,
  Formulaire,
  hasDroit,
  type NomEtat,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  usePanneau,
  useSession,
} from '#ui'
import {
  accorderSoutien,
  demanderSoutien,
  listerDemandes,
  listerSoutiens,
  rendreSoutien,
  type Soutien,
  terminerSoutien,
} from '../../droits/contract.ts'

const ETATS: Record<Soutien['etat'], { libelle: string; etat: NomEtat }> = {
  demande: { libelle: 'Demandé', etat: 'aFaire' },
  accorde: { libelle: 'En cours', etat: 'attention' },
  termine: { libelle: 'Terminé', etat: 'fait' },
}
export const ETENDUES: Record<Soutien['etendue'], string> = {
  lecture: 'Lire seulement',
  saisie: 'Lire et saisir',
}

const colonnesDe = (premiere: Colonne<Soutien>, actes: (s: Soutien) => ReactNode): readonly Colonne<Soutien>[] => [
  premiere,
  {
    cle: 'etat',
    titre: 'État',
    valeur: (s) => ETATS[s.etat].libelle,
    rendu: (s) => <Etat etat={ETATS[s.etat].etat}>{ETATS[s.etat].libelle}</Etat>,
    filtre: 'choix',
  },
  { cle: 'actes', titre: 'Action', valeur: () => null, rendu: actes, tri: false },
  {
    cle: 'motif',
    titre: 'Pourquoi',
    valeur: (s) => s.motif,
    rendu: (s) => <span className="bq-droits-motif">{s.motif}</span>,
  },
  { cle: 'etendue', titre: 'Étendue', valeur: (s) => ETENDUES[s.etendue] },
  { cle: 'heures', titre: 'Durée', valeur: (s) => compter(s.heures, 'heure') },
  { cle: 'jusqua', titre: 'Jusqu’au', valeur: (s) => s.termineLe ?? s.jusqua, genre: 'instant' },
  { cle: 'accordePar', titre: 'Accordé par', valeur: (s) => s.accordePar },
]

/** The member's side, or the technician's: the rights decide. */
export default function Soutiens() {
  const vue = useSession()
  return hasDroit(vue, 'soutien.accorder') ? <ChezLeMembre /> : <ChezLeTechnicien />
}

function ChezLeMembre() {
  const q = useApi(listerSoutiens)
  const accord = useAction(accorderSoutien, { invalidates: [listerSoutiens] })
  const fin = useAction(terminerSoutien, { invalidates: [listerSoutiens] })
  const [aAccorder, setAAccorder] = useState<Soutien>()
  const terminer = async (s: Soutien) => {
    await fin.mutateAsync({ params: { soutien: s.id } })
    signaler(s.etat === 'demande' ? 'La demande est refusée.' : 'Le dépannage est terminé.')
  }
  const colonnes = colonnesDe({ cle: 'technicien', titre: 'Technicien', valeur: (s) => s.technicien }, (s) =>
    s.etat === 'termine' ? null : (
      <span className="bq-droits-actes">
        {s.etat === 'demande' && (
          <Bouton variante="principal" onClick={() => setAAccorder(s)}>
            Autoriser
          </Bouton>
        )}
        <Bouton variante="grave" onClick={() => void terminer(s)}>
          {s.etat === 'demande' ? 'Refuser' : 'Mettre fin'}
        </Bouton>
      </span>
    ),
  )
  return (
    <Page
      titre="Dépannages"
      sousTitre="Un technicien de l’agence n’entre dans vos données que si vous l’y autorisez, pour un motif et un temps donnés."
    >
      <Tableau
        nom="Dépannages"
        lignes={q.data?.soutiens}
        cle={(s) => s.id}
        colonnes={colonnes}
        erreur={q.data ? null : q.error}
        vide="Aucun dépannage n’a été demandé."
      />
      {aAccorder && (
        <Confirmation
          ouverte
          titre={`Autoriser ${aAccorder.technicien} ?`}
          verbe="Autoriser"
          onConfirmer={async () => {
            await accord.mutateAsync({ params: { soutien: aAccorder.id } })
            signaler('Le dépannage est autorisé.')
          }}
          onFermer={() => setAAccorder(undefined)}
        >
          Il pourra {aAccorder.etendue === 'lecture' ? 'lire' : 'lire et saisir'} dans vos données pendant{' '}
          {compter(aAccorder.heures, 'heure')}, jamais approuver. Ce qu’il fait sera au journal, et vous pouvez y mettre
          fin à tout moment.
        </Confirmation>
      )}
    </Page>
  )
}

function ChezLeTechnicien() {
  const q = useApi(listerDemandes)
  const rendu = useAction(rendreSoutien, { invalidates: [listerDemandes] })
  const { open, close } = usePanneau()
  const colonnes = colonnesDe({ cle: 'organisme', titre: 'Membre', valeur: (s) => s.organisme }, (s) =>
    s.etat === 'termine' ? null : (
      <Bouton
        onClick={async () => {
          await rendu.mutateAsync({ params: { soutien: s.id } })
          signaler('C’est fait.')
        }}
      >
        {s.etat === 'demande' ? 'Retirer la demande' : 'J’ai fini'}
      </Bouton>
    ),
  )
  return (
    <Page
      titre="Dépannages"
      sousTitre="Entrer dans les données d’un membre demande son autorisation."
      action={
        <Bouton
          variante="principal"
          touche="d"
          onClick={() =>
            open({
              titre: 'Demander un dépannage',
              contenu: <Demande membres={q.data?.membres ?? []} onFait={close} />,
            })
          }
        >
          Demander
        </Bouton>
      }
    >
      <Tableau
        nom="Dépannages"
        lignes={q.data?.soutiens}
        cle={(s) => s.id}
        colonnes={colonnes}
        erreur={q.data ? null : q.error}
        vide="Vous n’avez demandé aucun dépannage."
      />
    </Page>
  )
}

function Demande({ membres, onFait }: { membres: readonly { id: string; nom: string }[]; onFait: () => void }) {
  const demande = useAction(demanderSoutien, { invalidates: [listerDemandes] })
  const [id] = useState(() => newId<'Soutien'>())
  return (
    <Formulaire
      forme={demanderSoutien.body}
      initial={{ id, etendue: 'lecture', heures: '4' }}
      libelle="Demander"
      onEnvoyer={async (body) => {
        await demande.mutateAsync({ body })
        signaler('La demande est chez le membre.')
        onFait()
      }}
    >
      <ChampChoix
        nom="organismeId"
        libelle="Membre"
        choix={membres.map((m) => ({ valeur: m.id, libelle: m.nom }))}
        requis
      />
      <ChampTexteLong nom="motif" libelle="Pourquoi" aide="Le membre lira cette phrase." requis />
      <ChampOptions
        nom="etendue"
        libelle="Étendue"
        choix={Object.entries(ETENDUES).map(([valeur, libelle]) => ({ valeur, libelle }))}
      />
      <ChampNombre nom="heures" libelle="Heures" requis />
    </Formulaire>
  )
}
