import { euros, inEuros, sum } from '#socle/argent.ts'
import { type ContenuVariable, PRIMES, zContenuVariable } from '../../../dossier/contract.ts'
import type { Cellule, Cellules } from '../contract.ts'

export type VariableTenue = { id: string; contenu: ContenuVariable; pieceId: string | null }
export type Nouvelle = { contenu: ContenuVariable; pieceId: string | null }
export type Faute = { cellule: Cellule; message: string }

const HEURES = ['hsJour', 'hsNuit', 'hsDimanche', 'complementaires'] as const
const PRIMES_GRILLE = ['CIA', 'ASTREINTE', 'REGIE', 'FIN_ANNEE'] as const
const ABSENCE = ['absenceMotif', 'absenceDepuis', 'absenceJusqua'] as const
/** Cells that come from the same variables: one of them changed, all are written again. */
const GROUPES: readonly { cellules: readonly Cellule[]; tient: (v: ContenuVariable) => boolean }[] = [
  { cellules: HEURES, tient: (v) => v.nature === 'heures' },
  { cellules: ['quantite'], tient: (v) => v.nature === 'quantite' },
  ...PRIMES_GRILLE.map((code) => ({
    cellules: [code],
    tient: (v: ContenuVariable) => v.nature === 'prime' && v.code === code,
  })),
  { cellules: ABSENCE, tient: (v) => v.nature === 'absence' },
]

type Heures = Extract<ContenuVariable, { nature: 'heures' }>['heures'][number]
const celluleHeures = (h: Heures): (typeof HEURES)[number] =>
  h.type === 'complementaires'
    ? 'complementaires'
    : ({ jour: 'hsJour', nuit: 'hsNuit', dimanche: 'hsDimanche' } as const)[h.moment]

/** What the grid shows of the variables of one agent, and the cells that it must leave to his file. */
export function lireCellules(variables: readonly VariableTenue[]): { cellules: Cellules; bloquees: Cellule[] } {
  const cellules: Cellules = {}
  for (const { contenu: v } of variables) {
    if (v.nature === 'heures')
      for (const h of v.heures) {
        const c = celluleHeures(h)
        cellules[c] = String(Number(cellules[c] ?? 0) + h.minutes)
      }
    else if (v.nature === 'quantite') cellules.quantite = ajouter(cellules.quantite, v.nombre)
    else if (v.nature === 'prime') {
      if ((PRIMES_GRILLE as readonly string[]).includes(v.code))
        cellules[v.code as Cellule] = ajouter(cellules[v.code as Cellule], v.montant)
    } else {
      cellules.absenceMotif = v.motif
      cellules.absenceDepuis = v.depuis
      cellules.absenceJusqua = v.jusqua
    }
  }
  // two entries of a group come from two papers: the grid would lose one of them
  const bloquees = GROUPES.flatMap((g) =>
    variables.filter((v) => g.tient(v.contenu)).length > 1 ? [...g.cellules] : [],
  )
  return { cellules, bloquees }
}

const ajouter = (a: string | undefined, b: string) => inEuros(sum([euros(a ?? '0'), euros(b)]))

/** Ids in their order: variables are replaced, never changed, so the same ids are the same values. */
export const versionOf = (variables: readonly VariableTenue[]): string =>
  variables
    .map((v) => v.id)
    .sort()
    .join(',')

/** What to take out and what to enter so that the variables of one agent say what the cells say. */
export function ecrireCellules(
  variables: readonly VariableTenue[],
  apres: Cellules,
  statut: string,
): { retirer: string[]; ajouter: Nouvelle[]; fautes: Faute[] } {
  const { cellules: avant, bloquees } = lireCellules(variables)
  const resultat = { retirer: [] as string[], ajouter: [] as Nouvelle[], fautes: [] as Faute[] }
  for (const g of GROUPES) {
    if (g.cellules.every((c) => (avant[c] ?? '') === (apres[c] ?? ''))) continue
    if (g.cellules.some((c) => bloquees.includes(c))) {
      resultat.fautes.push({
        cellule: g.cellules[0]!,
        message: 'Plusieurs saisies existent : corrigez-les dans la fiche de l’agent.',
      })
      continue
    }
    const tenue = variables.find((v) => g.tient(v.contenu))
    if (tenue) resultat.retirer.push(tenue.id)
    const contenu = contenuDe(g.cellules, apres, statut, tenue?.contenu)
    if (contenu === undefined) continue
    const lu = zContenuVariable.safeParse(contenu)
    if (lu.success) resultat.ajouter.push({ contenu: lu.data, pieceId: tenue?.pieceId ?? null })
    else {
      const parCellule = new Map(lu.error.issues.toReversed().map((i) => [celluleDe(g.cellules, i.path), i.message]))
      for (const [cellule, message] of parCellule) resultat.fautes.push({ cellule, message })
    }
  }
  return resultat
}

function celluleDe(cellules: readonly Cellule[], path: readonly PropertyKey[]): Cellule {
  const nom = String(path[0] ?? '')
  const absence = `absence${nom.charAt(0).toUpperCase()}${nom.slice(1)}`
  return cellules.find((c) => c === absence) ?? cellules[0]!
}

const UNITES: Readonly<Record<string, 'vacations' | 'jours'>> = { vacataire: 'vacations', cee: 'jours' }

function contenuDe(
  cellules: readonly Cellule[],
  c: Cellules,
  statut: string,
  tenue: ContenuVariable | undefined,
): unknown {
  if (cellules.every((x) => (c[x] ?? '') === '')) return undefined
  if (cellules[0] === 'hsJour') {
    const heures = HEURES.flatMap((x) => {
      if (!c[x]) return []
      const moment = x === 'hsNuit' ? 'nuit' : x === 'hsDimanche' ? 'dimanche' : 'jour'
      return [{ type: x === 'complementaires' ? x : 'supplementaires', moment, minutes: Number(c[x]) }]
    })
    return { nature: 'heures', heures }
  }
  if (cellules[0] === 'quantite') return { nature: 'quantite', unite: UNITES[statut] ?? 'heures', nombre: c.quantite }
  if (cellules[0] === 'absenceMotif')
    return {
      nature: 'absence',
      motif: c.absenceMotif,
      depuis: c.absenceDepuis,
      jusqua: c.absenceJusqua,
      ...(tenue?.nature === 'absence'
        ? {
            sansCarence: tenue.sansCarence,
            debutArret: tenue.debutArret,
            minutes: tenue.minutes,
            ijssBrutes: tenue.ijssBrutes,
          }
        : { sansCarence: false }),
    }
  const code = cellules[0]!
  return { nature: 'prime', code, libelle: PRIMES[code], montant: c[code] }
}
