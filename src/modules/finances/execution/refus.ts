import { type Anomalie, introuvable, Refus } from '#socle/refus.ts'

/** Refusals of the chain: codes, statuses and French messages in one place. */
export const tiersIntrouvable = () => introuvable('Ce tiers')
export const compteIntrouvable = () => introuvable('Ce compte bancaire')
export const factureIntrouvable = () => introuvable('Cette facture')
export const engagementIntrouvable = () => introuvable('Cet engagement')
export const liquidationIntrouvable = () => introuvable('Cette pièce')
export const bordereauIntrouvable = () => introuvable('Ce bordereau')
export const pieceIntrouvable = () => introuvable('Cette pièce')

export const refusDoublon = (nom: string) =>
  new Refus('tiers.existe', `Ce SIRET est déjà celui de « ${nom} ». Utilisez ce tiers.`, {
    champs: { siret: `Déjà utilisé par « ${nom} ».` },
  })
export const refusMemePersonne = () =>
  new Refus(
    'compte.memePersonne',
    'Vous avez saisi ce compte : une autre personne doit le contrôler. C’est ce qui protège des faux RIB.',
    { status: 403 },
  )
export const refusCompteDecide = () => new Refus('compte.decide', 'Ce compte a déjà été contrôlé.')
export const refusFactureDouble = (numero: string) =>
  new Refus('facture.double', `La facture ${numero} de ce fournisseur est déjà enregistrée.`, {
    champs: { numero: 'Déjà enregistrée pour ce fournisseur.' },
  })
export const refusFactureEtat = (quoi: string) =>
  new Refus('facture.etat', `Cette action n’est pas possible : la facture est ${quoi}.`)
export const refusEngagement = (reste: string) =>
  new Refus('engagement.depasse', `Il ne reste que ${reste} sur cet engagement.`)
export const refusEngagementFerme = () => new Refus('engagement.ferme', 'Cet engagement est soldé ou annulé.')
export const refusLiquidationEtat = () =>
  new Refus(
    'piece.envoyee',
    'Cette pièce est déjà sur un bordereau : elle ne change plus tant qu’il n’est pas renvoyé.',
  )
export const refusEmpreinte = () =>
  new Refus(
    'bordereau.vuAutreChose',
    'Le bordereau a changé depuis que vous l’avez ouvert ; rien n’est signé. Rechargez la page et relisez.',
  )
export const refusMelange = () =>
  new Refus(
    'bordereau.melange',
    'Un bordereau ne mêle pas des budgets, des exercices, des mandats et des titres, ni des types différents.',
  )
export const refusDejaPosee = () =>
  new Refus('piece.posee', 'Une de ces pièces est déjà sur un bordereau. Rechargez la page.')
export const refusAnomalies = (liste: readonly { objet: string; anomalie: Anomalie }[]) =>
  new Refus(
    'bordereau.anomalies',
    `${liste.length > 1 ? `${liste.length} points empêchent` : 'Un point empêche'} l’envoi : ${liste
      .slice(0, 3)
      .map((a) => `${a.objet}, ${a.anomalie.message.charAt(0).toLowerCase()}${a.anomalie.message.slice(1)}`)
      .join(' ')}`,
  )
export const refusTvaNonAssujetti = () =>
  new Refus('piece.tva', 'Ce budget n’est pas assujetti à la TVA : les montants se saisissent toutes taxes comprises.')
