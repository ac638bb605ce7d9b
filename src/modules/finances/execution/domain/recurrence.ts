import { addMoisToJour, type Jour } from '#socle/dates.ts'

export type Rythme = { premiere: Jour; derniere: Jour | null; moisEntre: number }

/** Due dates from the first one to a day. Counted from the first: the 31st comes back after a shorter month. */
export function echeancesOf({ premiere, derniere, moisEntre }: Rythme, jusqua: Jour): Jour[] {
  const fin = derniere !== null && derniere < jusqua ? derniere : jusqua
  const list: Jour[] = []
  for (let i = 0, le = premiere; le <= fin; i++, le = addMoisToJour(premiere, i * moisEntre)) list.push(le)
  return list
}

/** The price of a due date: the last one that began by then. Prices come by date. */
export function prixAt<T extends { depuis: Jour }>(prix: readonly [T, ...T[]], le: Jour): T {
  return prix.findLast((p) => p.depuis <= le) ?? prix[0]
}
