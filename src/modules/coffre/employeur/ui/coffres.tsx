import '../../ui/coffre.css'
import { IconDownload, IconMailForward } from '@tabler/icons-react'
import { useState } from 'react'
import { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  alerter,
  aujourdhuiAParis,
  Bouton,
  ChampJour,
  type Colonne,
  Confirmation,
  compter,
  Encart,
  Etat,
  Formulaire,
  formatInstant,
  formatJour,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  telecharger,
  telechargerPar,
  useAction,
  useApi,
  useInvalidation,
  useRecherche,
} from '#ui'
import {
  ACCES,
  editerLettres,
  exporterPapier,
  leverOpposition,
  listerTitulaires,
  noterOpposition,
  type TitulaireVu,
} from '../contract.ts'

const GENRES = {
  ouvert: 'fait',
  invite: 'enAttente',
  sansAcces: 'aFaire',
  papier: 'attention',
  ferme: 'attention',
  gele: 'attention',
} as const

const colonnes: readonly Colonne<TitulaireVu>[] = [
  { cle: 'nom', titre: 'Agent', valeur: (t) => `${t.nom} ${t.prenom}`.trim() },
  {
    cle: 'etat',
    titre: 'Accès au coffre',
    valeur: (t) => ACCES[t.etat],
    rendu: (t) => <Etat etat={GENRES[t.etat]}>{ACCES[t.etat]}</Etat>,
    filtre: 'choix',
  },
  { cle: 'documents', titre: 'Documents', valeur: (t) => t.documents, genre: 'nombre' },
  { cle: 'dernierMois', titre: 'Dernier mois', valeur: (t) => t.dernierMois, genre: 'mois' },
]

/** Who reaches his safe, who waits for a letter, who wants paper. */
export default function CoffresDesAgents() {
  const lus = useApi(listerTitulaires)
  const invalider = useInvalidation()
  const [r, setR] = useRecherche()
  const [confirmer, setConfirmer] = useState(false)
  const titulaires = lus.data?.titulaires
  const sans = titulaires?.filter((t) => t.etat === 'sansAcces') ?? []
  const choisi = titulaires?.find((t) => t.personneId === r.agent)
  const lettres = async (personnes: readonly string[]) => {
    await telechargerPar(editerLettres, { body: { personnes: [...personnes] } }, 'lettres-d-acces.pdf')
    signaler(`${compter(personnes.length, 'lettre éditée', 'lettres éditées')} : remettez chacune sous pli.`)
    await invalider([listerTitulaires])
  }
  return (
    <Page
      titre="Coffres des agents"
      sousTitre="Chaque agent ouvre le sien avec une lettre. Vous ne voyez jamais ce qu’il contient."
      actions={
        <Bouton
          variante="discret"
          icone={IconDownload}
          onClick={() => void telecharger(adresse(exporterPapier, {}), 'demandes-de-papier.csv')}
        >
          Demandes de papier
        </Bouton>
      }
      action={
        sans.length > 0 && (
          <Bouton variante="principal" icone={IconMailForward} touche="l" onClick={() => setConfirmer(true)}>
            Éditer les lettres ({sans.length})
          </Bouton>
        )
      }
    >
      {lus.error && (
        <Encart etat="bloquant" titre="La liste n’a pas pu être lue">
          {lus.error.message}
        </Encart>
      )}
      <ListeDetail
        titre={choisi ? `${choisi.prenom} ${choisi.nom}` : 'Agent choisi'}
        vide="Choisissez un agent pour lui remettre une lettre ou noter qu’il veut du papier."
        onFermer={() => setR({ agent: undefined })}
        liste={
          <Tableau
            nom="Coffres des agents"
            lignes={titulaires}
            cle={(t) => t.personneId}
            colonnes={colonnes}
            vide="Aucun bulletin n’a encore été remis."
            onOuvrir={(t) => setR({ agent: t.personneId })}
            {...(choisi ? { ouverte: choisi.personneId } : {})}
          />
        }
        detail={choisi && <UnAgent key={choisi.personneId} t={choisi} onLettre={() => lettres([choisi.personneId])} />}
      />
      <Confirmation
        ouverte={confirmer}
        titre="Éditer les lettres d’accès"
        verbe="Éditer"
        onConfirmer={() => lettres(sans.map((t) => t.personneId))}
        onFermer={() => setConfirmer(false)}
      >
        {compter(sans.length, 'agent n’a', 'agents n’ont')} pas encore d’accès. Le fichier porte une page par agent,
        avec un code qui ne sert qu’une fois : imprimez-le, mettez chaque page sous pli, puis effacez-le.
      </Confirmation>
    </Page>
  )
}

const formeOpposition = z.object({
  recueLe: noterOpposition.body.shape.recueLe,
  effetLe: noterOpposition.body.shape.effetLe,
})

function UnAgent({ t, onLettre }: { t: TitulaireVu; onLettre: () => Promise<void> }) {
  const note = useAction(noterOpposition, { invalidates: [listerTitulaires] })
  const levee = useAction(leverOpposition, { invalidates: [listerTitulaires] })
  const [enCours, setEnCours] = useState(false)
  const aujourdhui = aujourdhuiAParis()
  const lettre = async () => {
    setEnCours(true)
    try {
      await onLettre()
    } catch (e) {
      alerter('La lettre n’a pas pu être éditée', (e as Error).message)
    } finally {
      setEnCours(false)
    }
  }
  const lever = () =>
    void levee
      .mutateAsync({ params: { opposition: t.opposition!.id }, body: { leveeLe: aujourdhui } })
      .then(() => signaler('L’agent recevra de nouveau ses bulletins dans son coffre.'))
      .catch((e: Error) => alerter('La demande n’a pas été levée', e.message))
  return (
    <div className="bq-pile">
      <h2>
        {t.prenom} {t.nom}
      </h2>
      {t.etat === 'ouvert' && <p>Son coffre est ouvert, à son adresse personnelle ou à celle de son travail.</p>}
      {t.inviteeLe && t.etat !== 'ouvert' && (
        <p>
          Une lettre a été éditée le {formatInstant(t.inviteeLe)}. Une nouvelle la remplacerait : le code de la première
          ne vaudrait plus rien.
        </p>
      )}
      {(t.etat === 'sansAcces' || t.etat === 'invite') && (
        <div>
          <Bouton icone={IconMailForward} enCours={enCours} onClick={() => void lettre()}>
            {t.inviteeLe ? 'Éditer une nouvelle lettre' : 'Éditer sa lettre'}
          </Bouton>
        </div>
      )}
      {t.etat === 'ferme' ? (
        <Encart etat="attention" titre="Ce coffre ne reçoit plus rien">
          Il est fermé. Imprimez le double de ses bulletins ; vos reçus restent valables.
        </Encart>
      ) : t.etat === 'gele' ? (
        <Encart etat="attention" titre="Ce coffre ne reçoit plus rien">
          L’agence l’a gelé : le décès de son titulaire lui a été déclaré. Imprimez le double du solde de ses bulletins
          ; l’agence remet le contenu du coffre aux héritiers ou au notaire.
        </Encart>
      ) : t.opposition ? (
        <>
          <Encart etat="attention" titre="Cet agent demande des bulletins sur papier">
            Demande reçue le {formatJour(t.opposition.recueLe)}, effet le {formatJour(t.opposition.effetLe)}. Depuis
            cette date, rien n’est plus déposé dans son coffre : imprimez le double de ses bulletins.
          </Encart>
          <div>
            <Bouton enCours={levee.isPending} onClick={lever}>
              Il accepte de nouveau l’électronique
            </Bouton>
          </div>
        </>
      ) : (
        <>
          <h3>Il demande des bulletins sur papier</h3>
          <Formulaire
            forme={formeOpposition}
            libelle="Noter la demande"
            initial={{ recueLe: aujourdhui, effetLe: aujourdhui }}
            onEnvoyer={async (body) => {
              await note.mutateAsync({ body: { ...body, id: newId<'Opposition'>(), personneId: t.personneId } })
              signaler('La demande est notée.')
            }}
          >
            <ChampJour nom="recueLe" libelle="Demande reçue le" requis />
            <ChampJour nom="effetLe" libelle="Effet le" aide="Trois mois après la demande, au plus tard." requis />
          </Formulaire>
        </>
      )}
    </div>
  )
}
