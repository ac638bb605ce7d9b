import './tables.ts'
import { sql } from 'kysely'
import { listSurPapier } from '#modules/coffre/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { deMois, type Mois } from '#socle/dates.ts'
import { type Base, inOrganisme } from '#socle/db/base.ts'

const LOT = 100

/**
 * Tells each agent that his payslip is in his safe: no figure, no attachment, an address to open it. Each one is told
 * once, in the transaction that notes it; those who chose the paper are not.
 */
export async function avertirAgents(
  { base, courrier }: { base: Base; courrier: Courrier },
  organismeId: string,
  mois: Mois,
  rang: number,
): Promise<number> {
  const aujourdhui = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })
  let total = 0
  for (;;) {
    const n = await inOrganisme(base, organismeId, async (tx) => {
      const papier = (await listSurPapier(tx, aujourdhui)).map((o) => o.personne_id)
      const { rows } = await sql<{ agent_id: string; courriel: string; prenom: string; nom: string }>`
        select distinct on (a.id) a.id as agent_id, a.courriel, a.prenom, a.nom
        from app.paie_edition e
        join app.paie_carriere c on c.organisme_id = e.organisme_id and c.id = e.carriere_id
        join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
        where e.mois = ${mois} and e.rang = ${rang} and a.courriel ~ '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$'
          and not exists (select from app.paie_avis v where v.organisme_id = a.organisme_id and v.mois = ${mois}
            and v.rang = ${rang} and v.agent_id = a.id)
          and not (a.personne_id = any(${papier}::uuid[]))
        order by a.id limit ${LOT}`.execute(tx)
      for (const a of rows) {
        await tx
          .insertInto('app.paie_avis')
          .values({ organisme_id: organismeId, mois, rang, agent_id: a.agent_id })
          .execute()
        await courrier.sendPourOrganisme(tx, organismeId, {
          a: a.courriel,
          objet: 'Votre bulletin de paie est dans votre coffre',
          texte: `Bonjour ${a.prenom} ${a.nom},\n\nVotre bulletin de paie ${rang > 1 ? 'complémentaire ' : ''}${deMois(mois)} vient d’être déposé dans votre coffre-fort électronique.\n\nOuvrez-le ici : ${courrier.lien('/coffre')}\n\nCe message ne contient aucun montant. Vous pouvez à tout moment demander à votre employeur un bulletin sur papier.\n`,
          motif: 'paie.bulletin',
          sujet: mois,
        })
      }
      return rows.length
    })
    total += n
    if (n < LOT) return total
  }
}
