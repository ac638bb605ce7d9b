import { type Centimes, fraction, max, min, sum, times, ZERO } from '#socle/argent.ts'
import type { Anomalie } from '#socle/refus.ts'
import { Refus } from '#socle/refus.ts'
import type { Imputation } from '../../nomenclature/domain/imputer.ts'
import { imputer } from '../../nomenclature/domain/imputer.ts'
import type { Compte, Plan } from '../../nomenclature/domain/plan.ts'
import { cumuler, type Ligne } from './equilibre.ts'

/** What one year consumed, by article. */
export type LigneRealisee = Imputation & { vote: Centimes; engage: Centimes; mandate: Centimes }

/** Lines that report a result or a virement are computed anew each year, never copied. */
const CALCULEES = new Set(['001', '002', '1068'])

/** Accounts that may take the place of a suppressed one: its new sub-accounts, then the new ones of the same label. */
export function proposeTranspositions(ancien: Plan, nouveau: Plan): { compte: Compte; propositions: Compte[] }[] {
  const nouveaux = [...nouveau.comptes.values()].filter((c) => !c.supprime)
  return [...ancien.comptes.values()]
    .filter((c) => c.estFeuille && !c.supprime)
    .filter((c) => {
      const now = nouveau.comptes.get(c.code)
      return !now || now.supprime || !now.estFeuille
    })
    .map((compte) => ({ compte, propositions: candidatesFor(compte, nouveaux, ancien) }))
}

function candidatesFor(compte: Compte, nouveaux: Compte[], ancien: Plan): Compte[] {
  const enfants = nouveaux.filter((n) => n.estFeuille && n.code.startsWith(compte.code) && n.code !== compte.code)
  const memes = nouveaux.filter(
    (n) =>
      n.estFeuille &&
      !ancien.comptes.has(n.code) &&
      n.code[0] === compte.code[0] &&
      n.libelle.trim().toLowerCase() === compte.libelle.trim().toLowerCase(),
  )
  return [...new Set([...enfants, ...memes])]
}

/**
 * The lines of a year carried to another plan. What has exactly one successor is transposed and told; what has none, or
 * several, is blocked: a person chooses.
 */
export function transposer(
  lignes: readonly Ligne[],
  ancien: Plan,
  nouveau: Plan,
): { lignes: Ligne[]; anomalies: Anomalie[] } {
  const propositions = new Map(proposeTranspositions(ancien, nouveau).map((t) => [t.compte.code, t.propositions]))
  const gardees: Ligne[] = []
  const anomalies: Anomalie[] = []
  for (const l of lignes) {
    const candidats = propositions.get(l.nature)
    const nature = candidats?.length === 1 ? candidats[0]!.code : l.nature
    try {
      const { libelle: _, chapitrePlan: __, ...i } = imputer(nouveau, { ...l, nature })
      gardees.push({ ...i, montant: l.montant })
      if (nature !== l.nature)
        anomalies.push({
          code: 'transposition.faite',
          lieu: l.nature,
          message: `L’article ${l.nature} devient ${nature} « ${candidats![0]!.libelle.trim()} ».`,
          bloquante: false,
        })
    } catch (e) {
      if (!(e instanceof Refus)) throw e
      anomalies.push({
        code: 'transposition.aChoisir',
        lieu: l.nature,
        message: `${e.message.split(' : ')[0]}. Son crédit n’est pas repris.`,
        ...(candidats?.length
          ? { conseil: `À la place : ${candidats.map((c) => `${c.code} (${c.libelle.trim()})`).join(', ')}.` }
          : {}),
        bloquante: true,
      })
    }
  }
  return { lignes: cumuler(gardees), anomalies }
}

export const reprenable = (l: Pick<Ligne, 'nature'>) => !CALCULEES.has(l.nature)

/**
 * What may be spent before the vote (CGCT L1612-1): fonctionnement up to the credits of the year before, the capital of
 * the debt in full, and a quarter of the investissement when the assembly allowed it.
 */
export function creditsProvisoires(precedents: readonly Ligne[], investissementAutorise: boolean): Ligne[] {
  return precedents
    .filter((l) => l.sens === 'D' && l.mouvement === 'reel' && reprenable(l) && !/^0/.test(l.nature))
    .flatMap((l) => {
      const part =
        l.section === 'F' || /^16/.test(l.nature)
          ? l.montant
          : investissementAutorise
            ? times(l.montant, [fraction('25 %')], 'troncature')
            : ZERO
      return part > 0n ? [{ ...l, montant: part }] : []
    })
}

export type Resultats = {
  fonctionnement: Centimes
  investissement: Centimes
  rarDepenses: Centimes
  rarRecettes: Centimes
  /** What the investissement lacks, restes à réaliser included. */
  besoin: Centimes
  affecte: Centimes
  reporte: Centimes
}

/**
 * The results of a closed year and their affectation (CGCT L2311-5): first the need of investissement (1068), the rest
 * carried in fonctionnement (002).
 */
export function calculerResultats(annee: readonly LigneRealisee[], rar: readonly Ligne[]): Resultats {
  const solde = (section: 'F' | 'I') =>
    sum(
      annee
        .filter((l) => l.section === section)
        .map((l) => {
          // a result carried from before is a forecast without execution: its credit is its amount
          const montant = l.nature === '001' || l.nature === '002' ? l.vote : l.mandate
          return (l.sens === 'R' ? montant : -montant) as Centimes
        }),
    )
  const rarOf = (sens: 'D' | 'R') => sum(rar.filter((l) => l.section === 'I' && l.sens === sens).map((l) => l.montant))
  const fonctionnement = solde('F')
  const investissement = solde('I')
  const [rarDepenses, rarRecettes] = [rarOf('D'), rarOf('R')]
  const besoin = max(ZERO, (rarDepenses - rarRecettes - investissement) as Centimes)
  const affecte = min(besoin, max(ZERO, fonctionnement))
  return {
    fonctionnement,
    investissement,
    rarDepenses,
    rarRecettes,
    besoin,
    affecte,
    reporte: (fonctionnement - affecte) as Centimes,
  }
}

/** The lines that take up the results: 001, 002 and 1068, on their side. */
export function lignesDeResultat(plan: Plan, r: Resultats): Ligne[] {
  const ligne = (nature: string, montant: Centimes): Ligne[] => {
    if (montant === 0n) return []
    const sens = montant > 0n ? 'R' : 'D'
    const {
      libelle: _,
      chapitrePlan: __,
      ...i
    } = imputer(plan, { nature, sens, fonction: plan.vote === 'fonction' ? '01' : '' })
    return [{ ...i, montant: (montant > 0n ? montant : -montant) as Centimes }]
  }
  return [...ligne('001', r.investissement), ...ligne('1068', r.affecte), ...ligne('002', r.reporte)]
}

/** What is engaged and not mandated at the end of the year, in investissement. */
export const restesARealiser = (annee: readonly LigneRealisee[]): Ligne[] =>
  annee
    .filter((l) => l.section === 'I' && l.sens === 'D' && l.mouvement === 'reel' && l.engage > 0n)
    .map(({ vote: _, mandate: __, engage, ...l }) => ({ ...l, montant: engage }))
