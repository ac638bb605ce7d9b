import { Encart, Etat, formatJour, formatMontant, Lien, Pourquoi, useApi } from '#ui'
import { expliquerLigne } from '../../contract.ts'
import { lireTaux } from './libelles.ts'

/** Why this line of this payslip: the sentence, the base, the rate, the dated text, the paper, the rule. */
export function PourquoiLigne({
  mois,
  carriere,
  ligne,
  rang,
  versPiece,
}: {
  mois: string
  carriere: string
  ligne: number
  /** Production of the month whose payslip it is. */
  rang: number
  /** Page that shows a supporting document, where the reader has one. */
  versPiece?: (pieceId: string) => string
}) {
  const q = useApi(expliquerLigne, { params: { mois, carriere }, query: { ligne, rang } }, { garder: false })
  if (q.error)
    return (
      <Encart etat="attention" titre="L’explication n’a pas pu être lue">
        {q.error.message}
      </Encart>
    )
  if (!q.data) return <p className="bq-discret">Recherche de la règle…</p>
  const e = q.data
  return (
    <div className="bq-pile">
      <h3>{e.titre}</h3>
      <Pourquoi
        explication={{
          phrase: e.phrases[0] ?? e.titre,
          ...(e.composantes.length > 0
            ? { calcul: e.composantes.map((c) => ({ libelle: c.libelle, valeur: formatMontant(c.montant) })) }
            : {}),
        }}
      >
        {e.phrases.slice(1).map((p) => (
          <p key={p}>{p}</p>
        ))}
        {e.parametres.length > 0 && (
          <section className="bq-pile-serree">
            <h3>Selon quel texte</h3>
            <ul className="paie-textes">
              {e.parametres.map((p) => (
                <li key={p.code}>
                  <div className="paie-texte-tete">
                    <span>{p.libelle}</span>
                    <strong className="bq-chiffres">{lireTaux(p.valeur)}</strong>
                  </div>
                  <p className="bq-discret">
                    {p.texte}, depuis le {formatJour(p.depuis)}.
                  </p>
                  <div className="bq-rangee bq-petit">
                    {p.verifie ? <Etat etat="fait">Vérifié</Etat> : <Etat etat="attention">Non vérifié</Etat>}
                    <Source source={p.source} />
                    <span className="bq-discret">{p.code}</span>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
        {e.pieces.length > 0 && (
          <section className="bq-pile-serree">
            <h3>Sur quelle pièce</h3>
            <ul className="paie-textes">
              {e.pieces.map((p) => {
                const nom = `N° ${p.numero} — ${p.libelle}`
                return <li key={p.id}>{versPiece ? <Lien vers={versPiece(p.id)}>{nom}</Lien> : nom}</li>
              })}
            </ul>
          </section>
        )}
        {e.regle && <p className="bq-discret bq-petit">Règle : {e.regle}</p>}
      </Pourquoi>
    </div>
  )
}

/** The source as it was read; a link when it is an address. */
export function Source({ source }: { source: string }) {
  const url = /https?:\/\/\S+/.exec(source)?.[0]
  if (!url) return <span className="bq-discret">{source}</span>
  return (
    <a className="bq-lien" href={url} target="_blank" rel="noreferrer">
      {new URL(url).hostname.replace(/^www\./, '')}
      <span className="bq-lu"> (nouvel onglet)</span>
    </a>
  )
}
