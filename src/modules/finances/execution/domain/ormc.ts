/*
 * Control keys of a debt in an ORMC rôle. Cle1: from the right, weights 2 to 7 repeated, 11 minus the rest by 11, and 1
 * above 9. Cle2: the rest by 23 names a letter. The second operand of Cle1 is the nature of the rôle for some
 * comptables, its number for others: it is an argument, that the body asks its comptable.
 */
export type DetteOrmc = {
  codeCollectivite: string
  operande2: string
  exercice: number
  periode: number
  numero: number
}

const LETTRES = 'ABCDEFGHJKLMNPQRSTUVWXY'
const dette = (d: DetteOrmc) => String(d.numero).padStart(13, '0')
const an = (d: DetteOrmc) => String(d.exercice % 100).padStart(2, '0')

export function computeCle1(d: DetteOrmc): number {
  const digits = [...`${d.codeCollectivite}${d.operande2}${an(d)}${d.periode}${dette(d)}`].reverse()
  const total = digits.reduce((sum, c, i) => sum + Number(c) * (2 + (i % 6)), 0)
  const cle = 11 - (total % 11)
  return cle > 9 ? 1 : cle
}

export const computeCle2 = (d: DetteOrmc): string => LETTRES[Number(BigInt(`${an(d)}${d.periode}00${dette(d)}`) % 23n)]!
