import { adresse, deMois, Etat, formatInstant, formatJour, formatOctets, useOrganisme, VisionneuseDocument } from '#ui'
import { LIBELLES_NATURE, lireContenuPiece, type zPiece } from '../../contract.ts'
import { ETATS_DE_PIECE } from './libelles.ts'

export type Piece = (typeof zPiece)['_output']

/** A deposited document, read where the work is done, with what its depositor said of it. */
export function LecteurPiece({ piece: p }: { piece: Piece }) {
  const organisme = useOrganisme()
  const etat = ETATS_DE_PIECE[p.etat]
  return (
    <article className="bq-pile" aria-label={`Pièce n° ${p.numero}`}>
      <header className="bq-pile-serree">
        <div className="bq-rangee">
          <h2>
            {LIBELLES_NATURE[p.nature]} — {p.libelle}
          </h2>
          <Etat etat={etat.etat}>{etat.libelle}</Etat>
        </div>
        <p className="bq-discret">
          {p.concerne.length > 0 ? p.concerne.map((c) => c.nom).join(', ') : 'Toute la collectivité'}
          {p.effet && ` · effet au ${formatJour(p.effet)}`} · n° {p.numero}, déposée le {formatInstant(p.deposeLe)} par{' '}
          {p.deposePar} ({formatOctets(p.taille)}) · {p.conservation}
        </p>
        {p.motif && <p>Motif : {p.motif}</p>}
        {(p.priseEnCompte || p.rappel || p.remplacePiece) && (
          <p>
            {p.priseEnCompte && `Prise en compte dans la paie ${deMois(p.priseEnCompte)}. `}
            {p.rappel && `À régler par un rappel avec la paie ${deMois(p.rappel)}. `}
            {p.remplacePiece && `Remplace la pièce n° ${p.remplacePiece.numero}.`}
          </p>
        )}
      </header>
      <VisionneuseDocument
        url={adresse(lireContenuPiece, { params: { piece: p.id }, query: { organisme: organisme.id } })}
        nom={p.nomFichier}
        hauteur="56dvh"
      />
    </article>
  )
}
