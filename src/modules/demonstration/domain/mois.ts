import {
  addJours,
  addMois,
  dernierJour,
  formatJour,
  formatMois,
  type Jour,
  type Mois,
  mois,
  premierJour,
} from '#socle/dates.ts'
import { type Alea, alea, fabriqueIds } from './alea.ts'
import type { Acces } from './comptes.ts'
import { latest } from './etat-civil.ts'
import { carrieresToPay } from './presence.ts'
import type {
  Carriere,
  CodePrime,
  ContenuVariable,
  Heures,
  KindPiece,
  Organisme,
  Piece,
  SituationAgent,
  SituationCarriere,
  Variable,
} from './types.ts'

/** Months told in the demonstration; the visit is in the last one. */
export const MOIS: readonly Mois[] = [mois('2025-10'), mois('2025-11')]

/** The small bodies of the visit live faster, so that there is something to see in them. */
const ENTRAIN = 4

type Ingredients = { graine: number; organismes: ReadonlyMap<string, Organisme>; carrieres: Carriere[]; acces: Acces }
type Nouvelle = { carriere: Carriere; situation: SituationCarriere; contenu: ContenuVariable }

/** What happened in each month, and the paper that says so. */
export function buildMois(i: Ingredients): { variables: Variable[]; pieces: Piece[] } {
  const newVariableId = fabriqueIds(i.graine, 'variables')
  const newPieceId = fabriqueIds(i.graine, 'pieces')
  const deposants = new Map(
    i.acces.comptes.flatMap((c) =>
      c.habilitations.filter((h) => h.role === 'deposant').map((h) => [h.organismeId, c] as const),
    ),
  )
  const vitrine = bodiesShown(i.acces)
  const variables: Variable[] = []
  const pieces: Piece[] = []
  for (const m of MOIS) {
    const a = alea(i.graine, `variables/${m}`)
    const payees = carrieresToPay(i.carrieres, m)
    const nouvelles = payees.flatMap((c) => drawVariables(a, c, m, vitrine.deposes.has(c.organismeId) ? ENTRAIN : 1))
    const addPiece: AddPiece = (kind, carrieres, effet, libelle, pasAvant = premierJour(addMois(m, -1))) => {
      const organisme = i.organismes.get(carrieres[0]!.organismeId)!
      const deposant = deposants.get(organisme.id)
      const piece: Piece = {
        id: newPieceId<'Piece'>(),
        organismeId: organisme.id,
        mois: m,
        kind,
        libelle,
        nomFichier: `${m}-${FICHIERS[kind]}-${String(pieces.length + 1).padStart(4, '0')}.pdf`,
        carrieresIds: carrieres.map((c) => c.id),
        effet,
        depotPar: deposant?.id ?? null,
        // Deposits run from the 20th of the month before to the cut-off, a few are late.
        deposeLe: latest(pasAvant, addJours(premierJour(m), a.chance(0.06) ? a.entier(6, 9) : a.entier(-10, 3))),
        estVitrine: vitrine.tous.has(organisme.id),
      }
      pieces.push(piece)
      return piece
    }
    const addVariable = (n: Nouvelle, piece: Piece) =>
      variables.push({
        id: newVariableId<'Variable'>(),
        carriereId: n.carriere.id,
        mois: m,
        pieceId: piece.id,
        contenu: n.contenu,
      })
    // Hours and primes come on one statement by body; an arrêt is one paper by person.
    for (const [nature, kind, libelle] of ETATS) {
      const parOrganisme = Map.groupBy(
        nouvelles.filter((n) => n.contenu.nature === nature),
        (n) => n.carriere.organismeId,
      )
      for (const siennes of parOrganisme.values()) {
        const carrieres = siennes.map((n) => n.carriere)
        const piece = addPiece(kind, carrieres, premierJour(m), `${libelle}, ${formatMois(addMois(m, -1))}`)
        for (const n of siennes) addVariable(n, piece)
      }
    }
    for (const n of nouvelles) {
      if (n.contenu.nature !== 'absence') continue
      const { depuis, jusqua, motif } = n.contenu
      const periode = `du ${formatJour(depuis)} au ${formatJour(addJours(jusqua, -1))}`
      const kind = motif === 'maladie' ? 'arretTravail' : 'arrete'
      // An arrêt or a strike is declared once it has begun.
      const pasAvant = motif === 'congeSansTraitement' ? undefined : addJours(depuis, 1)
      addVariable(n, addPiece(kind, [n.carriere], depuis, `${LIBELLES_ABSENCE[motif]} ${periode}`, pasAvant))
    }
    addMouvementPieces(a, m, i.carrieres, addPiece)
  }
  return { variables, pieces }
}

/** The bodies that the accounts of the visit reach: those of its secretaries and the portfolio of its officer. */
function bodiesShown({ comptes, portefeuilles }: Acces): { deposes: Set<string>; tous: Set<string> } {
  const montres = new Map(comptes.filter((c) => c.vitrine !== null).map((c) => [c.id as string, c]))
  const deposes = [...montres.values()].flatMap((c) => c.habilitations.filter((h) => h.role === 'deposant'))
  const siens = portefeuilles.filter((p) => montres.get(p.gestionnaireId)?.courriel.startsWith('gestionnaire@'))
  const deposesIds = deposes.map((h) => h.organismeId as string)
  return { deposes: new Set(deposesIds), tous: new Set([...deposesIds, ...siens.flatMap((p) => p.organismesIds)]) }
}

const FICHIERS: Record<KindPiece, string> = {
  arrete: 'arrete',
  contrat: 'contrat',
  arretTravail: 'arret-de-travail',
  rib: 'rib',
  sft: 'declaration-sft',
  heures: 'etat-heures',
  deliberation: 'deliberation',
  etatPrimes: 'etat-primes',
  finContrat: 'fin-de-contrat',
}
const ETATS = [
  ['heures', 'heures', 'État des heures supplémentaires et complémentaires'],
  ['prime', 'etatPrimes', 'État des primes et indemnités'],
] as const
const LIBELLES_ABSENCE = {
  maladie: 'Arrêt de travail',
  congeSansTraitement: 'Arrêté de congé sans traitement',
  greve: 'État de service non fait (grève)',
} as const

/** About six payslips in a hundred have something that month. */
function drawVariables(a: Alea, carriere: Carriere, m: Mois, entrain: number): Nouvelle[] {
  const situation = carriere.situations.findLast((s) => s.depuis <= dernierJour(m)) ?? carriere.situations[0]
  // Who comes or goes within the month has no other event: one thing at a time to look at.
  const vaEtVient = carriere.entree >= premierJour(m) || carriere.sortie !== null
  if (!situation || situation.statut === 'elu' || vaEtVient) return []
  const contenu = drawContenu(a, situation, m, entrain)
  return contenu ? [{ carriere, situation, contenu }] : []
}

function drawContenu(a: Alea, s: SituationAgent, m: Mois, entrain: number): ContenuVariable | null {
  const tirage = a.reel() / entrain
  const estTempsPlein = s.minutesHebdo === 2100 && s.quotiteTempsPartiel === 100
  if (tirage < 0.03) {
    if (s.categorie !== 'A' && estTempsPlein) return { nature: 'heures', heures: drawIhts(a) }
    if (s.minutesHebdo < 2100)
      return {
        nature: 'heures',
        heures: [{ type: 'complementaires', moment: 'jour', minutes: drawComplementaires(a, s) }],
      }
    return null
  }
  if (tirage < 0.045) return { nature: 'prime', ...drawPrime(a, s, m) }
  if (tirage < 0.061) return { nature: 'absence', motif: 'maladie', ...drawArret(a, m) }
  if (tirage < 0.063) {
    const depuis = addJours(premierJour(m), a.entier(1, 20))
    return {
      nature: 'absence',
      motif: 'congeSansTraitement',
      depuis,
      jusqua: addJours(depuis, a.entier(2, 8)),
      sansCarence: true,
    }
  }
  if (tirage < 0.065 && s.statut !== 'contractuel') {
    const depuis = addJours(premierJour(m), m.endsWith('-10') ? 1 : 5)
    return { nature: 'absence', motif: 'greve', depuis, jusqua: addJours(depuis, 1), sansCarence: true }
  }
  return null
}

function drawIhts(a: Alea): Heures[] {
  const heures: Heures[] = [{ type: 'supplementaires', moment: 'jour', minutes: a.entier(2, 32) * 30 }]
  if (a.chance(0.18)) heures.push({ type: 'supplementaires', moment: 'dimanche', minutes: a.entier(2, 8) * 60 })
  if (a.chance(0.1)) heures.push({ type: 'supplementaires', moment: 'nuit', minutes: a.entier(1, 5) * 60 })
  // 25 hours a month at most (décret 2002-60).
  while (heures.reduce((total, h) => total + h.minutes, 0) > 25 * 60) heures.pop()
  return heures
}

/** Complementary hours stay under 35 hours a week. */
function drawComplementaires(a: Alea, s: SituationAgent): number {
  const libres = Math.max(2, Math.floor(((2100 - s.minutesHebdo) * 4) / 30))
  return a.entier(2, Math.min(libres, 40)) * 30
}

function drawPrime(a: Alea, s: SituationAgent, m: Mois): { code: CodePrime; libelle: string; montant: string } {
  if (s.filiere === 'Technique' && a.chance(0.6))
    return {
      code: 'ASTREINTE',
      libelle: 'Indemnité d’astreinte, semaine complète',
      montant: a.choix(['159.20', '318.40']),
    }
  if (m.endsWith('-11') && a.chance(0.9)) {
    const [min, max] = s.categorie === 'A' ? [80, 160] : s.categorie === 'B' ? [40, 100] : [15, 60]
    return { code: 'CIA', libelle: 'Complément indemnitaire annuel', montant: `${a.entier(min, max) * 10}.00` }
  }
  return a.chance(0.5)
    ? {
        code: 'REGIE',
        libelle: 'Indemnité de responsabilité des régisseurs',
        montant: a.choix(['110.00', '120.00', '140.00']),
      }
    : { code: 'CIA', libelle: 'Complément indemnitaire annuel', montant: `${a.entier(10, 50) * 10}.00` }
}

function drawArret(a: Alea, m: Mois): { depuis: Jour; jusqua: Jour; sansCarence: boolean } {
  const jours = a.pese([
    [a.entier(1, 3), 40],
    [a.entier(4, 8), 30],
    [a.entier(9, 15), 20],
    [a.entier(16, 40), 10],
  ])
  // Later ones wait for the month after: the pay of this one is computed by then.
  const depuis = addJours(premierJour(m), a.entier(0, 13))
  return { depuis, jusqua: addJours(depuis, jours), sansCarence: a.chance(0.06) }
}

type AddPiece = (kind: KindPiece, carrieres: Carriere[], effet: Jour, libelle: string, pasAvant?: Jour) => Piece

/** Papers of the careers that change in the month: entries, exits, échelons, stages, RIB, SFT. */
function addMouvementPieces(a: Alea, m: Mois, carrieres: Carriere[], addPiece: AddPiece) {
  const dans = (j: Jour) => j >= premierJour(m) && j <= dernierJour(m)
  const avancements = new Map<string, Carriere[]>()
  for (const c of carrieres) {
    if (dans(c.entree)) {
      addPiece('contrat', [c], c.entree, `Contrat à durée déterminée à compter du ${formatJour(c.entree)}`)
      addPiece('rib', [c], c.entree, 'Relevé d’identité bancaire')
    }
    if (c.sortie !== null && dans(addJours(c.sortie, -1))) {
      const kind = c.motifSortie === 'fin de contrat' ? 'finContrat' : 'arrete'
      const dernier = formatJour(addJours(c.sortie, -1))
      addPiece(kind, [c], c.sortie, `Radiation des effectifs après le ${dernier} : ${c.motifSortie}`)
    }
    for (const s of c.situations) {
      if (!dans(s.depuis) || s.depuis === c.entree) continue
      if (s.motif === 'Titularisation') addPiece('arrete', [c], s.depuis, 'Arrêté de titularisation')
      else if (s.motif.startsWith('Supplément'))
        addPiece('sft', [c], s.depuis, 'Déclaration de supplément familial de traitement')
      else avancements.set(c.organismeId, [...(avancements.get(c.organismeId) ?? []), c])
    }
    if (c.entree < premierJour(m) && c.sortie === null && a.chance(0.003))
      addPiece('rib', [c], premierJour(m), 'Nouveau relevé d’identité bancaire')
  }
  for (const siennes of avancements.values())
    addPiece('arrete', siennes, premierJour(m), `Arrêtés d’avancement d’échelon, ${formatMois(m)}`)
}
