import '../db/tables.ts'
import { sql } from 'kysely'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { JeuParametres } from '../calcul/index.ts'
import { readJeuxAvant } from '../dossier/rappels/db/du-mois.ts'
import { computeFrom, type Entrees } from './ouvrier.ts'

/**
 * A month of several productions is kept as it was paid in all: the working payslip of each agent paid more than once, or
 * by a complement alone, becomes that of his whole month. The next months count from it, and the month adds up; the
 * approved payslips stay as they are.
 */
export async function retenirMoisEntier(tx: Tx, organismeId: string, mois: Mois): Promise<void> {
  const { rows } = await sql<{ carriere_id: string; agent_id: string; entrees: string; jeu: string; contenu: string }>`
    select distinct on (b.carriere_id) b.carriere_id, b.agent_id, b.entrees, b.jeu, j.contenu
    from app.paie_bulletin_approuve b join app.paie_jeu j on j.empreinte = b.jeu
    where b.mois = ${mois} and b.carriere_id in (
      select carriere_id from app.paie_bulletin_approuve where mois = ${mois} and rang > 1)
    order by b.carriere_id, b.numero desc`.execute(tx)
  for (const r of rows) {
    const { deja, acompte, ...entier } = JSON.parse(r.entrees) as Entrees
    // paid before the month and not in it: his month has no payslip yet
    if (acompte !== undefined) continue
    const entrees = JSON.stringify(entier)
    const jeuxAvant = await readJeuxAvant(tx, entrees)
    const { bulletin: b } = computeFrom(r.carriere_id, entrees, JeuParametres.lire(r.contenu), r.jeu, jeuxAvant)
    if (!b) throw new Error(`the whole month ${mois} of ${r.carriere_id} does not compute again`)
    await sql`
      insert into app.paie_bulletin (organisme_id, mois, carriere_id, agent_id, entrees, jeu, bulletin, cumuls, empreinte,
        population, brut, cotisations, net_imposable, net_a_payer, cout)
      values (${organismeId}, ${mois}, ${r.carriere_id}, ${r.agent_id}, ${entrees}, ${r.jeu}, ${b.texte}, ${b.cumuls},
        ${b.empreinte}, ${b.population}, ${b.brut}, ${b.cotisations}, ${b.netImposable}, ${b.netAPayer}, ${b.cout})
      on conflict (organisme_id, mois, carriere_id) do update set entrees = excluded.entrees, jeu = excluded.jeu,
        bulletin = excluded.bulletin, cumuls = excluded.cumuls, empreinte = excluded.empreinte,
        population = excluded.population, brut = excluded.brut, cotisations = excluded.cotisations,
        net_imposable = excluded.net_imposable, net_a_payer = excluded.net_a_payer, cout = excluded.cout`.execute(tx)
  }
}
