import { deMois, type Mois } from '#socle/dates.ts'
import { type EtatDossier, estModifiable } from '../../../dossier/domain/dossier.ts'

/** Life of a production beside the run of the month: buttons, routes and tests read this table. */
export type EtatComplement = 'prepare' | 'aApprouver' | 'renvoye' | 'approuve' | 'diffuse' | 'abandonne'
export type ActeComplement = 'calculer' | 'envoyer' | 'approuver' | 'renvoyer' | 'abandonner' | 'diffuser'
/** complementaire: after the visa of the month. urgence: paid at once, before that visa or after it. */
export type GenreComplement = 'complementaire' | 'urgence'

const TRANSITIONS: Record<EtatComplement, Partial<Record<ActeComplement, EtatComplement>>> = {
  prepare: { calculer: 'prepare', envoyer: 'aApprouver', abandonner: 'abandonne' },
  aApprouver: { approuver: 'approuve', renvoyer: 'renvoye' },
  renvoye: { calculer: 'prepare', abandonner: 'abandonne' },
  approuve: { diffuser: 'diffuse' },
  diffuse: {},
  abandonne: {},
}
/** The right that each act asks for; `diffuser` is done by the platform. */
export const DROIT_COMPLEMENT: Record<Exclude<ActeComplement, 'diffuser'>, string> = {
  calculer: 'paie.calculer',
  envoyer: 'paie.calculer',
  abandonner: 'paie.calculer',
  approuver: 'paie.approuver',
  renvoyer: 'paie.approuver',
}
export const nextEtatComplement = (etat: EtatComplement, acte: ActeComplement) => TRANSITIONS[etat][acte]
export const actesComplement = (etat: EtatComplement) =>
  (Object.keys(TRANSITIONS[etat]) as ActeComplement[]).filter((a) => a !== 'diffuser')
/** Neither paid nor given up: its elements may still be entered or decided. */
export const ETATS_EN_COURS = ['prepare', 'aApprouver', 'renvoye'] as const satisfies EtatComplement[]
export const estEnPreparation = (etat: EtatComplement) => etat === 'prepare' || etat === 'renvoye'

type Moment = { mois: Mois; etat: EtatDossier; suivant: EtatDossier | undefined; genre: GenreComplement }

/** Why the month takes no such production now; `undefined` when it does. */
export function refusDuMoment({ mois, etat, suivant, genre }: Moment): string | undefined {
  if (etat === 'clos') return `La paie ${deMois(mois)} est close : ce qui lui manque se règle par un rappel.`
  if (suivant !== undefined && !estModifiable(suivant))
    return `Le mois suivant est déjà envoyé ou approuvé : ce qui manque ${deMois(mois)} se règle par un rappel.`
  if (etat === 'aApprouver')
    return `La paie ${deMois(mois)} est chez l’ordonnateur : attendez qu’il l’approuve ou la renvoie.`
  if (genre === 'complementaire' && estModifiable(etat))
    return `La paie ${deMois(mois)} n’est pas approuvée : corrigez-la, il n’y a rien à compléter.`
  return undefined
}
