import { formatJour, formatJourLong, formatMois } from '../format/jour.ts'
import { enDecimal, formatMontant, formatTaux, type MontantAffichable } from '../format/nombre.ts'

/** An amount in its column: tabular figures, thin spaces, real minus. */
export function Montant({ valeur, euro = true }: { valeur: MontantAffichable | null | undefined; euro?: boolean }) {
  if (valeur === null || valeur === undefined) return <span className="bq-absent">—</span>
  return <span className="bq-chiffres">{formatMontant(valeur, { euro })}</span>
}

/** A difference with its sign; zero says so in a word. */
export function Ecart({ valeur, euro = true }: { valeur: MontantAffichable | null | undefined; euro?: boolean }) {
  if (valeur === null || valeur === undefined) return <span className="bq-absent">—</span>
  if (/^-?0*(\.0*)?$/.test(enDecimal(valeur))) return <span className="bq-discret">inchangé</span>
  return <span className="bq-chiffres">{formatMontant(valeur, { euro, signe: true })}</span>
}

export function Jour({ valeur, long = false }: { valeur: string | null | undefined; long?: boolean }) {
  if (!valeur) return <span className="bq-absent">—</span>
  return (
    <time dateTime={valeur} className="bq-chiffres">
      {long ? formatJourLong(valeur) : formatJour(valeur)}
    </time>
  )
}

export const Mois = ({ valeur }: { valeur: string }) => <time dateTime={valeur}>{formatMois(valeur)}</time>

export const Taux = ({ valeur, decimales = 2 }: { valeur: string | number; decimales?: number }) => (
  <span className="bq-chiffres">{formatTaux(valeur, decimales)}</span>
)
