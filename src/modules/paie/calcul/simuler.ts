import { add, type Centimes, euros, inEuros, subtract, ZERO } from '#socle/argent.ts'
import { computeBulletin, type Entree } from './calculer.ts'
import { comparer, type DifferenceLigne } from './comparer.ts'
import type { ValeurPubliee } from './parametres/jeu.ts'

export type EffetLigne = { code: string; libelle: string; bulletins: number; ecart: string; ecartPatronal: string }
/** What a value would change, before it is released. */
export type Effet = {
  bulletins: number
  touches: number
  /** Computed with the new value only, or only without it. */
  debloques: number
  bloques: number
  ecartNet: string
  ecartCout: string
  lignes: EffetLigne[]
  /** References of the payslips that change, as the caller named them. */
  references: string[]
  /** The payslips that move most, net and cost together, the largest first. */
  plusGrands: { reference: string; ecartNet: string; ecartCout: string; lignes: DifferenceLigne[] }[]
}
const PLUS_GRANDS = 3

/** Computes payslips as they are and with the proposed values: the effect of a publication on the last month. */
export function simulerEffet(
  entrees: Iterable<{ reference: string; entree: Entree }>,
  publiees: readonly ValeurPubliee[],
): Effet {
  const lignes = new Map<string, { libelle: string; bulletins: number; ecart: Centimes; ecartPatronal: Centimes }>()
  const jeux = new Map<Entree['parametres'], Entree['parametres']>()
  const effet: Effet = {
    bulletins: 0,
    touches: 0,
    debloques: 0,
    bloques: 0,
    ecartNet: '0.00',
    ecartCout: '0.00',
    lignes: [],
    references: [],
    plusGrands: [],
  }
  const grands: { poids: bigint; grand: Effet['plusGrands'][number] }[] = []
  let net = ZERO
  let cout = ZERO
  for (const { reference, entree } of entrees) {
    effet.bulletins++
    let jeu = jeux.get(entree.parametres)
    if (!jeu) {
      jeu = entree.parametres.avec(publiees)
      jeux.set(entree.parametres, jeu)
    }
    const avant = computeBulletin(entree).bulletin
    const apres = computeBulletin({ ...entree, parametres: jeu }).bulletin
    if (!avant || !apres) {
      if (!avant && !apres) continue
      if (apres) effet.debloques++
      else effet.bloques++
      effet.references.push(reference)
      continue
    }
    const d = comparer(avant, apres)
    if (d.lignes.length === 0 && d.totaux.length === 0) continue
    effet.touches++
    effet.references.push(reference)
    const ecartNet = subtract(euros(apres.totaux.netAPayer), euros(avant.totaux.netAPayer))
    const ecartCout = subtract(euros(apres.totaux.coutEmployeur), euros(avant.totaux.coutEmployeur))
    net = add(net, ecartNet)
    cout = add(cout, ecartCout)
    grands.push({
      poids: absolute(ecartNet) + absolute(ecartCout),
      grand: { reference, ecartNet: inEuros(ecartNet), ecartCout: inEuros(ecartCout), lignes: d.lignes },
    })
    for (const l of d.lignes) {
      const k = lignes.get(l.code) ?? { libelle: l.libelle, bulletins: 0, ecart: ZERO, ecartPatronal: ZERO }
      lignes.set(l.code, {
        libelle: k.libelle,
        bulletins: k.bulletins + 1,
        ecart: add(k.ecart, euros(l.ecart)),
        ecartPatronal: add(k.ecartPatronal, euros(l.ecartPatronal)),
      })
    }
  }
  return {
    ...effet,
    ecartNet: inEuros(net),
    ecartCout: inEuros(cout),
    plusGrands: grands
      .sort((a, b) => (a.poids < b.poids ? 1 : a.poids > b.poids ? -1 : 0))
      .slice(0, PLUS_GRANDS)
      .map((g) => g.grand),
    lignes: [...lignes].map(([code, k]) => ({
      code,
      ...k,
      ecart: inEuros(k.ecart),
      ecartPatronal: inEuros(k.ecartPatronal),
    })),
  }
}

const absolute = (c: Centimes): bigint => (c < 0n ? -c : c)
