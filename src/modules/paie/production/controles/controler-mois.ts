import { addMois, dernierJour, type Mois, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { isIban } from '#socle/identifiants.ts'
import { nirValide, type Situation } from '../../calcul/index.ts'
import type { CarriereAPayer } from '../../carriere/db/carrieres.ts'
import { foyerOf, publierFoyers } from './db/foyers.ts'
import { readReglages } from './db/reglages.ts'
import { type AControler, type Constat, controlMois } from './domain/controles.ts'

/** A payslip of the month as the run stores it, with what it was computed from. */
export type Bilan = {
  carriere: CarriereAPayer
  situation: Situation
  netAPayer: string
  brut: string
  cout: string
  reportNegatif: boolean
}

const percoitSft = (s: Situation) =>
  !s.sftConjoint && ((s.enfants ?? 0) > 0 || (s.periodes ?? []).some((p) => (p.enfants ?? 0) > 0))

/** The controls that look at several payslips, at two months, or at two bodies; in the transaction that stores the run. */
export async function controlerMois(
  tx: Tx,
  organismeId: string,
  mois: Mois,
  carrieres: readonly CarriereAPayer[],
  bilans: readonly Bilan[],
): Promise<Constat[]> {
  const reglages = await readReglages(tx)
  const precedents = await tx
    .selectFrom('app.paie_bulletin')
    .select(['carriere_id', 'net_a_payer', 'cout'])
    .where('mois', '=', addMois(mois, -1))
    .execute()
  const agents = await tx
    .selectFrom('app.paie_agent')
    .select(['id', 'iban', 'adresse', 'code_postal', 'ville'])
    .execute()
  const agentOf = new Map(agents.map((a) => [a.id, a]))
  const precedentOf = new Map(precedents.map((p) => [p.carriere_id, p]))
  const bilanOf = new Map(bilans.map((b) => [b.carriere.carriereId, b]))
  const foyers = new Map(
    bilans.flatMap((b) => {
      const agent = agentOf.get(b.carriere.agentId)
      const foyer = agent && percoitSft(b.situation) ? foyerOf(agent) : null
      return foyer ? [[b.carriere.carriereId, foyer] as const] : []
    }),
  )
  const ailleurs = await publierFoyers(tx, organismeId, mois, [...foyers.values()])
  const presents = carrieres.map((c): AControler => {
    const bilan = bilanOf.get(c.carriereId)
    const precedent = precedentOf.get(c.carriereId)
    const foyer = foyers.get(c.carriereId) ?? null
    const iban = agentOf.get(c.agentId)?.iban ?? ''
    return {
      carriereId: c.carriereId,
      agentId: c.agentId,
      nom: `${c.prenom} ${c.nom}`,
      nir: c.nir,
      nirValide: nirValide(c.nir),
      iban,
      ibanValide: isIban(iban),
      present: c.entree <= dernierJour(mois) && (c.sortie === null || c.sortie > premierJour(mois)),
      bulletin: bilan ? { netAPayer: bilan.netAPayer, cout: bilan.cout, reportNegatif: bilan.reportNegatif } : null,
      precedent: precedent ? { netAPayer: precedent.net_a_payer, cout: precedent.cout } : null,
      foyerSft: foyer,
      foyerAilleurs: foyer !== null && ailleurs.has(foyer),
    }
  })
  const connus = new Set<string>(carrieres.map((c) => c.carriereId))
  return controlMois(
    presents,
    precedents.filter((p) => !connus.has(p.carriere_id)),
    reglages,
  )
}
