import './carriere.css'
import type { ReactNode } from 'react'
import { Bouton, Ecart, Encart, Etat, formatMois, Mois, Montant } from '#ui'
import type { Effet } from '../http/contract.ts'

/** What a change does to the pay, before it is saved: sentences of the engine, and each month that it reaches. */
export function EffetSurLaPaie({ effet: e }: { effet: Effet }) {
  const figes = e.parMois.filter((m) => m.fige && m.ecartNet !== '0.00')
  return (
    <div className="bq-pile-serree" aria-live="polite">
      {e.anomalies.map((a) => (
        <Encart key={`${a.code}-${a.lieu}`} etat={a.bloquante ? 'bloquant' : 'attention'} titre={a.message}>
          {a.conseil}
        </Encart>
      ))}
      <p>
        <strong>{e.phrases[0]}</strong>
      </p>
      <ul className="carriere-phrases">
        {e.phrases.slice(1).map((p) => (
          <li key={p}>{p}</li>
        ))}
      </ul>
      {figes.length > 0 && (
        <Encart etat="attention" titre="Des mois sont déjà approuvés">
          Leurs bulletins ne changent pas : la différence de {figes.map((m) => formatMois(m.mois)).join(', ')} se paie
          par un rappel.
        </Encart>
      )}
      {e.parMois.length > 1 && (
        <table className="paie-lignes">
          <caption className="bq-lu">Effet par mois</caption>
          <thead>
            <tr>
              <th scope="col">Mois</th>
              <th scope="col" data-nombre>
                Net actuel
              </th>
              <th scope="col" data-nombre>
                Net nouveau
              </th>
              <th scope="col" data-nombre>
                Écart
              </th>
              <th scope="col" data-nombre>
                Coût
              </th>
            </tr>
          </thead>
          <tbody>
            {e.parMois.map((m) => (
              <tr key={m.mois}>
                <th scope="row">
                  <Mois valeur={m.mois} /> {m.fige && <Etat etat="fait">Approuvé</Etat>}
                </th>
                <td data-nombre>{m.avant ? <Montant valeur={m.avant.netAPayer} euro={false} /> : '—'}</td>
                <td data-nombre>{m.apres ? <Montant valeur={m.apres.netAPayer} euro={false} /> : '—'}</td>
                <td data-nombre>
                  <Ecart valeur={m.ecartNet} />
                </td>
                <td data-nombre>
                  <Ecart valeur={m.ecartCout} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

/** Beside a form: what it would change, read before the one button that saves it. */
export function PanneauEffet({
  children,
  attente,
  verbe,
  action,
  onEnregistrer,
}: {
  /** The effect, once it was asked for. */
  children?: ReactNode
  /** Said until then. */
  attente: string
  verbe: string
  action: { isPending: boolean; error: Error | null }
  onEnregistrer: (() => Promise<unknown>) | undefined
}) {
  return (
    <aside aria-label="Effet sur la paie" className="bq-pile-serree">
      <h2>Effet sur la paie</h2>
      {onEnregistrer ? (
        <>
          {children}
          <div>
            <Bouton
              variante="principal"
              touche="e"
              enCours={action.isPending}
              // what went wrong is said below
              onClick={() => void onEnregistrer().catch(() => undefined)}
            >
              {verbe}
            </Bouton>
          </div>
          {action.error && <Encart etat="bloquant">{action.error.message}</Encart>}
        </>
      ) : (
        <p className="bq-discret">{attente}</p>
      )}
    </aside>
  )
}

/** What to say once a change is saved. */
export function direFait(f: { moisOuverts: string[]; moisFiges: string[] }): string {
  const mois = (l: string[]) => l.map((m) => formatMois(m)).join(', ')
  return [
    'Enregistré.',
    f.moisOuverts.length > 0 ? `À recalculer : ${mois(f.moisOuverts)}.` : '',
    f.moisFiges.length > 0 ? `Un rappel est ouvert pour ${mois(f.moisFiges)}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** Keys that change no value. */
const MUETTES = new Set(['Alt', 'Control', 'Escape', 'Meta', 'Shift', 'Tab'])

/** Tells that something inside was touched: what was computed from the values is no longer theirs. */
export const Guet = ({ onToucher, children }: { onToucher: () => void; children: ReactNode }) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: it listens to its fields and is no control of its own
  <div
    onInput={onToucher}
    onClick={onToucher}
    onKeyDown={(e) => !e.altKey && !MUETTES.has(e.key) && onToucher()}
    role="presentation"
  >
    {children}
  </div>
)
