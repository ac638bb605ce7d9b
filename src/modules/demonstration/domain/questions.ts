import { addJours, premierJour } from '#socle/dates.ts'
import { alea, fabriqueIds } from './alea.ts'
import type { Acces } from './comptes.ts'
import { latest } from './etat-civil.ts'
import { MOIS } from './mois.ts'
import type { Carriere, KindPiece, Piece, Question } from './types.ts'

type Modele = {
  kind: KindPiece
  objet: string
  question: string
  reponse: string | null
  nombre: number
}
/** What an officer asks about a paper, and what the body answers when it has answered. */
const MODELES: readonly Modele[] = [
  {
    kind: 'arretTravail',
    objet: 'Maladie ordinaire ou accident de service ?',
    question: 'Cet arrêt a-t-il un lien avec un accident de service ? Sans réponse, il est payé en maladie ordinaire.',
    reponse: 'Aucun lien avec le service, c’est une maladie ordinaire.',
    nombre: 3,
  },
  {
    kind: 'heures',
    objet: 'Paiement ou repos compensateur',
    question: 'Confirmez-vous que ces heures sont à payer, et qu’aucune n’a été rendue en repos ?',
    reponse: null,
    nombre: 3,
  },
  {
    kind: 'rib',
    objet: 'Changement de compte bancaire',
    question: 'Avez-vous vérifié ce changement de compte de vive voix auprès de l’agent ? Nous attendons votre accord.',
    reponse: null,
    nombre: 2,
  },
  {
    kind: 'contrat',
    objet: 'Motif du recrutement',
    question: 'Le contrat ne dit pas son motif. Lequel devons-nous retenir ?',
    reponse: 'C’est le remplacement d’un agent parti, en attendant un fonctionnaire.',
    nombre: 2,
  },
  {
    kind: 'etatPrimes',
    objet: 'Délibération du régime indemnitaire',
    question: 'Pouvez-vous déposer la délibération qui fonde ces montants ? Elle manque à votre dossier.',
    reponse: null,
    nombre: 2,
  },
  {
    kind: 'sft',
    objet: 'Attestation de l’autre parent',
    question: 'Il manque l’attestation de l’employeur de l’autre parent. Le supplément familial attend cette pièce.',
    reponse: null,
    nombre: 2,
  },
]

type Ingredients = { graine: number; acces: Acces; pieces: Piece[]; carrieres: Carriere[] }

/** Questions of the month of the visit: some answered, some waiting, all about a paper that was deposited. */
export function buildQuestions({ graine, acces, pieces }: Ingredients): Question[] {
  const a = alea(graine, 'questions')
  const newId = fabriqueIds(graine, 'questions')
  const m = MOIS.at(-1)!
  const gestionnaireDe = new Map(
    acces.portefeuilles.flatMap((p) => p.organismesIds.map((id) => [id as string, p.gestionnaireId] as const)),
  )
  const montres = new Set(acces.comptes.filter((c) => c.vitrine !== null).map((c) => c.id as string))
  return MODELES.flatMap((modele) => {
    const candidates = pieces.filter((p) => p.mois === m && p.kind === modele.kind && p.depotPar !== null)
    // The papers of the visit first, so that its accounts have something to answer.
    const rangDe = (p: Piece) => (montres.has(p.depotPar ?? '') ? 0 : p.estVitrine ? 1 : 2)
    const ordre = a.melange(candidates).sort((x, y) => rangDe(x) - rangDe(y))
    return ordre.slice(0, modele.nombre).map((piece, rang): Question => {
      const gestionnaire = gestionnaireDe.get(piece.organismeId)
      if (!gestionnaire || !piece.depotPar) throw new Error('a question needs an officer and a depositor')
      const le = addJours(latest(piece.deposeLe, addJours(premierJour(m), 2)), 1)
      const demande = { auteurId: gestionnaire, le, texte: modele.question }
      const repond = modele.reponse !== null && rang % 2 === 0
      return {
        id: newId<'Question'>(),
        organismeId: piece.organismeId,
        mois: m,
        carriereId: piece.carrieresIds[0] ?? null,
        pieceId: piece.id,
        objet: modele.objet,
        echeance: addJours(le, 2),
        messages: repond
          ? [demande, { auteurId: piece.depotPar, le: addJours(le, 1), texte: modele.reponse ?? '' }]
          : [demande],
        estClose: repond && rang === 0,
      }
    })
  })
}
