/** A page of a deposit being sorted; `coupe`: another paper begins after it. */
export type Feuille = { numero: number; quarts: number; coupe: boolean }
type Feuilles = readonly Feuille[]

const changer = (f: Feuilles, numero: number, c: (x: Feuille) => Feuille): Feuilles =>
  f.map((x) => (x.numero === numero ? c(x) : x))

export const tourner = (f: Feuilles, numero: number) =>
  changer(f, numero, (x) => ({ ...x, quarts: (x.quarts + 1) % 4 }))
export const couper = (f: Feuilles, numero: number) => changer(f, numero, (x) => ({ ...x, coupe: !x.coupe }))

/** The cuts stay where they are between the sheets; the page goes from one side to the other. */
export function deplacer(f: Feuilles, numero: number, pas: -1 | 1): Feuilles {
  const i = f.findIndex((x) => x.numero === numero)
  const j = i + pas
  const a = f[i]
  const b = f[j]
  if (!a || !b) return f
  return f.with(i, { ...b, coupe: a.coupe }).with(j, { ...a, coupe: b.coupe })
}

/** The page stays in the deposit only. A cut after it goes to the one before. */
export function retirer(f: Feuilles, numero: number): Feuilles {
  const i = f.findIndex((x) => x.numero === numero)
  const reste = f.toSpliced(i, 1)
  const avant = reste[i - 1]
  return f[i]?.coupe && avant ? reste.with(i - 1, { ...avant, coupe: true }) : reste
}

/** The papers that the cuts make. */
export function parties(f: Feuilles): Feuille[][] {
  const lots: Feuille[][] = [[]]
  for (const [i, x] of f.entries()) {
    lots.at(-1)!.push(x)
    if (x.coupe && i < f.length - 1) lots.push([])
  }
  return lots
}
