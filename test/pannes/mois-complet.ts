import { sql } from 'kysely'
import type { Demonstration } from '#modules/demonstration/index.ts'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import { reduireDemonstration } from '../plateforme.ts'

/** Some bodies of a middling size: enough work for a process to die in the middle of it. */
export const quelquesClients = (combien: number): Demonstration =>
  reduireDemonstration((d) => {
    const taille = Map.groupBy(d.carrieres, (c) => c.organismeId as string)
    return d.organismes
      .filter((o) => o.pex !== null)
      .map((o) => o.id as string)
      .filter((id) => (taille.get(id)?.length ?? 0) >= 20 && (taille.get(id)?.length ?? 0) <= 60)
      .slice(0, combien)
  })

/**
 * What is wrong with the month of November 2025 once it is over: a payslip, an approval, a document, a receipt or a
 * paper of a safe that is missing or double. An empty list when all is there, once.
 */
export async function listEcarts(base: Base, d: Demonstration): Promise<string[]> {
  const ecarts: string[] = []
  let total = 0
  for (const o of d.organismes.filter((x) => x.pex)) {
    const attendus = d.carrieres.filter(
      (c) => c.organismeId === o.id && c.entree <= '2025-11-30' && (c.sortie === null || c.sortie > '2025-11-01'),
    ).length
    total += attendus
    const lu = await inOrganisme(base, o.id, async (tx) => {
      const { rows } = await sql<Record<string, number | string>>`select
        (select etat from app.paie_dossier where mois = '2025-11') as etat,
        (select count(*)::int from app.paie_bulletin where mois = '2025-11') as calcules,
        (select count(*)::int from app.paie_bulletin_approuve where mois = '2025-11') as approuves,
        (select count(*)::int from app.paie_edition where mois = '2025-11') as edites,
        (select count(*)::int from app.document where type_mime = 'application/pdf' and nom like 'bulletin-%') as documents,
        (select count(*)::int from app.coffre_recu) as recus`.execute(tx)
      return rows[0]!
    })
    for (const [quoi, n] of Object.entries(lu))
      if (n !== (quoi === 'etat' ? 'diffuse' : attendus)) ecarts.push(`${o.nom}: ${quoi} ${n}, expected ${attendus}`)
  }
  const { rows } = await sql<{ n: number; distincts: number }>`select count(*)::int as n,
    count(distinct (personne_id, employeur_id, reference))::int as distincts from app.coffre_objet`.execute(base.kysely)
  if (rows[0]!.n !== total || rows[0]!.distincts !== total)
    ecarts.push(`safes: ${rows[0]!.n} papers, ${rows[0]!.distincts} distinct, expected ${total}`)
  return ecarts
}
