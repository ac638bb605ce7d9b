import type { Jour } from '#socle/dates.ts'
import type { DonneesBulletin } from '../bulletin/index.ts'
import type { Bulletin, Cumuls } from '../calcul/index.ts'
import type { Entrees } from './ouvrier.ts'

/** A stored payslip and whom it names, as the tables hold them: texts travel to a thread at no cost. */
export type AImprimer = {
  entrees: string
  bulletin: string
  cumuls: string
  /** Payslip of the month before. */
  precedent: string | null
  agent: {
    nom: string
    prenom: string
    matricule: string
    nir: string
    emploi: string
    entree: string
    adresse: string
    codePostal: string
    ville: string
  }
  /** Numbers of the payslips of the month that it completes. */
  complete?: string[] | undefined
  employeur: { nom: string; siret: string; adresse: string; codePostal: string; ville: string }
  numero: string
}

export const readAImprimer = (a: AImprimer): DonneesBulletin => ({
  bulletin: JSON.parse(a.bulletin) as Bulletin,
  cumuls: JSON.parse(a.cumuls) as Cumuls,
  precedent: a.precedent === null ? undefined : (JSON.parse(a.precedent) as Bulletin),
  situation: (JSON.parse(a.entrees) as Entrees).situation,
  complete: a.complete,
  numero: a.numero,
  organisme: a.employeur,
  agent: { ...a.agent, entree: a.agent.entree as Jour },
})
