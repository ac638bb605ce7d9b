import { introuvable, Refus } from '#socle/refus.ts'

/** Refusals of the pay module: codes, statuses and French messages in one place. */
export const refusActe = (libelleEtat: string) =>
  new Refus('paie.acteImpossible', `Cette action n’est pas possible : le dossier est « ${libelleEtat} ».`)

export const refusFige = () =>
  new Refus(
    'paie.moisFige',
    'Ce mois est envoyé à l’approbation ou déjà approuvé : il ne change plus. Une correction se fait par un rappel le mois suivant.',
  )

export const refusCalculEnCours = (par: string, depuis: string) =>
  new Refus(
    'paie.calculEnCours',
    `Un calcul de ce dossier est en cours, lancé par ${par} à ${depuis}. Il se termine seul.`,
  )

export const refusDejaCalcule = (par: string) =>
  new Refus(
    'paie.dejaCalcule',
    `${par} vient de calculer ce dossier ; rien n’a changé depuis. Les bulletins sont à jour.`,
  )

export const refusPerime = () =>
  new Refus(
    'paie.perime',
    'Quelque chose a changé depuis le dernier calcul. Recalculez, contrôlez, puis envoyez à l’approbation.',
  )

export const refusBloquantes = (n: number) =>
  new Refus(
    'paie.anomaliesBloquantes',
    `${n} anomalie${n > 1 ? 's bloquantes empêchent' : ' bloquante empêche'} l’envoi. Ouvrez « Anomalies » : chacune dit où et comment la corriger.`,
  )

export const refusEmpreinte = () =>
  new Refus(
    'paie.vuAutreChose',
    'La paie a changé depuis que vous l’avez ouverte ; rien n’est approuvé. Rechargez la page et relisez avant d’approuver.',
  )

export const refusSansBulletin = () =>
  new Refus('paie.sansBulletin', 'Ce mois n’a aucun bulletin. Calculez la paie avant de l’envoyer.')

export const refusSansEmployeur = () =>
  new Refus(
    'paie.employeurSansReglages',
    'Les réglages de l’employeur (effectif, taux notifiés) manquent pour ce mois. Saisissez-les avant de calculer.',
  )

export const dossierIntrouvable = () => introuvable('Ce mois de paie')
export const agentIntrouvable = () => introuvable('Cet agent')
export const pieceIntrouvable = () => introuvable('Cette pièce')
export const questionIntrouvable = () => introuvable('Cette question')
