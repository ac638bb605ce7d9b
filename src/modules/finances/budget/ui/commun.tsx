import './budget.css'
import { Encart, Etat, formatMontant, formatTaux, type NomEtat } from '#ui'
import {
  type Equilibre,
  ETATS_EXERCICE,
  type Exercice,
  SECTIONS,
  type Version,
  type VersionResume,
} from '../contract.ts'

/** Amounts of the wire (`"12.50"`) as numbers, for charts only: no figure that counts is made of them. */
export const pourGraphique = (montant: string): number => Number(montant)

const ETAT_EXERCICE: Record<Exercice['etat'], NomEtat> = {
  preparation: 'aFaire',
  provisoire: 'enAttente',
  ouvert: 'fait',
  clos: 'fait',
}
export const EtatExercice = ({ etat }: { etat: Exercice['etat'] }) => (
  <Etat etat={ETAT_EXERCICE[etat]}>{ETATS_EXERCICE[etat]}</Etat>
)

export function EtatVersion({ version }: { version: VersionResume }) {
  if (version.etat === 'preparation') return <Etat etat="aFaire">En préparation</Etat>
  if (version.etat === 'abandonne') return <span className="bq-discret">Abandonnée</span>
  return <Etat etat="fait">{version.genre === 'VC' || version.genre === 'RAR' ? 'Décidée' : 'Votée'}</Etat>
}

/** Both sections with their gap, or with their result once the year is over (`execute`). */
export function CotesEquilibre({ equilibre, execute = false }: { equilibre: Equilibre; execute?: boolean }) {
  return (
    <div className="fin-cotes">
      {(['F', 'I'] as const).map((s) => {
        const cote = equilibre[s]
        const ecart = Number(cote.ecart)
        return (
          <section key={s} className="fin-cote" aria-label={SECTIONS[s]}>
            <h3>{SECTIONS[s]}</h3>
            <dl>
              <dt>Dépenses</dt>
              <dd>{formatMontant(cote.depenses)}</dd>
              <dt>Recettes</dt>
              <dd>{formatMontant(cote.recettes)}</dd>
              <dt className="fin-ecart">{execute ? 'Résultat' : 'Écart'}</dt>
              <dd className="fin-ecart">
                {execute ? (
                  formatMontant(cote.ecart, { signe: true })
                ) : ecart === 0 ? (
                  <Etat etat="fait">Équilibrée</Etat>
                ) : (
                  <Etat etat={ecart < 0 ? 'bloquant' : 'attention'}>{formatMontant(cote.ecart, { signe: true })}</Etat>
                )}
              </dd>
            </dl>
          </section>
        )
      })}
    </div>
  )
}

/** How much of the room for virements is used, by section. */
export function Compteurs({ compteurs }: { compteurs: Version['compteurs'] }) {
  const utiles = compteurs.filter((c) => Number(c.plafond) > 0)
  if (utiles.length === 0) return null
  return (
    <div className="fin-cotes">
      {utiles.map((c) => (
        <section key={c.section} className="fin-cote" aria-label={`Fongibilité, ${SECTIONS[c.section]}`}>
          <h3>Fongibilité, {SECTIONS[c.section].toLowerCase()}</h3>
          <dl>
            <dt>Déjà viré de chapitre à chapitre</dt>
            <dd>{formatMontant(c.utilise)}</dd>
            <dt>Plafond ({formatTaux(c.taux)} des dépenses réelles)</dt>
            <dd>{formatMontant(c.plafond)}</dd>
          </dl>
          <div className="fin-jauge" aria-hidden="true">
            <span style={{ width: `${Math.min(100, (Number(c.utilise) / Number(c.plafond)) * 100)}%` }} />
          </div>
        </section>
      ))}
    </div>
  )
}

/** All that the controls found, what blocks first. */
export function Anomalies({ anomalies }: { anomalies: Version['anomalies'] }) {
  if (anomalies.length === 0) return null
  return (
    <ul className="fin-anomalies">
      {anomalies
        .toSorted((a, b) => Number(b.bloquante) - Number(a.bloquante))
        .map((a) => (
          <li key={`${a.code}-${a.lieu ?? ''}-${a.message}`}>
            <Encart etat={a.bloquante ? 'bloquant' : 'attention'}>
              {a.message}
              {a.conseil && <div className="bq-discret">{a.conseil}</div>}
            </Encart>
          </li>
        ))}
    </ul>
  )
}
