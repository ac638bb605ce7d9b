import { sql } from 'kysely'
import type { Depot } from '#modules/documents/index.ts'
import { listBudgets } from '#modules/finances/index.ts'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import type { Demonstration } from '../index.ts'
import { installBudgets } from './budgets.ts'
import { installEchanges } from './echanges.ts'
import { AUJOURDHUI, installOperations, type Redacteurs } from './operations.ts'
import { installRecettes } from './recettes.ts'

/** The two bodies whose finances are shown: the commune of the secretary, and the largest communauté. */
export function organismesDesFinances(d: Demonstration) {
  const of = (courriel: string, profil: 'commune' | 'communaute') => {
    const compte = d.comptes.find((c) => c.courriel === `${courriel}@bosquet.example`)
    const organisme = d.organismes.find((o) => o.id === compte?.habilitations[0]?.organismeId)
    return compte && organisme ? [{ compte, organisme, profil }] : []
  }
  return [...of('secretaire', 'commune'), ...of('finances', 'communaute')]
}

const acteurOf = (organismeId: string, c: { personneId: string; prenom: string; nom: string }) => ({
  organismeId,
  personneId: c.personneId,
  nom: `${c.prenom} ${c.nom}`,
})

/** The budgets, once: a body that already has one is left as it is. */
export async function installBudgetsDesFinances(base: Base, d: Demonstration): Promise<void> {
  for (const { compte, organisme, profil } of organismesDesFinances(d)) {
    const carrieres = d.carrieres.filter((c) => c.organismeId === organisme.id && c.sortie === null)
    const elus = carrieres.filter((c) => c.situations[0]?.statut === 'elu').length
    await inOrganisme(base, organisme.id, async (tx) => {
      if ((await listBudgets(tx)).length > 0) return
      await installBudgets(tx, acteurOf(organisme.id, compte), profil, {
        habitants: organisme.populations.at(-1)?.totale ?? 1000,
        agents: carrieres.length - elus,
        elus,
      })
    })
  }
}

/**
 * A year of operations in these budgets, one body after the other, then the answers of the comptable. It takes a dozen
 * seconds: the server does it once its first screen is shown. Killed and called again, it goes on with the body that
 * has none.
 */
export async function installAnneeDesFinances(base: Base, depot: Depot, d: Demonstration): Promise<void> {
  for (const [rang, { compte, organisme }] of organismesDesFinances(d).entries()) {
    const redacteur = acteurOf(organisme.id, compte)
    const ordonnateur = d.comptes.find((c) =>
      c.habilitations.some((h) => h.organismeId === organisme.id && h.role === 'ordonnateur'),
    )
    await inOrganisme(base, organisme.id, async (tx) => {
      const { rows: deja } = await sql`select 1 from app.finances_piece limit 1`.execute(tx)
      if (deja.length > 0) return
      const budgets = await listBudgets(tx)
      // a demonstration older than the finances has none
      if (budgets.length === 0) return
      const redacteurs: Redacteurs = {
        organismeId: organisme.id,
        redacteur,
        ordonnateur: ordonnateur
          ? acteurOf(organisme.id, ordonnateur)
          : { organismeId: organisme.id, personneId: null, nom: 'Le président' },
      }
      await installOperations(
        tx,
        redacteurs,
        budgets.map((b) => ({ id: b.id, assujetti: b.est_assujetti_tva })),
        rang,
      )
      const principal = budgets.find((b) => b.est_principal)
      if (principal) await installRecettes(tx, redacteurs, principal.id, rang)
      await installEchanges(tx, depot, redacteur, AUJOURDHUI)
    })
  }
}
