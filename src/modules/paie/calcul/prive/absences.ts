import { type Fraction, formatFraction, ratio } from '#socle/argent.ts'
import { partDuMois } from '../moteur/calendrier.ts'
import type { Contexte } from '../moteur/contexte.ts'
import type { Absence } from '../situation.ts'
import { heuresMensualisees } from './contrat.ts'

export type AbsencePrivee = {
  code: string
  libelle: string
  nombre: string
  /** Part of the monthly salary withheld. */
  part: Fraction
  jours: number
  /** The contract is suspended without pay: the ceiling follows. */
  suspend: boolean
  texte: string
}

const LIBELLES: Record<Absence['motif'], string> = {
  maladie: 'maladie',
  longueMaladie: 'maladie',
  longueDuree: 'maladie',
  graveMaladie: 'maladie',
  citis: 'accident du travail ou maladie professionnelle',
  maternite: 'maternité',
  paternite: 'paternité',
  tempsPartielTherapeutique: 'temps partiel thérapeutique',
  greve: 'grève',
  serviceNonFait: 'absence non payée',
  congeParental: 'congé parental',
  congeSansTraitement: 'congé sans solde',
  disponibilite: 'congé sans solde',
}
const SUSPENSIONS: ReadonlySet<string> = new Set(['congeParental', 'congeSansTraitement', 'disponibilite'])

/**
 * A private-law contract pays no absence of itself: what a convention maintains is given apart. Days are thirtieths of
 * the month, hours are those of the month of the contract.
 */
export function absencesPrivees(c: Contexte): AbsencePrivee[] {
  const [entree, sortie] = partDuMois(c.mois, c.s.entree, c.s.sortie)
  const groupes = new Map<string, AbsencePrivee>()
  let reste = c.trentiemes
  for (const a of c.s.absences ?? []) {
    if (a.motif === 'tempsPartielTherapeutique') continue
    const [from, to] = partDuMois(c.mois, a.depuis, a.jusqua)
    const debut = Math.max(from, entree)
    const fin = Math.min(to, sortie)
    if (debut >= fin) continue
    const code = a.motif.toUpperCase()
    if (a.minutes !== undefined) {
      const h = ratio(a.minutes, 60)
      const mois = heuresMensualisees(c)
      const part = { num: h.num * mois.den, den: h.den * mois.num }
      ajouter(groupes, `${code}_HEURES`, LIBELLES[a.motif], { heures: h, part, jours: 0, suspend: false }, c)
      continue
    }
    const whole = debut === entree && fin === sortie
    const jours = whole ? reste : Math.min(reste, fin - debut)
    if (jours <= 0) continue
    reste -= jours
    ajouter(groupes, code, LIBELLES[a.motif], { part: ratio(jours, 30), jours, suspend: SUSPENSIONS.has(a.motif) }, c)
  }
  return [...groupes.values()]
}

function ajouter(
  groupes: Map<string, AbsencePrivee>,
  code: string,
  libelle: string,
  x: { heures?: Fraction; part: Fraction; jours: number; suspend: boolean },
  c: Contexte,
): void {
  const before = groupes.get(code)
  const jours = (before?.jours ?? 0) + x.jours
  const part =
    before === undefined
      ? x.part
      : { num: before.part.num * x.part.den + x.part.num * before.part.den, den: before.part.den * x.part.den }
  const mois = heuresMensualisees(c)
  const heures = x.heures === undefined ? undefined : { num: part.num * mois.num, den: part.den * mois.den }
  const nombre = heures === undefined ? String(jours) : formatFraction(heures, 2)
  groupes.set(code, {
    code,
    libelle,
    nombre,
    part,
    jours,
    suspend: x.suspend,
    texte:
      heures === undefined
        ? `${jours}/30`
        : `${nombre.replace('.', ',')} h ÷ ${formatFraction(mois, 2).replace('.', ',')} h`,
  })
}
