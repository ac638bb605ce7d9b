import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Ligne } from '../bulletin.ts'
import { computeBulletin } from '../calculer.ts'
import type { JeuParametres } from '../parametres/jeu.ts'
import { type Cas, type Comparaison, nombre } from './cas.ts'
import { moisDe, situationDe } from './traduire.ts'

/** A change of the past: the payslip of the month that knows it, with its rappel lines by month of origin. */
export function verifierRappel(cas: Cas, k: Comparaison, jeu: JeuParametres): void {
  const mois = moisDe(cas.period)[0]!
  const im = (cle: string) => nombre(cas.inputs[cle])
  const attendus = cas.expected.rappels as Record<string, unknown>[]
  const situation = (m: Mois, indice: number | undefined) => situationDe(cas, m, { im: indice }).situation
  const { incomprises } = situationDe(cas, mois)
  for (const x of incomprises) k.remarques.push(`entrée non comprise : ${x}`)
  const origines = attendus.map((a) => String(a.mois_origine) as Mois)
  const rappels = origines.map((m) => ({
    mois: m,
    avant: situation(m, im('im_avant')),
    apres: situation(m, im('im_apres')),
  }))
  const { bulletin, anomalies } = computeBulletin({
    mois,
    situation: situation(mois, im('im_apres')),
    parametres: jeu,
    rappels,
  })
  if (!bulletin) {
    k.ecarts.push({ lieu: 'bulletin', attendu: 'calculé', calcule: anomalies.map((a) => a.message).join(' ') })
    return
  }
  const ligne = (m: Mois, code: string): Ligne | undefined =>
    bulletin.lignes.find((l) => l.origine === m && l.code === code)
  const traitement = (m: Mois, indice: number | undefined): string | undefined =>
    computeBulletin({ mois: m, situation: situation(m, indice), parametres: jeu }).bulletin?.lignes.find(
      (l) => l.code === 'TIB',
    )?.montant
  for (const [i, a] of attendus.entries()) {
    const m = origines[i]!
    for (const [cle, v] of Object.entries(a)) {
      const lieu = `${m} ${cle}`
      if (cle === 'mois_origine') continue
      if (cle === 'avant') k.montant(lieu, v, traitement(m, im('im_avant')))
      else if (cle === 'apres') k.montant(lieu, v, traitement(m, im('im_apres')))
      else if (cle === 'rappel') k.montant(lieu, v, ligne(m, 'TIB')?.montant)
      else if (cle === 'cnracl_agent') k.montant(lieu, v, ligne(m, 'CNRACL')?.montant)
      else if (cle === 'cnracl_employeur_taux_origine') k.montant(lieu, v, ligne(m, 'CNRACL')?.montantPatronal)
      else k.remarques.push(`valeur non comparée : ${cle}`)
    }
  }
  const total = sum(
    bulletin.lignes.filter((l) => l.origine !== undefined && l.code === 'TIB').map((l) => euros(l.montant ?? '0')),
  )
  if (cas.expected.total_rappel !== undefined) k.montant('total_rappel', cas.expected.total_rappel, inEuros(total))
}
