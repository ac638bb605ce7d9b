import { type Jour, jour } from '#socle/dates.ts'

/** The day at the town hall: the clock stays at the door. */
export const aujourdhui = (): Jour =>
  jour(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(new Date()))
