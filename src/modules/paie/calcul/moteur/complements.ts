import { add, euros, formatEuros, inEuros, negate, subtract, sum, timesOne, ZERO } from '#socle/argent.ts'
import { partDuMois } from './calendrier.ts'
import { ASSIETTES, type Contexte, gagner, type LigneTravail, tauxLocal } from './contexte.ts'

/** Paid leave that was not taken: a part of the gross of the month. */
export function indemniteConges(c: Contexte): void {
  const taux = c.s.indemniteConges
  if (taux === undefined) return
  const brut = c.brut
  const montant = timesOne(brut, tauxLocal(taux))
  gagner(
    c,
    { code: 'CONGES_PAYES', libelle: 'Indemnité compensatrice de congés', base: inEuros(brut), taux },
    ASSIETTES.accessoire,
    montant,
    () => ({
      regle: 'conges_payes',
      parametres: [],
      composants: [],
      calcul: `${formatEuros(brut)} × ${taux} = ${formatEuros(montant)}`,
    }),
  )
}

/**
 * Subrogation: the gross daily allowances leave the gross pay and its contributions; the agent receives them net of the CSG
 * and of the CRDS that the fund has withheld.
 */
export function indemnitesJournalieres(c: Contexte): void {
  const brutes = sum(
    (c.s.absences ?? []).flatMap((a) => {
      if (a.ijssBrutes === undefined) return []
      const [debut, fin] = partDuMois(c.mois, a.depuis, a.jusqua)
      return fin > debut ? [euros(a.ijssBrutes)] : []
    }),
  )
  if (brutes === ZERO) return
  c.ijBrutes = brutes
  gagner(
    c,
    { code: 'IJSS_DEDUCTION', libelle: 'Indemnités journalières déduites du brut' },
    ASSIETTES.accessoire,
    negate(brutes),
    () => ({
      regle: 'ijss',
      parametres: [],
      composants: [],
      calcul: `${formatEuros(brutes)} versés par la caisse à l’employeur`,
    }),
  )
  const csg = timesOne(brutes, c.p.fraction('csg.remplacement'))
  const crds = timesOne(brutes, c.p.fraction('crds'))
  c.ijNettes = subtract(subtract(brutes, csg), crds)
  c.ijImposables = subtract(brutes, timesOne(brutes, c.p.fraction('csg.remplacement.deductible')))
  const ligne: LigneTravail = {
    code: 'IJSS_NETTES',
    libelle: 'Indemnités journalières nettes (subrogation)',
    groupe: 'indemnitesJournalieres',
    base: inEuros(brutes),
    montant: inEuros(c.ijNettes),
  }
  if (c.tracer)
    ligne.trace = {
      regle: 'ijss',
      parametres: ['csg.remplacement', 'crds'],
      composants: [{ libelle: 'Indemnités journalières brutes', montant: inEuros(brutes) }],
      calcul: `${formatEuros(brutes)} − CSG ${formatEuros(csg)} − CRDS ${formatEuros(crds)} = ${formatEuros(c.ijNettes)}`,
    }
  c.lignes.push(ligne)
}

/** Employer's share of the covers: base of the CSG without abatement; that of the health cover is taxable too. */
export function partsPatronales(c: Contexte): void {
  for (const r of c.s.retenues ?? []) {
    if (r.partPatronale === undefined) continue
    const montant = euros(r.partPatronale)
    if (montant === ZERO) continue
    c.partPatronale = add(c.partPatronale, montant)
    if (r.type === 'mutuelle') c.imposableEnPlus = add(c.imposableEnPlus, montant)
    c.cotisationsEmployeur = add(c.cotisationsEmployeur, montant)
    const ligne: LigneTravail = {
      code: `${r.code}_PATRONALE`,
      libelle: `${r.libelle ?? (r.type === 'mutuelle' ? 'Complémentaire santé' : 'Prévoyance')}, part de l’employeur`,
      groupe: 'sante',
      montantPatronal: inEuros(montant),
    }
    if (c.tracer)
      ligne.trace = {
        regle: 'protection_sociale',
        parametres: [],
        composants: [],
        calcul: `${formatEuros(montant)} versés par l’employeur à l’organisme`,
      }
    c.lignes.push(ligne)
  }
}
