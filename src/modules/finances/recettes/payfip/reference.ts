import { type Centimes, euros } from '#socle/argent.ts'

/*
 * Reference of a debt on PayFiP (refdet). Public documentation of the service gives its length, thirty letters or
 * digits, and not how the comptable cuts it: the formats below are usual, not verified, and a body changes them with
 * its comptable.
 */
export const formats = {
  titre: '{exercice:4}{numero:8}{ligne:2}',
  role: '{exercice:4}{bordereau:5}{numero:8}',
} as const

const JETON = /\{(exercice|bordereau|numero|ligne):(\d{1,2})\}/g
export const isFormat = (f: string): boolean => /^[0-9A-Za-z]*$/.test(f.replace(JETON, '')) && /\{numero:/.test(f)

export type ReferencePayfip = { exercice: number; bordereau: number; numero: number; ligne?: number }

/** The same debt has the same reference wherever it is printed. */
export function computeReference(format: string, r: ReferencePayfip): string {
  const valeurs = { exercice: r.exercice, bordereau: r.bordereau, numero: r.numero, ligne: r.ligne ?? 1 }
  return format.replace(JETON, (_, nom: keyof typeof valeurs, n: string) =>
    String(valeurs[nom]).padStart(Number(n), '0'),
  )
}

const MIN = euros('1.00')
const MAX = euros('99999.99')

/** Why a debt cannot be paid online; undefined when it can. */
export function refusPayfip(numcli: string, reference: string, montant: Centimes): string | undefined {
  if (numcli === '') return 'Le numéro PayFiP du budget n’est pas renseigné.'
  if (!/^[0-9A-Za-z]{1,30}$/.test(reference)) return 'La référence dépasse trente lettres ou chiffres.'
  if (montant < MIN || montant > MAX) return 'PayFiP prend de 1,00 € à 99 999,99 €.'
  return undefined
}
