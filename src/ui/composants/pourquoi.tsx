import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { usePanneau } from '../coquille/panneau.tsx'
import { formatJour } from '../format/jour.ts'
import { Encart } from './etat.tsx'

export type Explication = {
  /** « La retraite CNRACL est prélevée au taux de 11,10 % sur le traitement et la NBI. » */
  phrase: string
  /** Name of the rule; its code stands in small print, for the support. */
  regle?: { libelle: string; code: string }
  /** How the figure is made, line after line: base, rate, prorata, result. Already formatted. */
  calcul?: readonly { libelle: string; valeur: string; precision?: string }[]
  resultat?: { libelle: string; valeur: string }
  /** The dated texts that it applies. */
  sources?: readonly { texte: string; depuis?: string; adresse?: string; verifie?: boolean }[]
  /** The papers that it comes from. */
  pieces?: readonly { libelle: string; ouvrir: () => void }[]
}

/** The body of the panel « Pourquoi ? »: the same for every computed figure. */
export function Pourquoi({ explication: e, children }: { explication: Explication; children?: ReactNode }) {
  return (
    <div className="bq-pile">
      <p className="bq-pourquoi-phrase">{e.phrase}</p>
      {e.calcul && (
        <table className="bq-pourquoi-calcul">
          <caption className="bq-lu">Calcul</caption>
          <tbody>
            {e.calcul.map((l) => (
              <tr key={l.libelle}>
                <th scope="row">
                  {l.libelle}
                  {l.precision && <div className="bq-discret bq-petit">{l.precision}</div>}
                </th>
                <td className="bq-chiffres">{l.valeur}</td>
              </tr>
            ))}
          </tbody>
          {e.resultat && (
            <tfoot>
              <tr>
                <th scope="row">{e.resultat.libelle}</th>
                <td className="bq-chiffres">{e.resultat.valeur}</td>
              </tr>
            </tfoot>
          )}
        </table>
      )}
      {e.sources && e.sources.length > 0 && (
        <section>
          <h3>Textes appliqués</h3>
          <ul className="bq-pourquoi-sources">
            {e.sources.map((s) => (
              <li key={`${s.texte}${s.depuis ?? ''}`}>
                {s.adresse ? (
                  <a className="bq-lien" href={s.adresse} target="_blank" rel="noreferrer">
                    {s.texte} <IconExternalLink size={16} aria-label="(autre site)" className="bq-dans-texte" />
                  </a>
                ) : (
                  s.texte
                )}
                {s.depuis && <span className="bq-discret">, en vigueur depuis le {formatJour(s.depuis)}</span>}
              </li>
            ))}
          </ul>
          {e.sources.some((s) => s.verifie === false) && (
            <Encart etat="attention">Une valeur n’est pas encore vérifiée sur son texte.</Encart>
          )}
        </section>
      )}
      {e.pieces && e.pieces.length > 0 && (
        <section>
          <h3>Pièces</h3>
          <ul className="bq-pourquoi-sources">
            {e.pieces.map((p) => (
              <li key={p.libelle}>
                <button type="button" className="bq-lien" onClick={p.ouvrir}>
                  {p.libelle}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {children}
      {e.regle && (
        <p className="bq-discret bq-petit">
          Règle : {e.regle.libelle} ({e.regle.code})
        </p>
      )}
    </div>
  )
}

/** A figure that can be asked: pressed, it opens « Pourquoi ? » on the right. */
export function Explique({
  titre,
  explication,
  children,
}: {
  titre: string
  explication: Explication
  children: ReactNode
}) {
  const { open } = usePanneau()
  return (
    <button
      type="button"
      className="bq-explique"
      title="Pourquoi ?"
      onClick={() => open({ titre, contenu: <Pourquoi explication={explication} /> })}
    >
      {children}
      <span className="bq-lu"> — pourquoi ? {titre}</span>
    </button>
  )
}
