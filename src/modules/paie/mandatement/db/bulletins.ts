import { sql } from 'kysely'
import { getOrganisme } from '#modules/organismes/index.ts'
import { deMois, dernierJour, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { Bulletin, Cumuls } from '../../calcul/bulletin.ts'
import type { Situation } from '../../calcul/situation.ts'
import { readCalendrier } from '../../dossier/calendrier/db/calendriers.ts'
import type { Part } from '../domain/ventiler.ts'
import type { AgentXhl, DocumentXhl } from '../exchange/xhl.ts'
import { type BudgetDePaie, readAffectations } from './affectations.ts'

/** Code NAF of general public administration, which is that of the bodies paid here until one says another. */
const APE = '8411Z'

export type AgentPaye = AgentXhl & { parts: [Part, ...Part[]] }

/** The approved payslips of a production, each with the shares of its post. */
export async function listPayes(tx: Tx, mois: Mois, rang: number, defaut: BudgetDePaie): Promise<AgentPaye[]> {
  const { rows } = await sql<
    Omit<AgentXhl, 'bulletin' | 'cumuls' | 'situation' | 'parts' | 'codePostal' | 'service'> & {
      carriere_id: string
      code_postal: string
      bulletin: string
      cumuls: string
      entrees: string
    }
  >`
    select b.carriere_id, b.bulletin, b.cumuls, b.entrees, a.nom, a.prenom, a.sexe, a.matricule, a.nir, a.iban, a.bic, a.adresse,
      a.code_postal, a.ville, c.emploi
    from app.paie_bulletin_approuve b
    join app.paie_agent a on a.organisme_id = b.organisme_id and a.id = b.agent_id
    join app.paie_carriere c on c.organisme_id = b.organisme_id and c.id = b.carriere_id
    where b.mois = ${mois} and b.rang = ${rang} order by b.numero`.execute(tx)
  if (rows.length === 0)
    throw new Refus(
      'mandatement.nonApprouve',
      `La paie ${deMois(mois)} n’est pas approuvée : ses mandats viennent après l’approbation.`,
    )
  const affectations = await readAffectations(tx, mois)
  const sienne: [Part] = [{ budgetId: defaut.id, fonction: '', quotite: '100.00' }]
  return rows.map(({ carriere_id, code_postal, bulletin, cumuls, entrees, ...a }) => ({
    ...a,
    codePostal: code_postal,
    service: '',
    bulletin: JSON.parse(bulletin) as Bulletin,
    cumuls: JSON.parse(cumuls) as Cumuls,
    situation: (JSON.parse(entrees) as { situation: Situation }).situation,
    parts: affectations.get(carriere_id)?.parts ?? sienne,
  }))
}

/** What all the payroll documents of a month share. */
export async function readEntete(
  tx: Tx,
  organismeId: string,
  mois: Mois,
): Promise<Pick<DocumentXhl, 'mois' | 'paiement' | 'employeur'>> {
  const o = await getOrganisme(tx, organismeId)
  const paiement = (await readCalendrier(tx, mois)).find((e) => e.etape === 'paiement')?.jour ?? dernierJour(mois)
  return {
    mois,
    paiement,
    employeur: {
      nom: o.nom,
      siret: o.siret,
      ape: APE,
      urssaf: o.siret,
      adresse: o.adresse,
      codePostal: o.code_postal,
      ville: o.ville,
    },
  }
}
