import { compter, deMois, formatInstant, formatJourLong, type NomEtat } from '#ui'
import type { Dossier, EtatPiece } from '../../contract.ts'

/** What a member reads first: where the month stands, in one sentence, then what happens next. */
export type Situation = { etat: NomEtat; mot: string; phrase: string; suite: string }

type Vu = Pick<
  Dossier,
  | 'mois'
  | 'etat'
  | 'dateLimiteDepot'
  | 'envoyeLe'
  | 'envoyePar'
  | 'approuveLe'
  | 'approuvePar'
  | 'motifRenvoi'
  | 'diffuseLe'
  | 'compteurs'
>

/** The sentence about the deadline. A past one does not close the deposits: it says what is at stake. */
export function phraseLimite(limite: string | null, aujourdhui: string): string | undefined {
  if (limite === null) return undefined
  if (limite === aujourdhui) return 'Dernier jour pour déposer : aujourd’hui.'
  return limite > aujourdhui
    ? `À déposer au plus tard le ${formatJourLong(limite)}.`
    : `La date limite est passée (${formatJourLong(limite)}) : ce qui arrive maintenant compte encore tant que la paie n’est pas envoyée à l’approbation.`
}

/** For the person who deposits, or who only reads. */
export function situationDepot(d: Vu, peutDeposer = true): Situation {
  const dossier = `Le dossier ${deMois(d.mois)}`
  const paie = `La paie ${deMois(d.mois)}`
  switch (d.etat) {
    case 'ouvert':
      return {
        etat: 'aFaire',
        mot: 'Ouvert aux dépôts',
        phrase: peutDeposer
          ? `${dossier} est ouvert : déposez les pièces du mois.`
          : `${dossier} est ouvert aux dépôts.`,
        suite: 'Ensuite, votre gestionnaire lit les pièces et calcule la paie.',
      }
    case 'calcule':
      return {
        etat: 'enAttente',
        mot: 'Calculé',
        phrase: `${paie} est calculée ; votre gestionnaire la contrôle.`,
        suite: peutDeposer
          ? 'Ensuite, elle est envoyée à l’ordonnateur pour approbation. Une pièce déposée maintenant est encore prise en compte.'
          : 'Ensuite, elle est envoyée à l’ordonnateur pour approbation.',
      }
    case 'aApprouver':
      return {
        etat: 'enAttente',
        mot: 'À approuver',
        phrase: `${paie} attend l’approbation de l’ordonnateur${d.envoyeLe ? ` depuis le ${formatInstant(d.envoyeLe)}` : ''}.`,
        suite: peutDeposer
          ? 'Ensuite, les bulletins sont remis dans les coffres des agents. Une pièce déposée maintenant ne change plus ce mois, sauf si l’ordonnateur renvoie la paie.'
          : 'Ensuite, les bulletins sont remis dans les coffres des agents.',
      }
    case 'renvoye':
      return {
        etat: 'attention',
        mot: 'Renvoyé',
        phrase: `L’ordonnateur a renvoyé la paie ${deMois(d.mois)}${d.motifRenvoi ? ` : « ${d.motifRenvoi} »` : '.'}`,
        suite: 'Ensuite, votre gestionnaire corrige, calcule de nouveau et renvoie la paie à l’approbation.',
      }
    case 'approuve':
      return {
        etat: 'enAttente',
        mot: 'Approuvé',
        phrase: `${paie} est approuvée${parEtLe(d.approuvePar, d.approuveLe)}.`,
        suite: remise(d),
      }
    case 'clos':
    case 'diffuse':
      return {
        etat: 'fait',
        mot: d.etat === 'clos' ? 'Clos' : 'Bulletins remis',
        phrase: `Les bulletins ${deMois(d.mois)} sont remis${d.diffuseLe ? ` depuis le ${formatInstant(d.diffuseLe)}` : ''}.`,
        suite:
          d.etat === 'clos'
            ? 'Il ne reste rien à faire pour ce mois. Les pièces nouvelles vont dans le mois suivant.'
            : 'Il ne reste rien à faire pour ce mois. Une pièce déposée maintenant sera réglée par un rappel le mois suivant.',
      }
  }
}

/** For the person who gives the visa. */
export function situationVisa(d: Vu): Situation {
  const paie = `La paie ${deMois(d.mois)}`
  switch (d.etat) {
    case 'ouvert':
      return {
        etat: 'enAttente',
        mot: 'Pas encore calculée',
        phrase: `${paie} n’est pas encore calculée.`,
        suite: 'Ensuite, votre gestionnaire la calcule et vous l’envoie. Vous n’avez rien à faire.',
      }
    case 'calcule':
      return {
        etat: 'enAttente',
        mot: 'En contrôle',
        phrase: `${paie} est calculée ; votre gestionnaire la contrôle.`,
        suite: 'Ensuite, il vous l’envoie pour approbation. Vous n’avez rien à faire.',
      }
    case 'aApprouver':
      return {
        etat: 'aFaire',
        mot: 'À approuver',
        phrase: `${paie} attend votre approbation${d.envoyePar ? `, envoyée par ${d.envoyePar}` : ''}${d.envoyeLe ? ` le ${formatInstant(d.envoyeLe)}` : ''}.`,
        suite: 'Si vous approuvez, les bulletins sont figés et remis aux agents dans leur coffre.',
      }
    case 'renvoye':
      return {
        etat: 'enAttente',
        mot: 'Renvoyée',
        phrase: `Vous avez renvoyé la paie ${deMois(d.mois)}${d.motifRenvoi ? ` : « ${d.motifRenvoi} »` : '.'}`,
        suite: 'Ensuite, votre gestionnaire corrige, calcule de nouveau et vous l’envoie.',
      }
    case 'approuve':
      return {
        etat: 'fait',
        mot: 'Approuvée',
        phrase: `${paie} est approuvée${parEtLe(d.approuvePar, d.approuveLe)}.`,
        suite: remise(d),
      }
    case 'clos':
    case 'diffuse':
      return {
        etat: 'fait',
        mot: 'Bulletins remis',
        phrase: `${paie} est approuvée${parEtLe(d.approuvePar, d.approuveLe)}.`,
        suite: `${majuscule(compter(d.compteurs.bulletins, 'bulletin remis', 'bulletins remis'))} dans les coffres des agents. Il ne reste rien à faire.`,
      }
  }
}

const parEtLe = (par: string | null, le: string | null) =>
  `${par ? ` par ${par}` : ''}${le ? ` le ${formatInstant(le)}` : ''}`

const remise = (d: Vu) =>
  d.compteurs.editions === 0
    ? 'Les bulletins sont en cours de remise dans les coffres des agents. Il ne reste rien à faire.'
    : `${majuscule(compter(d.compteurs.editions, 'bulletin remis', 'bulletins remis'))} sur ${d.compteurs.bulletins} dans les coffres des agents. Il ne reste rien à faire.`

const majuscule = (t: string) => t.charAt(0).toUpperCase() + t.slice(1)

export const ETATS_DE_PIECE: Record<EtatPiece, { etat: NomEtat; mot: string; suite: string }> = {
  deposee: { etat: 'enAttente', mot: 'Déposée', suite: 'Votre gestionnaire va la lire.' },
  recue: { etat: 'fait', mot: 'Reçue', suite: 'Votre gestionnaire l’a lue et retenue.' },
  aCompleter: { etat: 'attention', mot: 'À compléter', suite: 'Déposez la pièce complète à sa place.' },
  refusee: { etat: 'bloquant', mot: 'Refusée', suite: 'Déposez une autre pièce à sa place.' },
  remplacee: { etat: 'enAttente', mot: 'Remplacée', suite: 'Une autre pièce a pris sa place.' },
}
