import './echanges.css'
import { compter, Encart, Etat } from '#ui'
import type { Bilan } from '../http/contract.ts'

const EFFETS = {
  applique: { etat: 'fait', mot: 'Appliqué' },
  deja: { etat: 'enAttente', mot: 'Déjà connu' },
  aPart: { etat: 'attention', mot: 'Mis à part' },
} as const

/** « 3 changements, 1 ligne mise à part ». */
export const resumer = (b: Bilan): string =>
  [
    compter(b.appliques, 'changement'),
    ...(b.deja > 0 ? [compter(b.deja, 'fait déjà connu', 'faits déjà connus')] : []),
    ...(b.misAPart > 0 ? [compter(b.misAPart, 'ligne mise à part', 'lignes mises à part')] : []),
  ].join(', ')

/** What an answer does, line by line: the same list before and after it is applied. */
export function BilanReponse({ bilan }: { bilan: Bilan }) {
  if (bilan.dejaLue)
    return <Encart etat="enAttente">Ce fichier a déjà été lu : tout y est déjà appliqué, rien ne change.</Encart>
  return (
    <div className="bq-pile">
      <p>
        {bilan.genre === 'acquit' ? 'Accusé de réception d’Hélios' : 'Retour du comptable'} : {resumer(bilan)}.
      </p>
      <ul className="ech-liste ech-bilan">
        {bilan.faits.slice(0, 200).map((f, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes once it is read
          <li key={i}>
            <div>
              <p>{f.libelle}</p>
              {f.detail && <p className="bq-discret">{f.detail}</p>}
            </div>
            <Etat etat={EFFETS[f.effet].etat}>{EFFETS[f.effet].mot}</Etat>
          </li>
        ))}
      </ul>
      {bilan.faits.length > 200 && <p className="bq-discret">Et {bilan.faits.length - 200} autres lignes.</p>}
    </div>
  )
}
