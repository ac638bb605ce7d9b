import { formatEuros } from '#socle/argent.ts'
import { formatJour, formatMois, type Mois } from '#socle/dates.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'

const GABARIT = new URL('./attestation.typ', import.meta.url)

/** What an employer attests of an agent: his post, and what he was paid over the months that are approved. */
export type Attestation = {
  organisme: { nom: string; siret: string; adresse: string; codePostal: string; ville: string }
  agent: { civilite: 'M.' | 'Mme'; nom: string; prenom: string; naissance: string; matricule: string }
  emploi: string
  statut: string
  entree: string
  sortie: string | null
  /** Day of the document: last day of the last month shown. */
  jour: string
  mois: readonly { mois: Mois; brut: string; netImposable: string; netAPayer: string }[]
}

const sansEuro = (m: string) => formatEuros(m).replace(/\s?€$/, '')

export function vueAttestation(a: Attestation) {
  const qui = `${a.agent.civilite} ${a.agent.prenom} ${a.agent.nom}`
  const feminin = a.agent.civilite === 'Mme'
  return {
    titre: 'Attestation d’emploi et de rémunération',
    date: a.jour,
    organisme: a.organisme,
    phrases: [
      `Le représentant légal de ${a.organisme.nom} atteste que ${qui}, ${feminin ? 'née' : 'né'} le ${formatJour(a.agent.naissance)}, matricule ${a.agent.matricule}, ${a.sortie ? 'a été' : 'est'} ${feminin ? 'employée' : 'employé'} depuis le ${formatJour(a.entree)}${a.sortie ? ` et jusqu’au ${formatJour(a.sortie)}` : ''} en qualité de « ${a.emploi} » (${a.statut}).`,
      a.mois.length === 0
        ? 'Aucune rémunération n’a été approuvée sur les douze derniers mois.'
        : 'Les rémunérations suivantes ont été approuvées par l’ordonnateur, en euros :',
    ],
    lignes: a.mois.map((m) => [formatMois(m.mois), sansEuro(m.brut), sansEuro(m.netImposable), sansEuro(m.netAPayer)]),
    signature: `Fait à ${a.organisme.ville}, le ${formatJour(a.jour)}, pour valoir ce que de droit.`,
  }
}

export const renderAttestation = (a: Attestation, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(GABARIT, vueAttestation(a), norme)
