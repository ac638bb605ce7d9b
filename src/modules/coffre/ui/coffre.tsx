import './coffre.css'
import { IconFileZip, IconHistory, IconLock } from '@tabler/icons-react'
import {
  adresse,
  BoutonLien,
  ChampChoix,
  compter,
  Encart,
  EtatVide,
  formatInstant,
  formatMois,
  Lien,
  ListeDetail,
  Montant,
  Page,
  useAller,
  useApi,
  useParametres,
  useRecherche,
} from '#ui'
import { exporterCoffre, listerObjets, NATURES, type Objet } from '../contract.ts'
import { lireFermeture } from '../fermeture/contract.ts'
import { DetailObjet } from './objet.tsx'

/** The safe of the person: her payslips by year, the latest first, whoever employed her. */
export default function Coffre() {
  const { id } = useParametres<{ id?: string }>()
  const [recherche, setRecherche] = useRecherche()
  const aller = useAller()
  const lus = useApi(listerObjets)
  const fermeture = useApi(lireFermeture).data
  const objets = lus.data?.objets
  if (lus.error)
    return (
      <Page titre="Mon coffre">
        <Encart etat="bloquant" titre="Votre coffre n’a pas pu être ouvert">
          {lus.error.message}
        </Encart>
      </Page>
    )
  if (!objets)
    return (
      <Page titre="Mon coffre">
        <p className="bq-discret">Ouverture du coffre…</p>
      </Page>
    )
  if (objets.length === 0 && fermeture?.faiteLe)
    return (
      <Page titre="Mon coffre">
        <EtatVide titre={`Vous avez fermé ce coffre le ${formatInstant(fermeture.faiteLe)}.`}>
          Ses documents sont supprimés. Vos employeurs vous remettent vos bulletins sur papier.
        </EtatVide>
      </Page>
    )
  if (objets.length === 0)
    return (
      <Page titre="Mon coffre">
        <EtatVide titre="Votre coffre est vide pour le moment.">
          Vos bulletins de paie y arriveront dès que votre employeur les aura remis. Ils y resteront, même si vous
          changez d’employeur.
        </EtatVide>
      </Page>
    )

  const suffixe = recherche.employeur ? `?employeur=${recherche.employeur}` : ''
  const choisi = objets.find((o) => o.id === id)
  return (
    <Page
      titre="Mon coffre"
      sousTitre={`${compter(objets.length, 'document')}. Vous seul les voyez ; ils restent à vous si vous changez d’employeur.`}
      actions={
        <>
          <BoutonLien variante="discret" icone={IconHistory} vers="/coffre/journal" portee="personne">
            Journal
          </BoutonLien>
          <BoutonLien variante="discret" icone={IconLock} vers="/coffre/fermeture" portee="personne">
            Fermer
          </BoutonLien>
        </>
      }
      action={
        // a plain link: the browser writes the archive to the disk as it comes
        <a className="bq-bouton" href={adresse(exporterCoffre)} download="mon-coffre.zip">
          <IconFileZip size={18} stroke={1.75} aria-hidden="true" />
          <span>Tout télécharger</span>
        </a>
      }
    >
      {fermeture?.prevueLe && (
        <Encart etat="attention" titre={`Votre coffre fermera le ${formatInstant(fermeture.prevueLe)}`}>
          <Lien vers="/coffre/fermeture" portee="personne">
            Voir ce qui se passera, ou garder le coffre
          </Lien>
        </Encart>
      )}
      {id !== undefined && !choisi && (
        <Encart etat="attention" titre="Ce document n’est pas dans votre coffre">
          Choisissez-en un autre dans la liste.
        </Encart>
      )}
      <ListeDetail
        titre={choisi?.titre ?? 'Document choisi'}
        vide="Choisissez un document pour le lire ici."
        onFermer={() => aller(`/coffre${suffixe}`, { portee: 'personne' })}
        liste={
          <div className="bq-coffre-annees">
            <FiltreEmployeur
              objets={objets}
              valeur={recherche.employeur ?? ''}
              onChange={(employeur) => setRecherche({ employeur })}
            />
            <ListeParAnnee
              objets={objets.filter((o) => !recherche.employeur || o.employeur.id === recherche.employeur)}
              choisi={choisi?.id}
              suffixe={suffixe}
            />
          </div>
        }
        detail={choisi && <DetailObjet key={choisi.id} objet={choisi} />}
      />
    </Page>
  )
}

function FiltreEmployeur({
  objets,
  valeur,
  onChange,
}: {
  objets: readonly Objet[]
  valeur: string
  onChange: (employeur: string) => void
}) {
  const employeurs = new Map(objets.map((o) => [o.employeur.id, o.employeur.nom]))
  if (employeurs.size < 2) return null
  return (
    <ChampChoix
      nom="employeur"
      libelle="N’afficher qu’un employeur"
      effacable
      valeur={valeur}
      onValeur={onChange}
      choix={[...employeurs].map(([id, nom]) => ({ valeur: id, libelle: nom }))}
    />
  )
}

function ListeParAnnee({
  objets,
  choisi,
  suffixe,
}: {
  objets: readonly Objet[]
  choisi: string | undefined
  suffixe: string
}) {
  const annees = Map.groupBy(objets, (o) => o.mois.slice(0, 4))
  return [...annees].map(([annee, documents]) => (
    <section key={annee} aria-label={`Année ${annee}`}>
      <h2 className="bq-coffre-annee">{annee}</h2>
      <ul className="bq-coffre-liste">
        {documents.map((o) => (
          <li key={o.id}>
            <Lien
              vers={`/coffre/${o.id}${suffixe}`}
              portee="personne"
              className="bq-coffre-ligne"
              aria-current={o.id === choisi ? 'true' : undefined}
            >
              <span>
                <strong>{formatMois(o.mois)}</strong>
                <span className="bq-discret">
                  {/* several payslips of a month are told apart by what they are */}
                  {o.nature === 'bulletin' ? o.titre.split(',')[0] : NATURES[o.nature]}, {o.employeur.nom}
                </span>
              </span>
              {o.netAPayer !== null && (
                <span className="bq-coffre-net">
                  <Montant valeur={o.netAPayer} />
                  <span className="bq-discret bq-petit">
                    <br />
                    net à payer
                  </span>
                </span>
              )}
            </Lien>
          </li>
        ))}
      </ul>
    </section>
  ))
}
