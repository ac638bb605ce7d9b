import './echanges.css'
import { useState } from 'react'
import {
  adresse,
  Bouton,
  type Colonne,
  Confirmation,
  Encart,
  Etat,
  type NomEtat,
  Page,
  signaler,
  Tableau,
  telecharger,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import { nomDePieces } from '../../execution/contract.ts'
import {
  type FluxVue,
  genererFlux,
  lireEchanges,
  remettreFlux,
  simulerReponse,
  telechargerFlux,
} from '../http/contract.ts'

export const ETATS_FLUX: Record<FluxVue['etat'], NomEtat> = {
  aCorriger: 'bloquant',
  pret: 'aFaire',
  remplace: 'enAttente',
  remis: 'enAttente',
  accepte: 'fait',
  refuse: 'bloquant',
}
const invalide = { invalidates: [lireEchanges] }
const params = (f: FluxVue) => ({ params: { flux: f.id as never } })

/** What a flux allows now: take its file, say that it has left, write it again. */
export function ActesFlux({ f }: { f: FluxVue }) {
  const [demande, setDemande] = useState(false)
  const remise = useAction(remettreFlux, invalide)
  const generation = useAction(genererFlux, invalide)
  const simulation = useAction(simulerReponse, {
    ...invalide,
    onFait: ({ appliques }) => signaler(`Le comptable simulé a répondu : ${appliques} changements.`),
  })
  return (
    <div className="ech-actes">
      <Bouton onClick={() => telecharger(adresse(telechargerFlux, params(f)), `${f.nom}.xml`)}>Télécharger</Bouton>
      {f.actes.includes('regenerer') && (
        <Bouton
          enCours={generation.isPending}
          onClick={() => generation.mutate({ params: { bordereau: f.bordereauId as never } })}
        >
          Générer à nouveau
        </Bouton>
      )}
      {f.actes.includes('remettre') && (
        <Bouton variante="principal" onClick={() => setDemande(true)}>
          Remis au comptable
        </Bouton>
      )}
      {f.actes.includes('simuler') && (
        <Bouton enCours={simulation.isPending} onClick={() => simulation.mutate(params(f))}>
          Simuler la réponse
        </Bouton>
      )}
      {demande && (
        <Confirmation
          ouverte
          titre={`Remettre le bordereau n° ${f.bordereau} au comptable`}
          verbe="Remis"
          onConfirmer={() => remise.mutateAsync(params(f))}
          onFermer={() => setDemande(false)}
        >
          Déposez le fichier {f.nom}.xml sur le portail de la DGFiP ou chez votre tiers de télétransmission, puis
          confirmez. Le bordereau ne pourra plus changer.
        </Confirmation>
      )}
    </div>
  )
}

const nomBordereau = (f: FluxVue) => `${nomDePieces(f)} n° ${f.bordereau}`

const colonnes: readonly Colonne<FluxVue>[] = [
  {
    cle: 'bordereau',
    titre: 'Bordereau',
    valeur: nomBordereau,
  },
  { cle: 'exercice', titre: 'Exercice', valeur: (f) => String(f.exercice), filtre: 'choix' },
  { cle: 'budget', titre: 'Budget', valeur: (f) => f.budget, filtre: 'choix' },
  { cle: 'pieces', titre: 'Pièces', valeur: (f) => f.pieces, genre: 'nombre' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (f) => f.libelleEtat,
    rendu: (f) => <Etat etat={ETATS_FLUX[f.etat]}>{f.libelleEtat}</Etat>,
    filtre: 'choix',
  },
  { cle: 'genere', titre: 'Généré le', valeur: (f) => f.genereLe, genre: 'instant' },
  { cle: 'remis', titre: 'Remis le', valeur: (f) => f.remisLe, genre: 'instant' },
  { cle: 'repondu', titre: 'Répondu le', valeur: (f) => f.reponduLe, genre: 'jour' },
  { cle: 'nom', titre: 'Fichier', valeur: (f) => f.nom, masquee: true },
  { cle: 'par', titre: 'Généré par', valeur: (f) => f.genereParNom, masquee: true },
  { cle: 'version', titre: 'Version', valeur: (f) => f.version, masquee: true },
]

export default function Flux() {
  const q = useApi(lireEchanges)
  const panneau = usePanneau()
  return (
    <Page titre="Flux envoyés" fil={[{ libelle: 'Échanges', vers: '/finances/echanges' }]}>
      <Tableau
        nom="Flux"
        lignes={q.data?.flux}
        cle={(f) => f.id}
        colonnes={colonnes}
        onOuvrir={(f) => panneau.open({ titre: nomBordereau(f), contenu: <Detail f={f} /> })}
        erreur={q.data ? null : q.error}
        vide="Aucun flux. Le premier naîtra d’un bordereau signé."
      />
    </Page>
  )
}

function Detail({ f }: { f: FluxVue }) {
  return (
    <div className="bq-pile">
      <div className="bq-rangee">
        <Etat etat={ETATS_FLUX[f.etat]}>{f.libelleEtat}</Etat>
      </div>
      <p className="bq-discret">Fichier {f.nom}</p>
      {f.motif && <Encart etat={f.etat === 'refuse' ? 'bloquant' : 'attention'}>{f.motif}</Encart>}
      {f.anomalies.length === 0 ? (
        <p>Les contrôles n’ont rien relevé.</p>
      ) : (
        <ul>
          {f.anomalies.map((a) => (
            <li key={a.code + a.message}>
              {a.bloquante ? '' : 'Signalé : '}
              {a.message}
            </li>
          ))}
        </ul>
      )}
      <ActesFlux f={f} />
    </div>
  )
}
