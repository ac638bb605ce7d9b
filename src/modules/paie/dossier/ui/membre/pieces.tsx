import {
  type Colonne,
  Etat,
  hasDroit,
  Tableau,
  useApi,
  useInvalidation,
  useOrganisme,
  useRecherche,
  useSession,
} from '#ui'
import { LIBELLES_NATURE, lirePiece, listerPieces } from '../../contract.ts'
import { useDepot } from './depot/depot.ts'
import { creerLigne, type Piece } from './depot/lignes.ts'
import { ListeEtDetail } from './liste-et-detail.tsx'
import { ETATS_DE_PIECE } from './phrases.ts'
import { DetailPiece } from './piece.tsx'

const qui = (p: Piece) =>
  p.concerne.length === 0
    ? 'Tout l’organisme'
    : p.concerne.length > 2
      ? `${p.concerne[0]!.nom} et ${p.concerne.length - 1} autres`
      : p.concerne.map((c) => c.nom).join(', ')

const colonnes: readonly Colonne<Piece>[] = [
  { cle: 'numero', titre: 'N°', valeur: (p) => String(p.numero), largeur: '64px' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (p) => ETATS_DE_PIECE[p.etat].mot,
    rendu: (p) => <Etat etat={ETATS_DE_PIECE[p.etat].etat}>{ETATS_DE_PIECE[p.etat].mot}</Etat>,
    filtre: 'choix',
  },
  { cle: 'libelle', titre: 'Libellé', valeur: (p) => p.libelle },
  {
    cle: 'qui',
    titre: 'Concerne',
    valeur: (p) => p.concerne.map((c) => c.nom).join(', ') || 'Tout l’organisme',
    rendu: qui,
  },
  { cle: 'deposeLe', titre: 'Déposée le', genre: 'instant', valeur: (p) => p.deposeLe },
  { cle: 'nature', titre: 'Nature', valeur: (p) => LIBELLES_NATURE[p.nature], filtre: 'choix' },
  { cle: 'effet', titre: 'Effet', genre: 'jour', valeur: (p) => p.effet },
  { cle: 'motif', titre: 'Motif', valeur: (p) => p.motif },
  { cle: 'deposePar', titre: 'Par', valeur: (p) => p.deposePar, masquee: true },
  { cle: 'empreinte', titre: 'SHA-256', valeur: (p) => p.empreinte, masquee: true },
]

/** The papers of the month with what became of each; one of them open beside. */
export function Pieces({ mois }: { mois: string }) {
  const vue = useSession()
  const organisme = useOrganisme()
  const lues = useApi(listerPieces, { params: { mois } })
  const [recherche, setRecherche] = useRecherche()
  const depot = useDepot(organisme.id, mois)
  const invalider = useInvalidation()
  const pieces = lues.data?.pieces
  const duMois = pieces?.find((p) => p.id === recherche.piece)
  // a lasting paper was deposited long before the month that it justifies
  const ailleurs = useApi(
    lirePiece,
    { params: { piece: recherche.piece ?? '' } },
    { actif: recherche.piece !== undefined && pieces !== undefined && !duMois },
  )
  const ouverte = duMois ?? (ailleurs.data?.id === recherche.piece ? ailleurs.data : undefined)
  const tableau = (
    <Tableau
      nom="Pièces déposées"
      lignes={pieces}
      cle={(p) => p.id}
      colonnes={ouverte ? colonnes.slice(0, 3) : colonnes}
      erreur={lues.error}
      vide="Aucune pièce n’est déposée pour ce mois. Glissez vos fichiers dans la zone ci-dessus."
      onOuvrir={(p) => setRecherche({ piece: p.id })}
      ouverte={ouverte?.id}
    />
  )
  return (
    <ListeEtDetail
      liste={tableau}
      titre={ouverte ? `Pièce n° ${ouverte.numero}` : 'Pièce'}
      onFermer={() => setRecherche({ piece: undefined })}
      detail={
        ouverte && (
          <DetailPiece
            key={ouverte.id}
            piece={ouverte}
            peutDeposer={hasDroit(vue, 'pieces.deposer')}
            onFermer={() => setRecherche({ piece: undefined })}
            onRemplacer={(fichiers) => {
              depot.ajouter(fichiers.map((f) => creerLigne(f, [], ouverte)))
              setRecherche({ piece: undefined })
              void invalider([listerPieces])
              requestAnimationFrame(() => document.querySelector('.bq-membre-depot')?.scrollIntoView())
            }}
          />
        )
      }
    />
  )
}
