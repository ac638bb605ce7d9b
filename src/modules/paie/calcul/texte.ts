import { formatMois } from '#socle/dates.ts'
import type { Bulletin, Groupe, Ligne } from './bulletin.ts'

const TITRES: [Groupe, string][] = [
  ['remuneration', 'Rémunération'],
  ['sante', 'Santé'],
  ['retraite', 'Retraite'],
  ['famille', 'Famille'],
  ['chomage', 'Chômage et solidarité'],
  ['autres', 'Autres contributions'],
  ['exoneration', 'Exonérations'],
  ['csg', 'CSG et CRDS'],
  ['indemnitesJournalieres', 'Indemnités journalières'],
  ['frais', 'Frais'],
  ['impot', 'Impôt'],
  ['retenues', 'Retenues'],
]
const fr = (s: string | undefined): string => (s ?? '').replace('.', ',')
const row = (l: [string, string, string, string, string, string, string]): string =>
  `${l[0].slice(0, 52).padEnd(52)} ${l[1].padStart(7)} ${l[2].padStart(10)} ${l[3].padStart(8)} ${l[4].padStart(10)} ${l[5].padStart(8)} ${l[6].padStart(10)}`.trimEnd()
const ligne = (l: Ligne): string =>
  row([l.libelle, fr(l.nombre), fr(l.base), fr(l.taux), fr(l.montant), fr(l.tauxPatronal), fr(l.montantPatronal)])

/** A payslip as plain text, for a terminal or a file to compare. */
export function bulletinTexte(b: Bulletin): string {
  const t = b.totaux
  const lignes = [
    `BULLETIN DE PAIE — ${formatMois(b.mois)} — ${b.population}`,
    '',
    row(['', 'Nombre', 'Base', 'Taux', 'Agent', 'Taux', 'Employeur']),
  ]
  for (const [groupe, titre] of TITRES) {
    const contenu = b.lignes.filter((l) => l.groupe === groupe)
    if (contenu.length === 0) continue
    lignes.push(`— ${titre}`)
    for (const l of contenu) {
      lignes.push(ligne(l))
      if (l.basePatronale !== undefined)
        lignes.push(row(['  base de l’employeur', '', fr(l.basePatronale), '', '', '', '']))
    }
  }
  const total = (nom: string, montant: string | undefined) =>
    lignes.push(`${nom.padEnd(40)} ${fr(montant).padStart(12)}`)
  lignes.push('')
  total('Brut', t.brut)
  total('Cotisations de l’agent', t.cotisationsAgent)
  total('CSG déductible', t.csgDeductible)
  total('CSG non déductible', t.csgNonDeductible)
  total('CRDS', t.crds)
  total('Net avant impôt', t.netAvantImpot)
  total('Montant net social', t.montantNetSocial)
  total('Net imposable', t.netImposable)
  if (t.heuresExonerees !== undefined) total('Heures exonérées d’impôt', t.heuresExonerees)
  total(`Impôt (${fr(t.tauxPas)} de ${fr(t.basePas)})`, t.pas)
  total('Net à payer', t.netAPayer)
  total('Cotisations de l’employeur', t.cotisationsEmployeur)
  total('Coût pour l’employeur', t.coutEmployeur)
  return `${lignes.join('\n')}\n`
}
