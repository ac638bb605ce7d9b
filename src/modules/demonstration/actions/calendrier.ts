import { reporterEcheances } from '#modules/paie/index.ts'
import { addJours, jour, mois } from '#socle/dates.ts'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import type { Demonstration } from '../index.ts'

/** Month that the visitors prepare; it is past when they come, so its dates have to be theirs. */
const MOIS = mois('2025-11')
const DELAI = 30
/** One body in so many keeps the dates of its month: what comes late is to be seen somewhere. */
const UNE_EN_RETARD_SUR = 20
/** She deposits for three communes: one of them is late. */
const TARDIVE = 'secretaire3@bosquet.example'
const MOTIF = 'Démonstration : reportée pour les visiteurs'

/**
 * The agency moves the dates of the month to prepare after the day of the visit, as it may for any body; one commune of
 * the secretary of three and a few others keep theirs, so that a deposit there opens a rappel.
 */
export async function installCalendrier(base: Base, d: Demonstration): Promise<void> {
  const limite = addJours(jour(new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })), DELAI)
  const montres = d.comptes.filter((c) => c.vitrine !== null)
  const tardif = montres.find((c) => c.courriel === TARDIVE)?.habilitations[0]?.organismeId
  const siens = new Set<string>(montres.flatMap((c) => c.habilitations.map((h) => h.organismeId)))
  const clients = d.organismes.filter((o) => o.pex !== null)
  for (const [i, { id }] of clients.entries()) {
    if (id === tardif || (i % UNE_EN_RETARD_SUR === 0 && !siens.has(id))) continue
    const auteur = { organismeId: id, personneId: null, nom: 'Service paie de l’agence' }
    await inOrganisme(base, id, (tx) => reporterEcheances(tx, auteur, MOIS, limite, MOTIF))
  }
}
