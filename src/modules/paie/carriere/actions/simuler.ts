import { euros, formatEuros, inEuros, subtract, ZERO } from '#socle/argent.ts'
import { addJours, addMois, dernierJour, formatMois, type Jour, type Mois, moisOf, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Anomalie } from '#socle/refus.ts'
import {
  type Bulletin,
  type Cumuls,
  computeBulletin,
  expliquerDifference,
  type JeuParametres,
} from '../../calcul/index.ts'
import { refusSansEmployeur } from '../../refus.ts'
import { type CarriereAPayer, getEmployeur, listAPayer } from '../db/carrieres.ts'
import { getEtatCarriere } from '../db/histoire.ts'
import type { EtatCarriere } from '../domain/changer.ts'
import { toSituation } from '../domain/situation.ts'
import { horsPaie, resteAPayer } from '../positions/domain/positions.ts'
import { porteeOf } from './changer.ts'

export type EffetMois = {
  mois: Mois
  /** Approved already: the difference is a rappel of a later month. */
  fige: boolean
  avant: { brut: string; netAPayer: string; cout: string } | null
  apres: { brut: string; netAPayer: string; cout: string } | null
  ecartNet: string
  ecartCout: string
}
export type EffetChangement = {
  /** The month whose payslip is compared line by line. */
  mois: Mois
  phrases: string[]
  anomalies: Anomalie[]
  /** One entry for each opened month that the change reaches, the oldest first. */
  parMois: EffetMois[]
}

/** What the change brings into a month besides the career itself, knowing the payslips that it made before that one. */
export type Entree = (mois: Mois, c: CarriereAPayer, faits: readonly Bulletin[]) => CarriereAPayer

/** A change may reach far back: months further than this are counted, not computed. */
const MOIS_MAX = 24

const totaux = (b: Bulletin | undefined) =>
  b ? { brut: b.totaux.brut, netAPayer: b.totaux.netAPayer, cout: b.totaux.coutEmployeur } : null

/** The payslip of a month as the engine gives it for that state of the career. */
function payer(
  mois: Mois,
  c: CarriereAPayer,
  etat: EtatCarriere,
  employeur: NonNullable<Awaited<ReturnType<typeof getEmployeur>>>,
  parametres: JeuParametres,
  cumuls: Cumuls | undefined,
): { bulletin?: Bulletin | undefined; anomalies: Anomalie[] } {
  const fin = addJours(dernierJour(mois), 1)
  if (etat.entree >= fin || (etat.sortie !== null && etat.sortie <= premierJour(mois))) return { anomalies: [] }
  const positions = etat.positions ?? []
  if (!resteAPayer(c.variables) && horsPaie(positions, etat.entree, etat.sortie, mois)) return { anomalies: [] }
  const { situation, anomalies } = toSituation({
    ...c,
    mois,
    employeur,
    parametres,
    entree: etat.entree,
    sortie: etat.sortie,
    positions: positions.filter((p) => p.depuis < fin && (p.jusqua === null || p.jusqua > premierJour(mois))),
    situations: etat.situations.filter((s) => s.depuis < fin && (s.jusqua === null || s.jusqua > premierJour(mois))),
  })
  if (!situation) return { anomalies }
  const r = computeBulletin({ mois, situation, parametres, ...(cumuls ? { cumuls } : {}) })
  return { bulletin: r.bulletin, anomalies: r.anomalies }
}

/**
 * What a change would do to the pay, before it is saved: the payslips of the months that it reaches, computed with it and
 * without it from the same inputs. Nothing is written.
 */
export async function simulerChangement(
  tx: Tx,
  parametres: JeuParametres,
  carriereId: string,
  effet: Jour,
  changer: (avant: EtatCarriere) => EtatCarriere,
  entrer: Entree = (_, c) => c,
): Promise<EffetChangement> {
  const { agentId: _, ...avant } = await getEtatCarriere(tx, carriereId)
  const apres = changer(avant)
  const portee = await porteeOf(tx, effet)
  const ouverts = new Set(portee.moisOuverts)
  const atteints = [...portee.moisFiges, ...portee.moisOuverts].sort()
  // a change to come shows the first month that it will pay
  const mois =
    portee.moisOuverts[0] ??
    (atteints.length === 0 || moisOf(effet) > atteints.at(-1)! ? moisOf(effet) : atteints.at(-1)!)
  const aCalculer = [...new Set([...atteints.slice(-MOIS_MAX), mois])].sort()
  const parMois: EffetMois[] = []
  let phrases: string[] = []
  let anomalies: Anomalie[] = []
  const faits: Bulletin[] = []
  for (const m of aCalculer) {
    const employeur = await getEmployeur(tx, m)
    if (!employeur) throw refusSansEmployeur()
    const c = (await listAPayer(tx, m, [carriereId]))[0] ?? (await toPay(tx, carriereId))
    const precedent = await tx
      .selectFrom('app.paie_bulletin')
      .select('cumuls')
      // who comes back after months without pay goes on from the last payslip
      .where('mois', apres.positions?.length ? '<' : '=', apres.positions?.length ? m : addMois(m, -1))
      .where('carriere_id', '=', carriereId)
      .orderBy('mois', 'desc')
      .limit(1)
      .executeTakeFirst()
    const cumuls = precedent ? ((JSON.parse(precedent.cumuls) as Cumuls | null) ?? undefined) : undefined
    const a = payer(m, c, avant, employeur, parametres, cumuls)
    const b = payer(m, entrer(m, c, faits), apres, employeur, parametres, cumuls)
    if (b.bulletin) faits.push(b.bulletin)
    const [ta, tb] = [totaux(a.bulletin), totaux(b.bulletin)]
    const ecart = (lire: (t: NonNullable<typeof ta>) => string) =>
      inEuros(subtract(tb ? euros(lire(tb)) : ZERO, ta ? euros(lire(ta)) : ZERO))
    parMois.push({
      mois: m,
      fige: atteints.includes(m) && !ouverts.has(m),
      avant: ta,
      apres: tb,
      ecartNet: ecart((t) => t.netAPayer),
      ecartCout: ecart((t) => t.cout),
    })
    if (m === mois) {
      anomalies = b.anomalies
      phrases = raconter(m, a.bulletin, b.bulletin)
    }
  }
  return { mois, phrases, anomalies, parMois }
}

/** A career that is not yet, or no longer, to pay that month: what it would be paid from. */
async function toPay(tx: Tx, carriereId: string): Promise<CarriereAPayer> {
  const c = await tx
    .selectFrom('app.paie_carriere as c')
    .innerJoin('app.paie_agent as a', (j) =>
      j.onRef('a.organisme_id', '=', 'c.organisme_id').onRef('a.id', '=', 'c.agent_id'),
    )
    .select(['c.id', 'c.agent_id', 'c.emploi', 'c.entree', 'c.sortie'])
    .select(['a.personne_id', 'a.matricule', 'a.nom', 'a.prenom', 'a.nir', 'a.naissance'])
    .where('c.id', '=', carriereId)
    .executeTakeFirstOrThrow()
  return {
    carriereId: c.id,
    agentId: c.agent_id,
    personneId: c.personne_id,
    matricule: c.matricule,
    nom: c.nom,
    prenom: c.prenom,
    nir: c.nir,
    naissance: c.naissance as Jour,
    emploi: c.emploi,
    entree: c.entree as Jour,
    sortie: c.sortie as Jour | null,
    situations: [],
    variables: [],
    absencesAnterieures: [],
    retenues: [],
    positions: [],
  }
}

function raconter(mois: Mois, avant: Bulletin | undefined, apres: Bulletin | undefined): string[] {
  if (!avant && !apres) return [`Aucun bulletin ne peut être calculé pour ${formatMois(mois)}.`]
  if (!avant)
    return [`Un bulletin est fait pour ${formatMois(mois)} : ${formatEuros(apres!.totaux.netAPayer)} nets à payer.`]
  if (!apres)
    return [
      `Plus aucun bulletin n’est fait pour ${formatMois(mois)} : ${formatEuros(avant.totaux.netAPayer)} nets ne sont plus versés.`,
    ]
  const [, ...lignes] = expliquerDifference(avant, apres)
  const ecart = subtract(euros(apres.totaux.netAPayer), euros(avant.totaux.netAPayer))
  const tete =
    ecart === ZERO
      ? lignes.length === 0
        ? `La paie de ${formatMois(mois)} ne change pas.`
        : `Le net à payer de ${formatMois(mois)} ne change pas : ${formatEuros(apres.totaux.netAPayer)}.`
      : `Le net à payer de ${formatMois(mois)} passe de ${formatEuros(avant.totaux.netAPayer)} à ${formatEuros(apres.totaux.netAPayer)}, soit ${ecart > ZERO ? '+' : ''}${formatEuros(ecart)}.`
  return [tete, ...lignes]
}
