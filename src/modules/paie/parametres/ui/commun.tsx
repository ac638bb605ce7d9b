import { Etat, type NomEtat } from '#ui'
import type { Proposition } from '../contract.ts'

export const ETATS: Record<Proposition['etat'], { libelle: string; etat: NomEtat }> = {
  proposee: { libelle: 'En attente', etat: 'enAttente' },
  publiee: { libelle: 'Publiée', etat: 'fait' },
  refusee: { libelle: 'Refusée', etat: 'bloquant' },
  retiree: { libelle: 'Retirée', etat: 'attention' },
}

export const EtatProposition = ({ etat }: { etat: Proposition['etat'] }) => (
  <Etat etat={ETATS[etat].etat}>{ETATS[etat].libelle}</Etat>
)

export const Verification = ({ verifie }: { verifie: boolean }) =>
  verifie ? <Etat etat="fait">Vérifié</Etat> : <Etat etat="attention">Non vérifié</Etat>
