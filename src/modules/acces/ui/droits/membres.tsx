import '../compte.css'
import { useState } from 'react'
import {
  Bouton,
  BoutonLien,
  ChampCase,
  ChampTexte,
  ChampTexteLong,
  type Colonne,
  Confirmation,
  compter,
  Etat,
  Formulaire,
  formatJour,
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
import { listerMembres, type Membre, retirerRole, suspendreCompte } from '../../droits/contract.ts'

const ETATS: Record<Membre['etat'], { libelle: string; etat: NomEtat }> = {
  actif: { libelle: 'Actif', etat: 'fait' },
  aActiver: { libelle: 'Mot de passe à choisir', etat: 'enAttente' },
  sansCompte: { libelle: 'Sans compte', etat: 'enAttente' },
  ferme: { libelle: 'Fermé', etat: 'bloquant' },
}

const rolesDe = (m: Membre) =>
  m.appartenances
    .filter((a) => a.enCours)
    .map((a) => a.libelle)
    .join(', ')

const colonnes: readonly Colonne<Membre>[] = [
  { cle: 'nom', titre: 'Personne', valeur: (m) => m.nom },
  { cle: 'roles', titre: 'Rôles', valeur: (m) => rolesDe(m) || 'Plus aucun' },
  {
    cle: 'etat',
    titre: 'Compte',
    valeur: (m) => ETATS[m.etat].libelle,
    rendu: (m) => <Etat etat={ETATS[m.etat].etat}>{ETATS[m.etat].libelle}</Etat>,
    filtre: 'choix',
  },
  { cle: 'identifiant', titre: 'Identifiant', valeur: (m) => m.identifiant },
]

/** Who has a role here; the panel gives and takes them back. */
export default function Membres() {
  const q = useApi(listerMembres)
  const { open, close } = usePanneau()
  const vue = useSession()
  return (
    <Page
      titre="Accès"
      sousTitre="Les personnes qui ont un rôle dans cet organisme. Chaque changement est inscrit au journal."
      actions={
        <>
          <BoutonLien vers="/acces/matrice">Qui peut faire quoi</BoutonLien>
          <BoutonLien vers="/acces/jetons">Jetons des logiciels</BoutonLien>
          {hasDroit(vue, 'comptes.suspendre') && (
            <Bouton onClick={() => open({ titre: 'Suspendre un compte', contenu: <Suspension onFait={close} /> })}>
              Suspendre un compte
            </Bouton>
          )}
        </>
      }
      action={
        <BoutonLien variante="principal" touche="r" vers="/acces/nouveau">
          Donner un rôle
        </BoutonLien>
      }
    >
      <Tableau
        nom="Accès"
        lignes={q.data?.membres}
        cle={(m) => m.personneId}
        colonnes={colonnes}
        onOuvrir={(m) => open({ titre: m.nom, contenu: <Roles personneId={m.personneId} /> })}
        erreur={q.data ? null : q.error}
        vide="Personne n’a encore de rôle dans cet organisme."
      />
    </Page>
  )
}

function Suspension({ onFait }: { onFait: () => void }) {
  const suspension = useAction(suspendreCompte, { invalidates: [listerMembres] })
  return (
    <Formulaire
      forme={suspendreCompte.body}
      initial={{ suspendu: true }}
      libelle="Enregistrer"
      onEnvoyer={async (body) => {
        const { sessionsFermees } = await suspension.mutateAsync({ body })
        signaler(
          body.suspendu === false
            ? 'Le compte est rouvert.'
            : `Le compte est suspendu, ${compter(sessionsFermees, 'session fermée', 'sessions fermées', 'aucune session ouverte')}.`,
        )
        onFait()
      }}
    >
      <ChampTexte nom="identifiant" libelle="Identifiant" type="email" requis />
      <ChampTexteLong nom="motif" libelle="Pourquoi" aide="Inscrit au journal de l’agence." requis />
      <ChampCase nom="suspendu" libelle="Suspendu, et ses sessions fermées" />
    </Formulaire>
  )
}

function Roles({ personneId }: { personneId: string }) {
  const q = useApi(listerMembres)
  const retrait = useAction(retirerRole, { invalidates: [listerMembres] })
  const [aRetirer, setARetirer] = useState<Membre['appartenances'][number]>()
  const membre = q.data?.membres.find((m) => m.personneId === personneId)
  if (!membre) return <p className="bq-discret">Plus aucun rôle ici.</p>
  return (
    <div className="bq-pile">
      {membre.estSoi && <p className="bq-discret">C’est vous : un autre administrateur change vos rôles.</p>}
      <ul className="bq-compte-roles">
        {membre.appartenances.map((a) => (
          <li key={a.id}>
            <strong>{a.libelle}</strong>
            <span className="bq-discret">
              Depuis le {formatJour(a.depuis)}
              {a.jusqua && `, jusqu’au ${formatJour(a.jusqua)}`}
              {a.donnePar && `, donné par ${a.donnePar}`}
            </span>
            {a.enCours && !membre.estSoi && (
              <Bouton variante="grave" onClick={() => setARetirer(a)}>
                Retirer
              </Bouton>
            )}
          </li>
        ))}
      </ul>
      {aRetirer && (
        <Confirmation
          ouverte
          titre={`Retirer le rôle « ${aRetirer.libelle} » à ${membre.nom} ?`}
          verbe="Retirer"
          grave
          onConfirmer={async () => {
            await retrait.mutateAsync({ params: { appartenance: aRetirer.id } })
            signaler('Le rôle est retiré.')
          }}
          onFermer={() => setARetirer(undefined)}
        >
          L’effet est immédiat. Ce qui a été fait sous ce rôle reste au journal.
        </Confirmation>
      )}
    </div>
  )
}
