import type { Depot } from '#modules/documents/index.ts'
import { listBudgets } from '#modules/finances/index.ts'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import type { Demonstration } from '../index.ts'
import { installBudgets } from './budgets.ts'
import { installEchanges } from './echanges.ts'
import { AUJOURDHUI, installOperations } from './operations.ts'

/** The two bodies whose finances are shown: the commune of the secretary, and the largest communauté. */
export function organismesDesFinances(d: Demonstration) {
  const of = (courriel: string, profil: 'commune' | 'communaute') => {
    const compte = d.comptes.find((c) => c.courriel === `${courriel}@bosquet.example`)
    const organisme = d.organismes.find((o) => o.id === compte?.habilitations[0]?.organismeId)
    return compte && organisme ? [{ compte, organisme, profil }] : []
  }
  return [...of('secretaire', 'commune'), ...of('finances', 'communaute')]
}

/** Budgets and operations, once: a body that already has a budget is left as it is. */
export async function installFinances(
  base: Base,
  depot: Depot,
  d: Demonstration,
  { operations = true }: { operations?: boolean } = {},
): Promise<void> {
  for (const [rang, { compte, organisme, profil }] of organismesDesFinances(d).entries()) {
    const carrieres = d.carrieres.filter((c) => c.organismeId === organisme.id && c.sortie === null)
    const elus = carrieres.filter((c) => c.situations[0]?.statut === 'elu').length
    const acteur = (c: { personneId: string; prenom: string; nom: string }) => ({
      organismeId: organisme.id,
      personneId: c.personneId,
      nom: `${c.prenom} ${c.nom}`,
    })
    const ordonnateur = d.comptes.find((c) =>
      c.habilitations.some((h) => h.organismeId === organisme.id && h.role === 'ordonnateur'),
    )
    await inOrganisme(base, organisme.id, async (tx) => {
      const deja = await tx.selectFrom('app.finances_budget').select('id').limit(1).execute()
      if (deja.length > 0) return
      await installBudgets(tx, acteur(compte), profil, {
        habitants: organisme.populations.at(-1)?.totale ?? 1000,
        agents: carrieres.length - elus,
        elus,
      })
      if (!operations) return
      const budgets = (await listBudgets(tx)).map((b) => ({
        id: b.id,
        annees: [2024, 2025],
        assujetti: b.est_assujetti_tva,
      }))
      await installOperations(
        tx,
        {
          organismeId: organisme.id,
          redacteur: acteur(compte),
          ordonnateur: ordonnateur
            ? acteur(ordonnateur)
            : { organismeId: organisme.id, personneId: null, nom: 'Le président' },
        },
        budgets,
        rang,
      )
      await installEchanges(tx, depot, acteur(compte), AUJOURDHUI)
    })
  }
}
