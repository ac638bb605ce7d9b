import type { Depot } from '#modules/documents/index.ts'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import type { Demonstration } from '../index.ts'
import { installBudgets } from './budgets.ts'

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
export async function installFinances(base: Base, _depot: Depot, d: Demonstration): Promise<void> {
  for (const { compte, organisme, profil } of organismesDesFinances(d)) {
    const carrieres = d.carrieres.filter((c) => c.organismeId === organisme.id && c.sortie === null)
    const elus = carrieres.filter((c) => c.situations[0]?.statut === 'elu').length
    await inOrganisme(base, organisme.id, async (tx) => {
      const deja = await tx.selectFrom('app.finances_budget').select('id').limit(1).execute()
      if (deja.length > 0) return
      await installBudgets(
        tx,
        { organismeId: organisme.id, personneId: compte.personneId, nom: `${compte.prenom} ${compte.nom}` },
        profil,
        { habitants: organisme.populations.at(-1)?.totale ?? 1000, agents: carrieres.length - elus, elus },
      )
    })
  }
}
