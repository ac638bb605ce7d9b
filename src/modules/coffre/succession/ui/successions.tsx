import '../../ui/coffre.css'
import { IconDownload, IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import {
  adresse,
  alerter,
  Bouton,
  ChampTexteLong,
  Chronologie,
  type Colonne,
  Confirmation,
  Encart,
  Etat,
  type Fait,
  Formulaire,
  formatInstant,
  formatJour,
  ListeDetail,
  type NomEtat,
  Page,
  signaler,
  Tableau,
  telecharger,
  useAction,
  useApi,
  useInvalidation,
  usePanneau,
  useRecherche,
} from '#ui'
import {
  deciderRemise,
  ETATS,
  type EtatSuccession,
  leverDeces,
  lirePreuve,
  listerSuccessions,
  QUALITES,
  type Remise,
  type Succession,
  telechargerRemise,
} from '../contract.ts'
import { Declaration } from './declarer.tsx'
import { Preparation } from './preparer.tsx'

const GENRES: Record<EtatSuccession, NomEtat> = {
  gele: 'enAttente',
  aDecider: 'aFaire',
  aRemettre: 'aFaire',
  remis: 'enAttente',
  ferme: 'fait',
  levee: 'fait',
}

const colonnes: readonly Colonne<Succession>[] = [
  { cle: 'nom', titre: 'Titulaire', valeur: (s) => s.nom },
  {
    cle: 'etat',
    titre: 'Coffre',
    valeur: (s) => ETATS[s.etat],
    rendu: (s) => <Etat etat={GENRES[s.etat]}>{ETATS[s.etat]}</Etat>,
    filtre: 'choix',
  },
  { cle: 'decedeeLe', titre: 'Décès', valeur: (s) => s.decedeeLe, genre: 'jour' },
  { cle: 'declareeLe', titre: 'Déclaré le', valeur: (s) => s.declareeLe, genre: 'instant' },
]

const APRES = { invalidates: [listerSuccessions] }

/** Safes frozen by a death: what waits for proof, for a second person, for the day of the closing. */
export default function Successions() {
  const lues = useApi(listerSuccessions)
  const [r, setR] = useRecherche()
  const { open, close } = usePanneau()
  const choisie = lues.data?.successions.find((s) => s.id === r.succession)
  return (
    <Page
      titre="Successions"
      sousTitre="Le coffre d’une personne décédée est gelé. Ses documents sont remis aux héritiers ou au notaire par deux personnes de l’agence."
      action={
        <Bouton
          variante="principal"
          icone={IconUserOff}
          touche="d"
          onClick={() =>
            open({
              titre: 'Déclarer un décès',
              contenu: (
                <Declaration
                  onFait={(id) => {
                    close()
                    setR({ succession: id })
                  }}
                />
              ),
            })
          }
        >
          Déclarer un décès
        </Bouton>
      }
    >
      <ListeDetail
        titre={choisie?.nom ?? 'Succession choisie'}
        vide="Choisissez un coffre pour voir ce qu’il attend."
        onFermer={() => setR({ succession: undefined })}
        liste={
          <Tableau
            nom="Successions"
            lignes={lues.data?.successions}
            cle={(s) => s.id}
            colonnes={colonnes}
            erreur={lues.data ? null : lues.error}
            vide="Aucun décès n’a été déclaré."
            onOuvrir={(s) => setR({ succession: s.id })}
            {...(choisie ? { ouverte: choisie.id } : {})}
          />
        }
        detail={choisie && <UneSuccession key={choisie.id} s={choisie} />}
      />
    </Page>
  )
}

function faitsOf(s: Succession): Fait[] {
  const faits: Fait[] = [
    { id: 'deces', instant: s.declareeLe, qui: s.declareePar, quoi: `Décès déclaré, coffre gelé : ${s.motif}` },
  ]
  for (const r of s.remises) {
    const a = `${r.beneficiaire} (${QUALITES[r.qualite].toLowerCase()})`
    faits.push({
      id: `p${r.id}`,
      instant: r.prepareeLe,
      qui: r.prepareePar,
      quoi: `Remise à ${a} préparée : ${r.motif}`,
    })
    if (r.decideeLe)
      faits.push({
        id: `d${r.id}`,
        instant: r.decideeLe,
        qui: r.decideePar!,
        quoi: r.refusMotif ? `Remise à ${a} refusée : ${r.refusMotif}` : `Remise à ${a} accordée`,
      })
    if (r.remiseLe) faits.push({ id: `r${r.id}`, instant: r.remiseLe, qui: 'Agence', quoi: `Documents remis à ${a}` })
  }
  if (s.levee)
    faits.push({ id: 'levee', instant: s.levee.le, qui: s.levee.par, quoi: `Coffre rendu : ${s.levee.motif}` })
  if (s.fermeeLe)
    faits.push({ id: 'fin', instant: s.fermeeLe, qui: 'Bosquet', quoi: 'Coffre fermé, documents supprimés' })
  return faits.sort((a, b) => b.instant.localeCompare(a.instant))
}

function UneSuccession({ s }: { s: Succession }) {
  const { open, close } = usePanneau()
  const estGelee = s.levee === null && s.fermeeLe === null
  return (
    <div className="bq-pile">
      <h2>{s.nom}</h2>
      <p>
        Décès du {formatJour(s.decedeeLe)}.{' '}
        <a
          className="bq-lien"
          href={adresse(lirePreuve, { params: { document: s.documentId } })}
          target="_blank"
          rel="noreferrer"
        >
          Acte de décès
        </a>
      </p>
      {estGelee && s.fermeturePrevueLe && (
        <Encart etat="attention" titre={`Ce coffre fermera le ${formatInstant(s.fermeturePrevueLe)}`}>
          Ses documents seront alors supprimés. Jusque-là, une autre remise peut encore être préparée.
        </Encart>
      )}
      {s.remises
        .filter((r) => r.etat !== 'refusee')
        .map((r) => (
          <UneRemise key={r.id} r={r} estGelee={estGelee} />
        ))}
      {estGelee && (
        <div className="bq-rangee">
          <Bouton
            variante={s.remises.some((r) => r.etat !== 'refusee') ? 'normal' : 'principal'}
            onClick={() =>
              open({ titre: 'Préparer une remise', contenu: <Preparation succession={s.id} onFait={close} /> })
            }
          >
            Préparer une remise
          </Bouton>
          <Bouton
            variante="grave"
            onClick={() => open({ titre: 'Rendre le coffre', contenu: <Levee succession={s.id} onFait={close} /> })}
          >
            C’était une erreur
          </Bouton>
        </div>
      )}
      <h3>Ce qui a été fait</h3>
      <Chronologie faits={faitsOf(s)} />
    </div>
  )
}

function UneRemise({ r, estGelee }: { r: Remise; estGelee: boolean }) {
  const decision = useAction(deciderRemise, APRES)
  const invalider = useInvalidation()
  const [confirmer, setConfirmer] = useState(false)
  const { open, close } = usePanneau()
  const prendre = async () => {
    try {
      await telecharger(adresse(telechargerRemise, { params: { remise: r.id } }), `remise-${r.id}.zip`)
      await invalider([listerSuccessions])
    } catch (e) {
      alerter('L’archive n’a pas été faite', (e as Error).message)
    }
  }
  return (
    <Encart etat={r.etat === 'remise' ? 'fait' : 'attention'} titre={`${QUALITES[r.qualite]} : ${r.beneficiaire}`}>
      <p>
        {r.motif}{' '}
        <a
          className="bq-lien"
          href={adresse(lirePreuve, { params: { document: r.documentId } })}
          target="_blank"
          rel="noreferrer"
        >
          Preuve de sa qualité
        </a>
      </p>
      {r.etat === 'aDecider' && r.estDeMoi && <p>Vous l’avez préparée : une autre personne de l’agence en décide.</p>}
      {estGelee && r.etat === 'aDecider' && !r.estDeMoi && (
        <div className="bq-rangee">
          <Bouton variante="principal" onClick={() => setConfirmer(true)}>
            Accorder la remise
          </Bouton>
          <Bouton onClick={() => open({ titre: 'Refuser la remise', contenu: <Refus remise={r.id} onFait={close} /> })}>
            Refuser
          </Bouton>
        </div>
      )}
      {estGelee && (r.etat === 'accordee' || r.etat === 'remise') && (
        <Bouton icone={IconDownload} onClick={() => void prendre()}>
          Télécharger l’archive à remettre
        </Bouton>
      )}
      <Confirmation
        ouverte={confirmer}
        titre={`Remettre les documents à ${r.beneficiaire} ?`}
        verbe="Accorder la remise"
        onConfirmer={async () => {
          await decision.mutateAsync({ params: { remise: r.id }, body: { accord: true } })
          signaler('La remise est accordée.')
        }}
        onFermer={() => setConfirmer(false)}
      >
        Vous avez vérifié l’acte de décès et la preuve de sa qualité. L’archive pourra être téléchargée, et le coffre
        fermera dans trente jours.
      </Confirmation>
    </Encart>
  )
}

const formeMotif = leverDeces.body

function Levee({ succession, onFait }: { succession: string; onFait: () => void }) {
  const levee = useAction(leverDeces, APRES)
  return (
    <Formulaire
      forme={formeMotif}
      libelle="Rendre le coffre"
      onEnvoyer={async (body) => {
        await levee.mutateAsync({ params: { succession }, body })
        signaler('Le coffre est rendu à son titulaire.')
        onFait()
      }}
    >
      <ChampTexteLong nom="motif" libelle="Quelle était l’erreur" aide="Inscrit aux deux journaux." requis />
    </Formulaire>
  )
}

function Refus({ remise, onFait }: { remise: string; onFait: () => void }) {
  const decision = useAction(deciderRemise, APRES)
  return (
    <Formulaire
      forme={formeMotif}
      libelle="Refuser la remise"
      onEnvoyer={async ({ motif }) => {
        await decision.mutateAsync({ params: { remise }, body: { accord: false, motif } })
        signaler('La remise est refusée.')
        onFait()
      }}
    >
      <ChampTexteLong nom="motif" libelle="Pourquoi" requis />
    </Formulaire>
  )
}
