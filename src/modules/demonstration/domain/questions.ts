import { addJours, type Jour, premierJour } from '#socle/dates.ts'
import { alea, fabriqueIds } from './alea.ts'
import type { Acces } from './comptes.ts'
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
    objet: 'Arrêt initial ou prolongation ?',
    question:
      'L’arrêt déposé ne dit pas s’il s’agit d’un arrêt initial ou d’une prolongation. Faut-il retenir un jour de carence ?',
    reponse: 'C’est un arrêt initial, le jour de carence est à retenir.',
    nombre: 3,
  },
  {
    kind: 'heures',
    objet: 'Heures de dimanche',
    question:
      'L’état compte des heures un dimanche sans préciser les horaires. Pouvez-vous confirmer qu’elles sont toutes de jour ?',
    reponse: null,
    nombre: 3,
  },
  {
    kind: 'rib',
    objet: 'RIB au nom d’un tiers',
    question: 'Le relevé déposé est à un autre nom que celui de l’agent. Merci de déposer un relevé à son nom.',
    reponse: null,
    nombre: 2,
  },
  {
    kind: 'contrat',
    objet: 'Indice du contrat',
    question: 'L’indice de rémunération est illisible à la deuxième page. Pouvez-vous le confirmer ?',
    reponse: 'Le contrat est conclu sur l’indice du premier échelon, page 2 redéposée ce jour.',
    nombre: 2,
  },
  {
    kind: 'etatPrimes',
    objet: 'Délibération du CIA',
    question: 'Le montant du complément indemnitaire dépasse celui de l’an dernier. La délibération a-t-elle changé ?',
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
  const jourOuvre = (n: number): Jour => addJours(premierJour(m), n)
  return MODELES.flatMap((modele) => {
    const candidates = pieces.filter((p) => p.mois === m && p.kind === modele.kind && p.depotPar !== null)
    // The papers of the visit first, so that its accounts have something to answer.
    const ordre = [...candidates.filter((p) => p.estVitrine), ...a.melange(candidates.filter((p) => !p.estVitrine))]
    return ordre.slice(0, modele.nombre).map((piece, rang): Question => {
      const gestionnaire = gestionnaireDe.get(piece.organismeId)
      if (!gestionnaire || !piece.depotPar) throw new Error('a question needs an officer and a depositor')
      const demande = { auteurId: gestionnaire, le: jourOuvre(4 + (rang % 2)), texte: modele.question }
      const repond = modele.reponse !== null && rang % 2 === 0
      return {
        id: newId<'Question'>(),
        organismeId: piece.organismeId,
        mois: m,
        carriereId: piece.carrieresIds[0] ?? null,
        pieceId: piece.id,
        objet: modele.objet,
        echeance: jourOuvre(6),
        messages: repond
          ? [demande, { auteurId: piece.depotPar, le: jourOuvre(5 + (rang % 2)), texte: modele.reponse ?? '' }]
          : [demande],
        estClose: repond && rang === 0,
      }
    })
  })
}
