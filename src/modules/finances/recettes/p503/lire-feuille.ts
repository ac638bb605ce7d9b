import { inEuros, ZERO } from '#socle/argent.ts'
import type { Feuille } from '#socle/feuille.ts'
import { newId } from '#socle/ids.ts'
import type { Anomalie } from '#socle/refus.ts'
import { lireColonnes, readJour, readMontant } from '../domain/feuille.ts'
import type { P503Saisi } from './contract.ts'

const COLONNES = {
  reference: ['reference', 'numero', 'n°', 'n° operation', 'numero operation', 'operation'],
  le: ['date', 'le', 'date d encaissement', 'date encaissement'],
  montant: ['montant', 'somme', 'reste'],
  payeur: ['payeur', 'tiers', 'debiteur', 'partie versante', 'nom'],
  libelle: ['libelle', 'objet', 'motif'],
} as const

/** The statement of sums received (P503), as the comptable exports it. */
export function readP503(feuille: Feuille): { sommes: P503Saisi[]; anomalies: Anomalie[] } {
  const { lire, manquantes } = lireColonnes(feuille.titres, COLONNES)
  const anomalies: Anomalie[] = manquantes(['reference', 'le', 'montant']).map((c) => ({
    code: 'p503.colonne',
    lieu: 'ligne 1',
    message: `Aucune colonne « ${{ reference: 'Numéro', le: 'Date', montant: 'Montant' }[c as 'le']} » parmi les titres.`,
    bloquante: true,
  }))
  if (anomalies.length > 0) return { sommes: [], anomalies }
  const vues = new Set<string>()
  const sommes: P503Saisi[] = []
  for (const [i, cellules] of feuille.lignes.entries()) {
    if (cellules.every((c) => c === '')) continue
    const dire = (message: string) =>
      anomalies.push({ code: 'p503.ligne', lieu: `ligne ${i + 2}`, message, bloquante: true })
    const reference = lire(cellules, 'reference').replace(/\s/g, '')
    const le = readJour(lire(cellules, 'le'))
    const montant = readMontant(lire(cellules, 'montant'))
    if (!/^\d{1,13}$/.test(reference))
      dire(`Le numéro « ${reference} » n’est pas un nombre de treize chiffres au plus.`)
    else if (vues.has(reference)) dire(`Le numéro ${reference} est deux fois dans ce relevé.`)
    vues.add(reference)
    if (!le) dire(`La date « ${lire(cellules, 'le')} » ne se lit pas.`)
    if (montant === undefined || montant <= ZERO) dire(`Le montant « ${lire(cellules, 'montant')} » ne se lit pas.`)
    if (!le || montant === undefined) continue
    sommes.push({
      id: newId<'P503'>(),
      reference,
      le,
      montant: inEuros(montant),
      payeur: lire(cellules, 'payeur').slice(0, 80),
      libelle: lire(cellules, 'libelle').slice(0, 160),
    })
  }
  return { sommes, anomalies }
}
