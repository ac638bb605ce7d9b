import { type ConseilPublie, publierConseils } from '#modules/paie/index.ts'
import type { Tx } from '#socle/db/base.ts'

/** Answers on the use of the service, which no law can make false. Those on the law are for the référents to write. */
const CONSEILS: readonly ConseilPublie[] = [
  {
    theme: 'Heures et temps de travail',
    question: 'Un état d’heures arrive après la date limite : les heures sont-elles perdues ?',
    reponse:
      'Non. Déposez-le quand même, avec sa date d’effet. Si la paie n’est pas encore envoyée à l’approbation, votre gestionnaire peut le prendre dans le mois. Sinon un rappel s’ouvre de lui-même pour le mois suivant : les heures sont payées aux taux de leur mois, sur des lignes qui le nomment.',
    texteDeDroit: '',
  },
  {
    theme: 'Contrats',
    question: 'Un saisonnier de l’an dernier revient : faut-il tout redonner ?',
    reponse:
      'Non. Déposez son nouveau contrat dans le dossier du mois : Bosquet vous le rappelle déjà dans « Ce qui vous attend ». Sa fiche, son compte bancaire et son coffre sont gardés ; dites seulement ce qui a changé.',
    texteDeDroit: '',
  },
  {
    theme: 'Absences et maladie',
    question: 'Qui peut lire un arrêt de travail que je dépose ?',
    reponse:
      'Vous, et les personnes qui préparent la paie. L’ordonnateur et les lecteurs voient qu’une pièce existe, pas son contenu. Chaque lecture est notée. Déposez le volet destiné à l’employeur : il ne porte pas le motif médical.',
    texteDeDroit: '',
  },
  {
    theme: 'Autre',
    question: 'Un agent change de compte bancaire juste avant la paie : que faire ?',
    reponse:
      'Déposez le relevé d’identité bancaire. Un gestionnaire saisit le compte, un second le confirme : c’est ce qui arrête les fausses demandes. Tant qu’il n’est pas confirmé, le virement va sur l’ancien compte. En cas de doute, rappelez l’agent au numéro que vous connaissez.',
    texteDeDroit: '',
  },
  {
    theme: 'Autre',
    question: 'J’ai déposé plusieurs pièces dans un seul fichier : dois-je recommencer ?',
    reponse:
      'Non. Votre gestionnaire sépare et tourne les pages ; votre dépôt d’origine est gardé avec son reçu. Au prochain envoi, un fichier par pièce va plus vite.',
    texteDeDroit: '',
  },
]

export const installConseils = (tx: Tx, agenceId: string) =>
  publierConseils(tx, agenceId, CONSEILS, 'Service paie de l’agence')
