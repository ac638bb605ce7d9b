import '../../ui/paie.css'
import { useEffect } from 'react'
import {
  BarreProgression,
  type Colonne,
  compter,
  deMois,
  Encart,
  Etat,
  EtatVide,
  formatInstant,
  formatNombre,
  type NomEtat,
  Page,
  Tableau,
  useApi,
  useInvalidation,
  useParametres,
  useProgression,
} from '#ui'
import { Chiffre, Chiffres } from '../../dossier/ui/commun/chiffres.tsx'
import { lirePortefeuille, lireProduction, listerProductions, type Production } from '../contract.ts'
import { EtatProduction } from './production.tsx'
import { estFinie, useAdresseSuivi, useSuivreEnLigne } from './suivi-production.ts'

type Ligne = Production['clients'][number]

const ETAPES: Record<Ligne['etape'], { libelle: string; etat: NomEtat; rang: number }> = {
  arret: { libelle: 'Arrêtée', etat: 'bloquant', rang: 0 },
  calcul: { libelle: 'Calcul', etat: 'enAttente', rang: 1 },
  approbation: { libelle: 'Approbation', etat: 'enAttente', rang: 2 },
  edition: { libelle: 'Remise dans les coffres', etat: 'enAttente', rang: 3 },
  attente: { libelle: 'En attente', etat: 'aFaire', rang: 4 },
  fini: { libelle: 'Finie', etat: 'fait', rang: 5 },
}

const total = (lire: (l: Ligne) => number) => (lignes: readonly Ligne[]) => lignes.reduce((n, l) => n + lire(l), 0)
const nombre = (cle: string, titre: string, lire: (l: Ligne) => number): Colonne<Ligne> => ({
  cle,
  titre,
  valeur: (l) => lire(l) || null,
  genre: 'nombre',
  total: total(lire),
})

const colonnes: readonly Colonne<Ligne>[] = [
  { cle: 'nom', titre: 'Collectivité', valeur: (l) => l.nom },
  {
    cle: 'etape',
    titre: 'Étape',
    valeur: (l) => ETAPES[l.etape].libelle,
    rendu: (l) => <Etat etat={ETAPES[l.etape].etat}>{ETAPES[l.etape].libelle}</Etat>,
    filtre: 'choix',
  },
  nombre('agents', 'Agents', (l) => l.agents),
  nombre('calcules', 'Calculés', (l) => l.calcules),
  nombre('edites', 'Remis', (l) => l.edites),
  nombre('anomalies', 'Anomalies', (l) => l.anomalies),
  nombre('bloquantes', 'Bloquantes', (l) => l.bloquantes),
  {
    cle: 'message',
    titre: 'Message',
    valeur: (l) => l.message,
    rendu: (l) => <span className="paie-texte">{l.message}</span>,
  },
]

/** One production, body by body. Its state is the server's: a reload or a restart finds it where it is. */
export default function Avancement() {
  const { production: id } = useParametres<{ production: string }>()
  const url = useAdresseSuivi()
  const invalider = useInvalidation()
  const suivi = useProgression(url(id))
  const q = useApi(lireProduction, { params: { production: id } }, { rafraichir: 2000, garder: false })
  const p = q.data
  useSuivreEnLigne(p)
  const terminee = suivi.progression?.etat === 'fait' || suivi.progression?.etat === 'echec'
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the end
  useEffect(() => {
    if (terminee) void invalider([lireProduction, listerProductions, lirePortefeuille])
  }, [terminee])
  const fil = [
    { libelle: 'Collectivités', vers: '/pex/portefeuille' },
    { libelle: 'Production de la paie', vers: '/pex/production' },
  ]
  if (q.error && !p)
    return (
      <Page titre="Production" fil={fil}>
        <EtatVide titre="Cette production n’a pas pu être lue." etat="attention">
          {q.error.message}
        </EtatVide>
      </Page>
    )
  if (!p)
    return (
      <Page titre="Production" fil={fil}>
        <p className="bq-discret">Lecture de l’avancement…</p>
      </Page>
    )
  const lignes = p.clients.toSorted(
    (a, b) => ETAPES[a.etape].rang - ETAPES[b.etape].rang || a.nom.localeCompare(b.nom, 'fr'),
  )
  const titre = `Production ${deMois(p.mois)}`
  return (
    <Page
      titre={titre}
      fil={fil}
      sousTitre={
        <span className="bq-rangee">
          <EtatProduction production={p} />
          <span>
            Lancée le {formatInstant(p.lanceeLe)} par {p.lanceePar}
            {p.finieLe && `, finie le ${formatInstant(p.finieLe)}`}.
          </span>
        </span>
      }
    >
      {q.error && (
        <Encart etat="attention">
          Le serveur ne répond pas : l’avancement est celui d’il y a un instant. La page reprend d’elle-même.
        </Encart>
      )}
      {estFinie(p) ? (
        <Bilan production={p} />
      ) : (
        <BarreProgression libelle={titre} progression={suivi.progression} relie={suivi.relie} />
      )}
      <Chiffres nom="Avancement">
        <Chiffre libelle="Collectivités finies" note={`sur ${formatNombre(p.collectivites)}`}>
          {formatNombre(p.finies)}
        </Chiffre>
        <Chiffre libelle="Bulletins calculés" note={`sur ${formatNombre(p.agents)}`}>
          {formatNombre(p.calcules)}
        </Chiffre>
        {p.jusqua === 'diffusion' && (
          <Chiffre libelle="Bulletins remis" note={`sur ${formatNombre(p.agents)}`}>
            {formatNombre(p.edites)}
          </Chiffre>
        )}
        {p.arretees > 0 && <Chiffre libelle="Collectivités arrêtées">{formatNombre(p.arretees)}</Chiffre>}
      </Chiffres>
      <Tableau nom="Collectivités de la production" lignes={lignes} cle={(l) => l.client} colonnes={colonnes} />
    </Page>
  )
}

/** The end, in a sentence: what was made, how long it took, what is left. */
function Bilan({ production: p }: { production: Production }) {
  const secondes = Math.round((Date.parse(p.finieLe!) - Date.parse(p.lanceeLe)) / 1000)
  const duree =
    secondes >= 60
      ? `${Math.floor(secondes / 60)} min ${secondes % 60} s`
      : compter(secondes, 'seconde', 'secondes', 'moins d’une seconde')
  const fait = `${compter(p.calcules, 'bulletin calculé', 'bulletins calculés', 'aucun bulletin calculé')}${
    p.jusqua === 'diffusion' ? ` et ${compter(p.edites, 'remis', 'remis', 'aucun remis')}` : ''
  } en ${duree}.`
  const bloquantes = p.clients.reduce((n, c) => n + c.bloquantes, 0)
  const auVisa = p.clients.filter((c) => c.etape === 'approbation').length
  if (p.arretees === 0 && bloquantes === 0 && auVisa === 0)
    return <Encart etat="fait" titre="Tout est fini">{`${fait} Rien ne bloque.`}</Encart>
  if (p.arretees === 0 && bloquantes === 0)
    return (
      <Encart
        etat="enAttente"
        titre={`${compter(auVisa, 'collectivité attend', 'collectivités attendent')} l’approbation`}
      >
        {fait} Leurs bulletins seront remis dans les coffres dès que l’ordonnateur aura approuvé.
      </Encart>
    )
  return (
    <Encart etat="attention" titre="La production est finie, et il reste à faire">
      {fait}{' '}
      {p.arretees > 0 &&
        `${compter(p.arretees, 'collectivité arrêtée', 'collectivités arrêtées')} : leur message dit pourquoi. `}
      {bloquantes > 0 && `${compter(bloquantes, 'anomalie bloquante', 'anomalies bloquantes')} à corriger.`}
    </Encart>
  )
}
