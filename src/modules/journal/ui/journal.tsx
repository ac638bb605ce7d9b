import './journal.css'
import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import {
  adresse,
  Bouton,
  ChampJour,
  type Colonne,
  compter,
  Encart,
  formatInstant,
  formatNombre,
  Page,
  Tableau,
  telecharger,
  useAction,
  useApi,
  useEtatTableau,
  useRecherche,
} from '#ui'
import { type EcritureVue, exporter, lireEcritures, verifierChaine } from '../contract.ts'

const colonnes: readonly Colonne<EcritureVue>[] = [
  { cle: 'le', titre: 'Quand', valeur: (e) => e.le, genre: 'instant', tri: false },
  { cle: 'nom', titre: 'Qui', valeur: (e) => (e.via ? `${e.nom}, ${e.via}` : e.nom), tri: false },
  { cle: 'libelle', titre: 'Quoi', valeur: (e) => e.libelle, tri: false },
  { cle: 'objet', titre: 'Sur quoi', valeur: (e) => e.objet, tri: false },
  { cle: 'detail', titre: 'Détail', valeur: (e) => e.detail, tri: false },
  {
    cle: 'genre',
    titre: 'Genre',
    valeur: (e) => (e.genre === 'lectures' ? 'Lecture' : 'Acte'),
    filtre: [
      { valeur: 'actes', libelle: 'Actes' },
      { valeur: 'lectures', libelle: 'Lectures de données de paie ou de santé' },
    ],
    tri: false,
  },
  { cle: 'numero', titre: 'Numéro', valeur: (e) => e.numero, genre: 'nombre', masquee: true, tri: false },
  { cle: 'empreinte', titre: 'Empreinte', valeur: (e) => e.empreinte, masquee: true, tri: false },
]

/** Who did what in this body, and who read its pay: nobody can change it, and the page proves it. */
export default function Journal() {
  const etat = useEtatTableau()
  const [r, setR] = useRecherche()
  const jours = { ...(r.depuis ? { depuis: r.depuis } : {}), ...(r.jusqua ? { jusqua: r.jusqua } : {}) }
  const q = useApi(lireEcritures, { query: { ...etat.query, ...jours } })
  const verification = useAction(verifierChaine, { invalidates: [lireEcritures] })
  const bilan = verification.data
  const scellement = q.data?.scellement
  return (
    <Page
      titre="Journal"
      sousTitre="Ce qui a été fait dans cet organisme, et qui a lu ses données de paie ou de santé. Personne ne peut l’effacer."
      action={
        <>
          <Bouton
            icone={IconDownload}
            touche="x"
            onClick={() => void telecharger(adresse(exporter, {}), 'journal.zip')}
          >
            Exporter avec les preuves
          </Bouton>
          <Bouton
            icone={IconShieldCheck}
            touche="v"
            enCours={verification.isPending}
            onClick={() => verification.mutate({})}
          >
            Vérifier
          </Bouton>
        </>
      }
    >
      {verification.error && (
        <Encart etat="bloquant" titre="La vérification n’a pas abouti">
          {verification.error.message}
        </Encart>
      )}
      {bilan && bilan.ruptures.length === 0 && (
        <Encart etat="fait" titre="Le journal est intact">
          {compter(bilan.ecritures, 'écriture relue', 'écritures relues', 'Aucune écriture à relire')}, dans leur ordre
          : rien n’a été modifié, retiré ni ajouté.
        </Encart>
      )}
      {bilan && bilan.ruptures.length > 0 && (
        <Encart etat="bloquant" titre="Le journal a été modifié">
          <ul>
            {bilan.ruptures.map((x) => (
              <li key={`${x.numero} ${x.message}`}>{x.message}</li>
            ))}
          </ul>
        </Encart>
      )}
      {q.data && (
        <p className="bq-discret">
          {scellement
            ? `Daté par ${new URL(scellement.autorite).host} jusqu’à l’écriture ${formatNombre(scellement.numero)}, le ${formatInstant(scellement.le)}.`
            : 'Aucune autorité d’horodatage n’a encore daté ce journal.'}
        </p>
      )}
      <div className="bq-journal-jours">
        <ChampJour
          libelle="Du"
          passe
          valeur={r.depuis ?? ''}
          onValeur={(v) => setR({ depuis: v || undefined, page: undefined })}
        />
        <ChampJour
          libelle="Au"
          passe
          valeur={r.jusqua ?? ''}
          onValeur={(v) => setR({ jusqua: v || undefined, page: undefined })}
        />
      </div>
      <Tableau
        nom="Journal"
        lignes={q.data?.ecritures}
        cle={(e) => String(e.numero)}
        colonnes={colonnes}
        etat={etat}
        serveur={{ total: q.data?.total ?? 0 }}
        erreur={q.data ? null : q.error}
        vide="Rien dans le journal pour cette recherche."
      />
    </Page>
  )
}
