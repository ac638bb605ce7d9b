import { Ecart, EtatVide, formatMois, Montant } from '#ui'
import type { BulletinVu } from './bulletin.tsx'

/** What changed since last month: in sentences first, then line by line. */
export function Comparaison({ bulletin: b }: { bulletin: BulletinVu }) {
  const c = b.comparaison
  if (!c)
    return (
      <EtatVide titre="Pas de mois précédent.">
        Cet agent n’avait pas de bulletin le mois d’avant : rien à comparer.
      </EtatVide>
    )
  return (
    <div className="bq-pile">
      <Phrases phrases={c.phrases.slice(0, EN_TETE)} />
      {c.phrases.length > EN_TETE && (
        <details>
          <summary>Les {c.phrases.length - EN_TETE} autres changements</summary>
          <Phrases phrases={c.phrases.slice(EN_TETE)} />
        </details>
      )}
      {c.ecarts.length === 0 ? (
        <p>Toutes les lignes sont les mêmes qu’en {formatMois(c.mois)}.</p>
      ) : (
        <div className="paie-defile">
          <table className="paie-lignes">
            <caption className="bq-lu">Écarts avec {formatMois(c.mois)}</caption>
            <thead>
              <tr>
                <th scope="col">Ligne</th>
                <th scope="col" data-nombre>
                  {formatMois(c.mois)}
                </th>
                <th scope="col" data-nombre>
                  {formatMois(b.mois)}
                </th>
                <th scope="col" data-nombre>
                  Écart
                </th>
              </tr>
            </thead>
            <tbody>
              {c.ecarts.map((e) => (
                <tr key={`${e.code}-${e.libelle}`}>
                  <th scope="row">{e.libelle}</th>
                  <td data-nombre>
                    <Montant valeur={e.avant} euro={false} />
                  </td>
                  <td data-nombre>
                    <Montant valeur={e.apres} euro={false} />
                  </td>
                  <td data-nombre>
                    <Ecart valeur={e.ecart} euro={false} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

/** The first sentences say the most; the others follow from them. */
const EN_TETE = 4

const Phrases = ({ phrases }: { phrases: readonly string[] }) => (
  <ul className="paie-phrases">
    {phrases.map((p) => (
      <li key={p}>{p}</li>
    ))}
  </ul>
)
