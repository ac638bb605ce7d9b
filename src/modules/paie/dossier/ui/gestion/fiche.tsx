import type { ReactNode } from 'react'
import { formatJour, Mois, Montant } from '#ui'
import type { lireAgent } from '../../contract.ts'
import { lireNir } from '../commun/libelles.ts'

export type FicheAgent = (typeof lireAgent)['reply']['_output']

/** Who he is, where he is in his career, and where his pay goes. */
export function Fiche({ agent: a }: { agent: FicheAgent }) {
  const [courante, ...avant] = a.situations.toReversed().sort((x, y) => (x.depuis < y.depuis ? 1 : -1))
  return (
    <>
      <section className="bq-pile-serree">
        <h2>Situation</h2>
        {courante ? <Situation situation={courante} /> : <p>Aucune situation ne couvre ce mois.</p>}
        {avant.length > 0 && (
          <details>
            <summary>Situations précédentes ({avant.length})</summary>
            <div className="bq-pile">
              {avant.map((s) => (
                <Situation key={s.depuis} situation={s} />
              ))}
            </div>
          </details>
        )}
      </section>
      <section className="bq-pile-serree">
        <h2>Identité</h2>
        <dl className="paie-fiche">
          <Ligne libelle="Naissance">{formatJour(a.naissance)}</Ligne>
          <Ligne libelle="N° de sécurité sociale">
            <span className="bq-chiffres">{lireNir(a.nir)}</span>
          </Ligne>
          <Ligne libelle="Compte bancaire">
            {a.iban ? <span className="bq-chiffres">{a.iban}</span> : 'Aucun compte : le virement ne partira pas.'}
          </Ligne>
          <Ligne libelle="Adresse">{a.adresse || '—'}</Ligne>
          <Ligne libelle="Courriel">{a.courriel || '—'}</Ligne>
          <Ligne libelle="Entrée">{formatJour(a.entree)}</Ligne>
          {a.sortie && <Ligne libelle="Sortie">{formatJour(a.sortie)}</Ligne>}
        </dl>
      </section>
      {a.bulletins.length > 0 && (
        <section className="bq-pile-serree">
          <h2>Bulletins</h2>
          <table className="paie-lignes">
            <thead>
              <tr>
                <th scope="col">Mois</th>
                <th scope="col" data-nombre>
                  Brut
                </th>
                <th scope="col" data-nombre>
                  Net à payer
                </th>
              </tr>
            </thead>
            <tbody>
              {a.bulletins.map((b) => (
                <tr key={b.mois}>
                  <th scope="row">
                    <Mois valeur={b.mois} />
                    {!b.approuve && <span className="bq-discret bq-petit"> projet</span>}
                  </th>
                  <td data-nombre>
                    <Montant valeur={b.brut} euro={false} />
                  </td>
                  <td data-nombre>
                    <Montant valeur={b.netAPayer} euro={false} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

function Situation({ situation: s }: { situation: FicheAgent['situations'][number] }) {
  return (
    <div>
      <p className="bq-discret bq-petit">
        Depuis le {formatJour(s.depuis)}
        {s.jusqua && `, jusqu’au ${formatJour(s.jusqua)} exclu`}
        {s.motif && ` · ${s.motif}`}
      </p>
      <dl className="paie-fiche">
        {s.champs.map((c) => (
          <Ligne key={c.libelle} libelle={c.libelle}>
            {c.valeur}
          </Ligne>
        ))}
      </dl>
    </div>
  )
}

const Ligne = ({ libelle, children }: { libelle: string; children: ReactNode }) => (
  <div>
    <dt>{libelle}</dt>
    <dd>{children}</dd>
  </div>
)
