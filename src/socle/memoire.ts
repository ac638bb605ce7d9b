/** What was told lately, so that it is not told again: bounded, forgotten at the restart of the process. */
export function createMemoire(dureeMs: number, taille = 20_000) {
  const dites = new Map<string, number>()
  return {
    has(cle: string): boolean {
      const le = dites.get(cle)
      return le !== undefined && Date.now() - le < dureeMs
    },
    retenir(cle: string): void {
      dites.delete(cle)
      if (dites.size >= taille) dites.delete(dites.keys().next().value!)
      dites.set(cle, Date.now())
    },
  }
}
