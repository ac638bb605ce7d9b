/** Days as people read them. They stay strings (`2026-11-24`): no time zone can move them. */
import { deMois, formatJour, formatMois } from '#socle/dates.ts'

export { deMois, formatJour, formatMois }

const JOURS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi']

/** « mardi 24 novembre 2026 »; the first of a month is « 1er ». */
export function formatJourLong(jour: string): string {
  const [a, m, j] = jour.split('-').map(Number) as [number, number, number]
  const nom = JOURS[new Date(Date.UTC(a, m - 1, j)).getUTCDay()]
  return `${nom} ${j === 1 ? '1er' : j} ${formatMois(jour)}`
}

const HEURE = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' })
const DATE = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
})

/** An instant (ISO 8601 with its zone) at the hour of Paris: « 24/11/2026 à 14:05 ». */
export const formatInstant = (instant: string | Date): string => {
  const d = typeof instant === 'string' ? new Date(instant) : instant
  return `${DATE.format(d)} à ${HEURE.format(d)}`
}

/** « il y a 5 minutes », then the plain date after a week. */
export function formatDepuis(instant: string | Date, maintenant: Date): string {
  const minutes = Math.round((maintenant.getTime() - new Date(instant).getTime()) / 60_000)
  if (minutes < 1) return 'à l’instant'
  if (minutes < 60) return `il y a ${minutes} minute${minutes > 1 ? 's' : ''}`
  const heures = Math.round(minutes / 60)
  if (heures < 24) return `il y a ${heures} heure${heures > 1 ? 's' : ''}`
  const jours = Math.round(heures / 24)
  return jours <= 7 ? `il y a ${jours} jour${jours > 1 ? 's' : ''}` : `le ${DATE.format(new Date(instant))}`
}

/** Today in Paris, as a `Jour` string. */
export function aujourdhuiAParis(maintenant = new Date()): string {
  const [j, m, a] = DATE.format(maintenant).split('/')
  return `${a}-${m}-${j}`
}
