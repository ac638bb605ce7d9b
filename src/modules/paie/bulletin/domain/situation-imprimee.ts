import { formatFraction, fraction, multiply, ratio } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import type { Situation, Statut } from '../../calcul/situation.ts'

/** One printed fact of the agent: « Grade », « Adjoint technique ». */
export type Fait = { libelle: string; valeur: string }

const STATUTS: Record<Statut, string> = {
  titulaire: 'Fonctionnaire titulaire',
  stagiaire: 'Fonctionnaire stagiaire',
  contractuel: 'Contractuel de droit public',
  vacataire: 'Vacataire',
  collaborateurCabinet: 'Collaborateur de cabinet',
  emploiFonctionnel: 'Emploi fonctionnel',
  assistantMaternel: 'Assistant maternel',
  elu: 'Élu local',
  apprenti: 'Apprenti',
  pec: 'Parcours emploi compétences',
  cee: 'Contrat d’engagement éducatif',
  prive: 'Salarié de droit privé',
}

const TEMPS_PLEIN = 2100
const virgule = (text: string) => text.replace('.', ',')

/** « 80 % », « 28 h sur 35 » and the hours of the month, which the pay bears on. */
function tempsDeTravail(s: Situation): string | undefined {
  if (s.statut === 'elu' || s.statut === 'vacataire' || s.statut === 'cee' || s.accueils) return undefined
  const minutes = s.minutesHebdo ?? TEMPS_PLEIN
  const complet = s.minutesHebdoComplet ?? TEMPS_PLEIN
  const quotite = fraction(s.quotite ?? '100 %')
  const mensuel = multiply(quotite, ratio(minutes * 52, 12 * 60))
  const heures = `${virgule(deuxDecimales(formatFraction(mensuel, 2)))}\u00a0h par mois`
  const partiel =
    quotite.num < quotite.den
      ? `temps partiel ${virgule(formatFraction(multiply(quotite, ratio(100, 1)), 2))}\u00a0%, `
      : ''
  if (minutes < complet) return `${partiel}${heuresHebdo(minutes)} par semaine, ${heures}`
  return `${partiel || 'temps complet, '}${heures}`
}
const deuxDecimales = (text: string): string => {
  const [whole, rest = ''] = text.split('.') as [string, string?]
  return `${whole}.${rest.padEnd(2, '0')}`
}
const heuresHebdo = (minutes: number): string => {
  const reste = minutes % 60
  return `${Math.trunc(minutes / 60)}\u00a0h${reste ? `\u00a0${String(reste).padStart(2, '0')}` : ''}`
}

/** « 8, indice majoré 435, NBI 10 points » */
function echelon(s: Situation): string | undefined {
  const parts = [
    s.echelon !== undefined && String(s.echelon),
    s.im !== undefined && `indice majoré ${s.im}`,
    s.nbi !== undefined && s.nbi > 0 && `NBI ${s.nbi} points`,
  ].filter((p) => typeof p === 'string')
  return parts.length > 0 ? parts.join(', ') : undefined
}

const majuscule = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export function faitsDe(agent: { matricule: string; emploi: string; entree: Jour }, s: Situation): Fait[] {
  const temps = tempsDeTravail(s)
  const rows: [string, string | undefined][] = [
    ['Matricule', agent.matricule],
    ['Emploi', agent.emploi],
    ['Statut', STATUTS[s.statut]],
    ['Grade', s.grade],
    ['Échelon', echelon(s)],
    ['Temps', temps && majuscule(temps)],
    ['Entrée', formatJour(agent.entree)],
  ]
  return rows.flatMap(([libelle, valeur]) => (valeur ? [{ libelle, valeur }] : []))
}
