import { euros, formatEuros } from '#socle/argent.ts'
import { addJours, formatJour, joursBetween } from '#socle/dates.ts'
import { type ContenuVariable, LIBELLES_ABSENCE } from '../contract.ts'

const MOMENTS = { jour: 'de jour', nuit: 'de nuit', dimanche: 'de dimanche ou férié' } as const

function formatMinutes(minutes: number): string {
  const m = minutes % 60
  return `${Math.floor(minutes / 60)} h${m === 0 ? '' : ` ${String(m).padStart(2, '0')}`}`
}

/** One line that says what was entered. */
export function describeVariable(v: ContenuVariable): string {
  if (v.nature === 'prime') return `${v.libelle} : ${formatEuros(euros(v.montant))}`
  if (v.nature === 'heures')
    return v.heures
      .map(
        (h) =>
          `${formatMinutes(h.minutes)} ${h.type === 'complementaires' ? 'complémentaires' : `supplémentaires ${MOMENTS[h.moment]}`}`,
      )
      .join(', ')
  if (v.nature === 'quantite') {
    const unite = { vacations: 'vacation', jours: 'jour d’engagement', heures: 'heure du contrat' }[v.unite]
    return `${v.nombre.replace('.', ',')} ${Number(v.nombre) >= 2 ? unite.replace(/^\w+/, '$&s') : unite}`
  }
  if (v.minutes) return `${LIBELLES_ABSENCE[v.motif]} le ${formatJour(v.depuis)} (${formatMinutes(v.minutes)})`
  const jours = joursBetween(v.depuis, v.jusqua)
  return `${LIBELLES_ABSENCE[v.motif]} du ${formatJour(v.depuis)} au ${formatJour(addJours(v.jusqua, -1))} (${jours} jour${jours > 1 ? 's' : ''})${v.ijssBrutes ? `, ${formatEuros(euros(v.ijssBrutes))} d’indemnités journalières reçues` : ''}`
}
