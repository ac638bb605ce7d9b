import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  BoutonLien,
  ChampCase,
  ChampChoixMultiple,
  ChampNombre,
  ChampTexte,
  type Colonne,
  compter,
  Encart,
  Etat,
  Formulaire,
  type NomEtat,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import { creerJeton, type Jeton, listerJetons, revoquerJeton } from '../../droits/contract.ts'

const ETATS: Record<Jeton['etat'], { libelle: string; etat: NomEtat }> = {
  actif: { libelle: 'Actif', etat: 'fait' },
  expire: { libelle: 'Expiré', etat: 'enAttente' },
  revoque: { libelle: 'Révoqué', etat: 'bloquant' },
}

/** What lets a program in: made here, shown once, ended here. */
export default function Jetons() {
  const q = useApi(listerJetons)
  const revocation = useAction(revoquerJeton, { invalidates: [listerJetons] })
  const { open, close } = usePanneau()
  const [secret, setSecret] = useState<string>()
  const libelles = new Map((q.data?.droits ?? []).map((d) => [d.code, d.libelle]))
  const colonnes: readonly Colonne<Jeton>[] = [
    { cle: 'nom', titre: 'Logiciel', valeur: (j) => j.nom },
    { cle: 'droits', titre: 'Droits', valeur: (j) => j.droits.map((d) => libelles.get(d) ?? d).join(' ; ') },
    { cle: 'ecriture', titre: 'Écrit', valeur: (j) => j.ecriture, genre: 'ouiNon' },
    { cle: 'expireLe', titre: 'Expire le', valeur: (j) => j.expireLe, genre: 'instant' },
    { cle: 'utiliseLe', titre: 'Dernier usage', valeur: (j) => j.utiliseLe, genre: 'instant' },
    { cle: 'creePar', titre: 'Créé par', valeur: (j) => j.creePar, masquee: true },
    {
      cle: 'etat',
      titre: 'État',
      valeur: (j) => ETATS[j.etat].libelle,
      rendu: (j) => <Etat etat={ETATS[j.etat].etat}>{ETATS[j.etat].libelle}</Etat>,
    },
    {
      cle: 'actes',
      titre: 'Action',
      valeur: () => null,
      tri: false,
      rendu: (j) =>
        j.etat === 'actif' && (
          <Bouton
            variante="grave"
            onClick={async () => {
              await revocation.mutateAsync({ params: { jeton: j.id } })
              signaler('Le jeton est révoqué.')
            }}
          >
            Révoquer
          </Bouton>
        ),
    },
  ]
  return (
    <Page
      titre="Jetons des logiciels"
      fil={[{ libelle: 'Accès', vers: '/acces' }]}
      sousTitre="Un logiciel entre avec un jeton, dans cet organisme seulement, pour des droits et un temps donnés. Il n’approuve jamais."
      actions={<BoutonLien vers="/acces/interface">Adresses et exemples</BoutonLien>}
      action={
        <Bouton
          variante="principal"
          touche="n"
          onClick={() =>
            open({
              titre: 'Nouveau jeton',
              contenu: (
                <Nouveau
                  droits={q.data?.droits ?? []}
                  onFait={(s) => {
                    setSecret(s)
                    close()
                  }}
                />
              ),
            })
          }
        >
          Nouveau jeton
        </Bouton>
      }
    >
      {secret && (
        <Encart etat="attention" titre="Copiez ce jeton maintenant : il ne sera plus montré">
          <p>
            <code className="bq-secret">{secret}</code>
          </p>
          <Bouton
            onClick={async () => {
              await navigator.clipboard.writeText(secret)
              signaler('Le jeton est copié.')
            }}
          >
            Copier
          </Bouton>
        </Encart>
      )}
      <Tableau
        nom="Jetons"
        lignes={q.data?.jetons}
        cle={(j) => j.id}
        colonnes={colonnes}
        erreur={q.data ? null : q.error}
        vide="Aucun logiciel n’a de jeton."
      />
    </Page>
  )
}

function Nouveau({
  droits,
  onFait,
}: {
  droits: readonly { code: string; libelle: string }[]
  onFait: (secret: string) => void
}) {
  const creation = useAction(creerJeton, { invalidates: [listerJetons] })
  const [id] = useState(() => newId<'Jeton'>())
  return (
    <Formulaire
      forme={creerJeton.body}
      initial={{ id, ecriture: false, jours: '90' }}
      libelle="Créer le jeton"
      onEnvoyer={async (body) => onFait((await creation.mutateAsync({ body })).secret)}
    >
      <ChampTexte
        nom="nom"
        libelle="Logiciel"
        aide="À quoi il sert, par exemple « Tableau de bord de la direction »."
        requis
      />
      <ChampChoixMultiple
        nom="droits"
        libelle="Droits"
        choix={droits.map((d) => ({ valeur: d.code, libelle: d.libelle }))}
        requis
      />
      <ChampCase nom="ecriture" libelle="Peut aussi écrire" />
      <ChampNombre nom="jours" libelle="Jours" aide={`De 1 à ${compter(365, 'jour')}.`} requis />
    </Formulaire>
  )
}
