const RACCOURCIS: [string, string][] = [
  ['Ctrl K', 'Chercher un agent, une page, un organisme'],
  ['Alt', 'Maintenue, montre la lettre de chaque bouton ; Alt et la lettre l’actionnent'],
  ['Alt O', 'Changer d’organisme'],
  ['↑ ↓', 'Passer à la ligne suivante ou précédente d’un tableau'],
  ['Entrée', 'Ouvrir la ligne ; dans une grille de saisie, valider et descendre'],
  ['Ctrl Z', 'Dans une grille de saisie, revenir sur la dernière modification'],
  ['Ctrl V', 'Dans une grille de saisie, coller des cellules copiées d’un tableur'],
  ['Échap', 'Fermer le panneau, ou renoncer à la cellule en cours'],
]

const SAISIES: [string, string][] = [
  ['12,5', '12,50'],
  ['010325', '01/03/2025'],
  ['1/3', '1er mars de cette année'],
  ['auj, hier, +15', 'aujourd’hui, hier, dans quinze jours'],
  ['0325', 'mars 2025'],
  ['7h30', '7 heures 30'],
]

/** What the keyboard does everywhere. */
export function Aide() {
  return (
    <div className="bq-pile">
      <h3>Au clavier</h3>
      <dl className="bq-touches">
        {RACCOURCIS.map(([touche, effet]) => (
          <div key={touche}>
            <dt>
              <kbd>{touche}</kbd>
            </dt>
            <dd>{effet}</dd>
          </div>
        ))}
      </dl>
      <h3>Saisir vite</h3>
      <dl className="bq-touches">
        {SAISIES.map(([tape, lu]) => (
          <div key={tape}>
            <dt>
              <kbd>{tape}</kbd>
            </dt>
            <dd>{lu}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
