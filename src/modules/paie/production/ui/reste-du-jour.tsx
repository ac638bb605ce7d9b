import { compter, Encart } from '#ui'
import { LIBELLES_RESTE } from './libelles.tsx'
import { estEnRetard, RESTES, type Reste, resteAFaire, type Suivi } from './reste.ts'

const collectivites = (n: number) => compter(n, 'collectivité')
const accord = (n: number, un: string, plusieurs: string) => (n > 1 ? plusieurs : un)

/** What is left to do today, in sentences; each one shows its bodies. */
function phrases(suivis: readonly Suivi[], aujourdhui: string): { reste: Reste; texte: string }[] {
  const de = (r: Reste) => suivis.filter((s) => resteAFaire(s) === r)
  const dire = (reste: Reste, texte: (n: number) => string) => {
    const lignes = de(reste)
    const tard = lignes.filter((s) => estEnRetard(s, aujourdhui)).length
    const retard = tard === 0 ? '' : tard === lignes.length ? ', en retard' : `, dont ${tard} en retard`
    return lignes.length > 0 ? [{ reste, texte: `${texte(lignes.length)}${reste === 'bloquant' ? '' : retard}` }] : []
  }
  return [
    ...dire('bloquant', (n) => `${collectivites(n)} ${accord(n, 'bloquée', 'bloquées')} par une anomalie`),
    ...dire('renvoyee', (n) => `${collectivites(n)} ${accord(n, 'renvoyée', 'renvoyées')} par l’ordonnateur`),
    ...dire('calculer', (n) => `${collectivites(n)} à calculer`),
    ...dire('recalculer', (n) => `${collectivites(n)} à recalculer`),
    ...dire('envoyer', (n) => `${collectivites(n)} à contrôler et envoyer`),
  ]
}

export function ResteDuJour({
  suivis,
  aujourdhui,
  choisi,
  onChoix,
  onTri,
}: {
  suivis: readonly Suivi[]
  aujourdhui: string
  choisi: string | undefined
  onChoix: (reste: Reste | undefined) => void
  /** Puts first the bodies that have the most of it. */
  onTri: (colonne: string) => void
}) {
  const liste = phrases(suivis, aujourdhui)
  const total = (lire: (s: Suivi) => number) => suivis.reduce((t, s) => t + lire(s), 0)
  const aLire = total((s) => s.piecesALire)
  const questions = total((s) => s.questions)
  const fini = suivis.every((s) => resteAFaire(s) === 'fini')
  return (
    <div className="paie-reste">
      <section aria-labelledby="reste-titre" className="bq-pile-serree">
        <h2 id="reste-titre">Ce qui reste à faire</h2>
        {liste.length === 0 && (
          <Encart etat="fait">
            {fini
              ? 'Tout est fait : les bulletins de ce mois sont remis.'
              : 'Rien n’attend chez vous : tout est à l’approbation.'}
          </Encart>
        )}
        <ul className="paie-phrases">
          {liste.map((p) => (
            <li key={p.reste}>
              <button type="button" className="bq-lien" onClick={() => onChoix(p.reste)}>
                {p.texte}
              </button>
            </li>
          ))}
          {aLire > 0 && (
            <li>
              <button type="button" className="bq-lien" onClick={() => onTri('aLire')}>
                {compter(aLire, 'pièce')} à lire
              </button>
            </li>
          )}
          {questions > 0 && (
            <li>
              <button type="button" className="bq-lien" onClick={() => onTri('questions')}>
                {compter(questions, 'question en cours', 'questions en cours')}
              </button>
            </li>
          )}
        </ul>
      </section>
      <table className="paie-barres">
        <caption>{collectivites(suivis.length)}, par état</caption>
        <tbody>
          {RESTES.map((reste) => {
            const n = suivis.filter((s) => resteAFaire(s) === reste).length
            if (n === 0) return null
            return (
              <tr key={reste}>
                <th scope="row">
                  <button
                    type="button"
                    className="bq-lien"
                    aria-pressed={choisi === reste}
                    onClick={() => onChoix(choisi === reste ? undefined : reste)}
                  >
                    {LIBELLES_RESTE[reste].libelle}
                  </button>
                </th>
                <td className="bq-chiffres">{n}</td>
                <td>
                  <div style={{ width: `${(n / suivis.length) * 100}%` }} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
