import { type Anomalie, introuvable, Refus } from '#socle/refus.ts'

/** Refusals of the incomes: codes, statuses and French messages in one place. */
export const roleIntrouvable = () => introuvable('Ce rôle')
export const detteIntrouvable = () => introuvable('Cet article de rôle')
export const mandatSepaIntrouvable = () => introuvable('Ce mandat de prélèvement')

export const refusRoleEtat = () =>
  new Refus('role.etat', 'Ce rôle est parti à la signature ou déjà signé : il ne change plus. Rechargez la page.')
export const refusRoleVu = () =>
  new Refus('role.vuAutreChose', 'Le rôle a changé depuis que vous l’avez ouvert ; rien n’est signé. Relisez-le.')
export const refusBloquantes = (quoi: string, liste: readonly Anomalie[]) =>
  new Refus(
    'role.anomalies',
    `${liste.length > 1 ? `${liste.length} points empêchent` : 'Un point empêche'} ${quoi} : ${liste
      .slice(0, 3)
      .map((a) => `${a.lieu ? `${a.lieu}, ` : ''}${a.message.charAt(0).toLowerCase()}${a.message.slice(1)}`)
      .join(' ')}`,
  )
export const refusDebiteurDouble = () =>
  new Refus('role.debiteurDouble', 'Ce débiteur est déjà dans le rôle : ajoutez une ligne à son article.', {
    champs: { tiersId: 'Déjà dans ce rôle.' },
  })
export const refusAvisSansReglages = () =>
  new Refus(
    'avis.reglages',
    'L’avis porte l’adresse de la collectivité et celle du comptable : remplissez d’abord « Avis des sommes à payer » dans les réglages des échanges.',
  )
export const refusMandatSepaVivant = () =>
  new Refus(
    'sepa.vivant',
    'Ce débiteur a déjà un mandat de prélèvement en cours : changez son compte, ou révoquez-le.',
    {
      champs: { tiersId: 'Un mandat est déjà en cours.' },
    },
  )
export const refusRumPrise = () =>
  new Refus('sepa.rum', 'Cette référence (RUM) est celle d’un autre mandat.', { champs: { rum: 'Déjà prise.' } })
export const refusMandatSepaEtat = () =>
  new Refus('sepa.etat', 'Cette action n’est pas possible dans l’état de ce mandat. Rechargez la page.')
export const refusMemePersonne = () =>
  new Refus(
    'sepa.memePersonne',
    'Vous avez saisi ce mandat : une autre personne doit comparer le compte au papier signé.',
    { status: 403 },
  )
export const regieIntrouvable = () => introuvable('Cette régie')
export const operationIntrouvable = () => introuvable('Cette opération')
export const refusRegieCode = () =>
  new Refus('regie.code', 'Une autre régie porte déjà ce code.', { champs: { code: 'Déjà pris.' } })
export const refusOperation = (code: string, message: string, champ?: string) =>
  new Refus(`regie.${code}`, message, champ ? { champs: { [champ]: message } } : {})
export const p503Introuvable = () => introuvable('Cet encaissement')
export const refusP503 = (code: string, message: string, champ?: string) =>
  new Refus(`p503.${code}`, message, champ ? { champs: { [champ]: message } } : {})
export const listeAnvIntrouvable = () => introuvable('Cette liste')
export const refusAnv = (code: string, message: string) => new Refus(`anv.${code}`, message)
