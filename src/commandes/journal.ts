import { scellerJournaux, verifierJournal } from '#modules/journal/index.ts'
import { listOrganismes } from '#modules/organismes/index.ts'
import { inPlateforme } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../application.ts'
import type { Commande } from './index.ts'

export const verifierJournalCommande: Commande = {
  nom: 'journal verifier',
  usage: 'journal verifier',
  aide: 'Relit tous les journaux et leurs scellements ; dit ce qui a été modifié, retiré ou ajouté.',
  async run(_args, env) {
    const p = await openPlateforme(readReglages(env))
    try {
      const bilan = await verifierJournal(p.base)
      const noms = new Map(
        (await inPlateforme(p.base, (tx) => listOrganismes(tx))).map((o): [string, string] => [o.id, o.nom]),
      )
      console.log(
        `${bilan.ecritures} écritures relues, ${bilan.organismes} journaux, ${bilan.bordereaux} bordereaux de scellement.`,
      )
      for (const r of bilan.ruptures) console.log(`${noms.get(r.organismeId) ?? 'Scellements'} : ${r.message}`)
      console.log(bilan.ruptures.length === 0 ? 'Rien n’a été modifié.' : `${bilan.ruptures.length} anomalie(s).`)
      return bilan.ruptures.length === 0 ? 0 : 1
    } finally {
      await p.close()
    }
  },
}

export const scellerJournalCommande: Commande = {
  nom: 'journal sceller',
  usage: 'journal sceller',
  aide: 'Fait dater l’état des journaux par l’autorité d’horodatage (HORODATAGE_URL), sans attendre le soir.',
  async run(_args, env) {
    const reglages = readReglages(env)
    if (!reglages.horodatageUrl)
      throw new Refus('usage', 'Donnez l’adresse de l’autorité d’horodatage : HORODATAGE_URL=https://…')
    const p = await openPlateforme(reglages)
    try {
      const b = await scellerJournaux(p.base, reglages.horodatageUrl)
      console.log(
        b ? `Bordereau ${b.rang} daté du ${b.date_le.toISOString()}.` : 'Rien de nouveau depuis le dernier bordereau.',
      )
      return 0
    } finally {
      await p.close()
    }
  },
}
