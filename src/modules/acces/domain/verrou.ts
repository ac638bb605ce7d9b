/** Minutes without an act of the person before the session locks: on a shared PC, and elsewhere. */
export const VERROU_MINUTES = { partage: 5, personnel: 30 } as const

/** Wrong unlocks before the session is closed: the code has six digits at least, and one must not be able to try them all. */
export const ESSAIS_VERROU = 5

export const estVerrouillee = (
  s: { verrouilleeLe: Date | null; activeLe: Date; verrouMinutes: number },
  maintenant: number,
): boolean => s.verrouilleeLe !== null || maintenant - s.activeLe.getTime() > s.verrouMinutes * 60_000
