import { deMois, formatMois, Lien, Montant, useApi } from '#ui'
import { listerLignesDePiece } from '../../contract.ts'

/** The payslip lines that a paper justifies: one press goes to the payslip. */
export function LignesDePiece({ mois, piece }: { mois: string; piece: string }) {
  const q = useApi(listerLignesDePiece, { params: { piece } })
  const lignes = q.data?.lignes ?? []
  if (lignes.length === 0)
    return q.data ? <p className="bq-discret">Aucune ligne de bulletin ne s’appuie encore sur cette pièce.</p> : null
  return (
    <section className="bq-pile-serree" aria-labelledby="lignes-piece">
      <h2 id="lignes-piece">Ce qu’elle justifie</h2>
      <ul className="paie-textes">
        {lignes.map((l) => (
          <li key={`${l.mois}${l.carriereId}${l.ligne}`} className="paie-texte-tete">
            <Lien
              vers={`/paie/gestion/${l.mois}/agents/${l.carriereId}`}
              aria-label={`${l.libelle}, bulletin ${deMois(l.mois)} de ${l.nom}`}
            >
              {l.libelle}
            </Lien>
            <span className="bq-discret">
              {l.nom}
              {l.mois !== mois && `, ${formatMois(l.mois)}`}
            </span>
            <Montant valeur={l.montant} />
          </li>
        ))}
      </ul>
    </section>
  )
}
