import { type Colonne, compter, Etat, ListeDetail, Tableau, useApi, useRecherche } from '#ui'
import { LIBELLES_NATURE, listerPieces } from '../../contract.ts'
import { LecteurPiece, type Piece } from '../commun/lecteur.tsx'
import { ETATS_DE_PIECE } from '../commun/libelles.ts'
import { LignesDePiece } from './lignes-de-piece.tsx'
import { TraiterPiece } from './traiter-piece.tsx'

const colonnes: readonly Colonne<Piece>[] = [
  {
    cle: 'nature',
    titre: 'Pièce',
    valeur: (p) => LIBELLES_NATURE[p.nature],
    rendu: (p) => <span className="paie-texte">{LIBELLES_NATURE[p.nature]}</span>,
    filtre: 'choix',
  },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (p) => ETATS_DE_PIECE[p.etat].libelle,
    rendu: (p) => <Etat etat={ETATS_DE_PIECE[p.etat].etat}>{ETATS_DE_PIECE[p.etat].libelle}</Etat>,
    filtre: 'choix',
  },
  {
    cle: 'concerne',
    titre: 'Concerne',
    valeur: (p) => p.concerne.map((c) => c.nom).join(', ') || 'Tous',
    rendu: (p) => <span className="paie-texte">{p.concerne.map((c) => c.nom).join(', ') || 'Tous'}</span>,
  },
  { cle: 'numero', titre: 'N°', valeur: (p) => p.numero, genre: 'nombre', masquee: true },
  { cle: 'libelle', titre: 'Libellé', valeur: (p) => p.libelle, masquee: true },
  { cle: 'effet', titre: 'Effet', valeur: (p) => p.effet, genre: 'jour', masquee: true },
  { cle: 'depose', titre: 'Déposée le', valeur: (p) => p.deposeLe, genre: 'instant', masquee: true },
]

/** Papers of the month: the list, and beside it the one that is read, with what to answer. */
export function OngletPieces({ mois }: { mois: string }) {
  const [r, setR] = useRecherche()
  const q = useApi(listerPieces, { params: { mois } })
  const pieces = q.data?.pieces
  const ouverte = pieces?.find((p) => p.id === r.piece)
  const attendues = q.data?.attendues ?? []
  const arrivees = q.data?.arrivees ?? []
  return (
    <div className="bq-pile">
      {attendues.length > 0 && (
        <details>
          <summary>
            {compter(attendues.length, 'pièce attendue n’est pas arrivée', 'pièces attendues ne sont pas arrivées')}
          </summary>
          <ul className="paie-phrases">
            {attendues.map((a) => (
              <li key={a.cle}>
                {a.libelle} <span className="bq-discret">— {a.motif}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {arrivees.length > 0 && (
        <details>
          <summary>{compter(arrivees.length, 'pièce attendue est arrivée', 'pièces attendues sont arrivées')}</summary>
          <ul className="paie-phrases">
            {arrivees.map((a) => (
              <li key={a.cle}>
                {a.libelle}{' '}
                <button type="button" className="bq-lien" onClick={() => setR({ piece: a.pieceId })}>
                  n° {a.numero}
                </button>{' '}
                <span className="bq-discret">— {a.motif}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <ListeDetail
        titre="Pièce choisie"
        onFermer={() => setR({ piece: undefined })}
        vide="Choisissez une pièce pour la lire ici ; les flèches passent à la suivante."
        liste={
          <Tableau
            nom="Pièces du mois"
            lignes={pieces}
            cle={(p) => p.id}
            colonnes={colonnes}
            onOuvrir={(p) => setR({ piece: p.id })}
            ouverte={r.piece}
            erreur={q.data ? null : q.error}
            vide="Aucune pièce déposée pour ce mois. La collectivité dépose les siennes depuis son dossier du mois."
          />
        }
        detail={
          ouverte && (
            <div className="bq-pile">
              <TraiterPiece
                key={ouverte.id}
                piece={ouverte}
                versAgent={(c) => `/paie/gestion/${mois}/agents/${c}?vue=pieces&piece=${ouverte.id}`}
              />
              <LecteurPiece piece={ouverte} />
              <LignesDePiece mois={mois} piece={ouverte.id} />
            </div>
          )
        }
      />
    </div>
  )
}
