import { type Anomalie, introuvable, Refus } from '#socle/refus.ts'

/** Refusals of the exchanges: codes, statuses and French messages in one place. */
export const fluxIntrouvable = () => introuvable('Ce flux')
export const aPartIntrouvable = () => introuvable('Cette ligne mise à part')

export const refusReglages = (manques: readonly string[]) =>
  new Refus(
    'flux.reglages',
    `Il manque ${manques.join(' et ')} au budget : demandez-les au comptable, puis complétez le budget (Budgets).`,
  )
export const refusDejaRemis = () =>
  new Refus('flux.remis', 'Ce bordereau est déjà remis au comptable : son flux ne change plus.')
export const refusNonSigne = () =>
  new Refus('flux.nonSigne', 'Ce bordereau n’est pas signé : il n’a pas encore de flux.')
export const refusFluxEtat = (etat: string) =>
  new Refus('flux.etat', `Cette action n’est pas possible : le flux est « ${etat} ».`)
export const refusFluxFautif = (anomalies: readonly Anomalie[]) =>
  new Refus(
    'flux.fautif',
    `Le flux serait rejeté : ${anomalies
      .slice(0, 3)
      .map((a) => a.message)
      .join(' ')} Corrigez, puis générez-le à nouveau.`,
  )
export const refusReponseVide = () =>
  new Refus('reponse.vide', 'Ce fichier ne porte aucune réponse : rien n’est à appliquer.', { status: 422 })
export const refusDejaTraite = () => new Refus('aPart.traite', 'Cette ligne a déjà été traitée.')
export const refusHorsDemonstration = () =>
  new Refus('flux.simulation', 'La réponse simulée n’existe que dans la démonstration.', { status: 403 })
