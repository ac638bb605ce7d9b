import { ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { controlerFlux } from '../pes/controler.ts'
import type { FluxAller, Mandat, Titre } from '../pes/flux.ts'
import { readPesAller } from '../pes/lire.ts'
import { totalOf, writeAcquit, writeRetour } from './ecrire.ts'
import type { Acquit, ElementAcquit, EtatRetour, PieceRetour, Sens } from './lire.ts'

/** What the counter already holds: bordereaux and pieces are unique by budget, exercice, sense (and type). */
export type Guichet = { bordereaux: Set<string>; pieces: Set<string>; pj: Set<string> }
export const newGuichet = (): Guichet => ({ bordereaux: new Set(), pieces: new Set(), pj: new Set() })

export type Visa = { etat: EtatRetour; motif?: string }
export type OptionsHelios = {
  date: Jour
  guichet?: Guichet
  /** The body as the comptable knows it; a flux of another one is refused. */
  attendu?: Partial<Pick<FluxAller['entete'], 'codique' | 'siret' | 'codeCollectivite' | 'codeBudget'>>
  /** Refuses a dematerialised flux without signature, as the real counter does. */
  exigeSignature?: boolean
  /** The visa of the comptable, piece by piece; by default a piece that should be justified and is not waits. */
  visa?: (piece: Mandat | Titre, sens: Sens) => Visa | undefined
  /** The day of payment or collection; nothing is settled without it. */
  regleLe?: Jour | undefined
}

// What each of our controls is called at the counter.
const CODES: Record<string, string> = {
  totalHt: 'ERREUR_CUMUL_MONTANTS',
  totalTva: 'ERREUR_CUMUL_MONTANTS',
  nombre: 'ERREUR_CUMUL_MONTANTS',
  cumul: 'ERREUR_CUMUL_MONTANTS',
  tvaZero: 'ERREUR_MONTANT_TVA_ZERO_NEGATIF',
  numeroDouble: 'ERREUR_DOUBLON_PIECE',
  ligneDouble: 'ERREUR_DOUBLON_LIGNE',
  idUnique: 'ERREUR_DOUBLON_PJ',
  pjIllisible: 'ERREUR_PJ',
  pjVide: 'ERREUR_PJ',
  signature: 'ERREUR_SIGNATURE_INCOMPLETE',
  siret: 'ERREUR_SIRET',
}
const codeOf = (code: string) => CODES[code.replace(/^pes\./, '')] ?? 'ERREUR_CODIFICATION'

const sansJustificatif = (p: Mandat | Titre, sens: Sens): Visa | undefined =>
  sens === 'D' && p.type === '01' && !p.pieces?.length && !p.lignes.some((l) => l.pieces?.length)
    ? { etat: 'suspendue', motif: 'Pièce justificative absente' }
    : undefined

/**
 * A local Hélios: answers a flux as the XML counter does (stage 1: the whole flux; stage 5: each bordereau), then as
 * the comptable does (visa of each piece, payment or collection). It knows only what its rules above say.
 */
export function simulerHelios(octets: Uint8Array, options: OptionsHelios): { acquit: Uint8Array; retour?: Uint8Array } {
  const guichet = options.guichet ?? newGuichet()
  const lu = readPesAller(octets)
  const { flux } = lu
  const { entete } = flux
  const acquit: Acquit = { genre: 'acquit', flux: flux.nom, entete: { ...entete, date: options.date }, elements: [] }
  const technique = (code: string, libelle: string) => {
    acquit.elements.push({
      domaine: 'technique',
      code: '0',
      accepte: false,
      exercice: undefined,
      bordereau: undefined,
      erreurs: [{ code, libelle }],
      pieces: [],
    })
    return { acquit: writeAcquit(acquit, flux.type) }
  }
  const faute = lu.anomalies[0]
  if (faute) return technique('ERREUR_SCHEMA_INCOMPLET', faute.message)
  const { attendu } = options
  if (attendu?.codique && attendu.codique !== entete.codique)
    return technique('ERREUR_CODIQUE', `Le poste ${entete.codique} est inconnu`)
  if (attendu?.siret && attendu.siret !== entete.siret)
    return technique('ERREUR_SIRET', `Le SIRET ${entete.siret} est inconnu`)
  if (
    (attendu?.codeCollectivite && attendu.codeCollectivite !== entete.codeCollectivite) ||
    (attendu?.codeBudget && attendu.codeBudget !== entete.codeBudget)
  )
    return technique(
      'ERREUR_CODE_COLLECTIVITE_BUDGET',
      `Le budget ${entete.codeCollectivite}-${entete.codeBudget} est inconnu`,
    )
  const anomalies = controlerFlux(flux, {
    signe: lu.signe,
    avantEnvoi: options.exigeSignature === true,
    pjEnvoyees: guichet.pj,
  }).filter((a) => a.bloquante && a.code !== 'pes.pjRef')
  const globale = anomalies.find((a) => !a.message.startsWith('Bordereau '))
  if (globale) return technique(codeOf(globale.code), globale.message)

  const retours: PieceRetour[] = []
  const domaines = [
    { sens: 'D' as const, code: '5', bordereaux: flux.depense?.bordereaux ?? [] },
    { sens: 'R' as const, code: '6', bordereaux: flux.recette?.bordereaux ?? [] },
  ]
  for (const { sens, code, bordereaux } of domaines)
    for (const b of bordereaux) {
      const cle = `${entete.codeCollectivite}-${entete.codeBudget}/${b.exercice}/${sens}`
      const lieu = new RegExp(`^Bordereau ${b.numero}(?: :|, (?:mandat|titre) (\\d+))`)
      const siennes = anomalies.flatMap((a) => {
        const trouve = lieu.exec(a.message)
        return trouve ? [{ erreur: { code: codeOf(a.code), libelle: a.message }, piece: trouve[1] }] : []
      })
      if (guichet.bordereaux.has(`${cle}/${b.type}/${b.numero}`))
        siennes.push({
          erreur: { code: 'ERREUR_DOUBLON_BORDEREAU', libelle: 'Bordereau deja connu' },
          piece: undefined,
        })
      for (const p of b.pieces)
        if (guichet.pieces.has(`${cle}/${p.numero}`))
          siennes.push({
            erreur: { code: 'ERREUR_DOUBLON_PIECE', libelle: 'Piece deja connue' },
            piece: String(p.numero),
          })
      const parPiece = Map.groupBy(
        siennes.filter((s) => s.piece !== undefined),
        (s) => s.piece!,
      )
      const element: ElementAcquit = {
        domaine: sens === 'D' ? 'depense' : 'recette',
        code,
        accepte: siennes.length === 0,
        exercice: b.exercice,
        bordereau: b.numero,
        erreurs: siennes.filter((s) => s.piece === undefined).map((s) => s.erreur),
        pieces: [...parPiece].map(([numero, liste]) => ({ numero, erreurs: liste.map((s) => s.erreur), lignes: [] })),
      }
      acquit.elements.push(element)
      if (!element.accepte) continue
      guichet.bordereaux.add(`${cle}/${b.type}/${b.numero}`)
      for (const p of b.pieces) {
        guichet.pieces.add(`${cle}/${p.numero}`)
        const visa = options.visa?.(p, sens) ?? sansJustificatif(p, sens) ?? { etat: 'priseEnCharge' as const }
        const montant = totalOf(p.lignes)
        const solde = visa.etat === 'priseEnCharge' && options.regleLe !== undefined
        retours.push({
          sens,
          exercice: b.exercice,
          typeBordereau: b.type,
          bordereau: String(b.numero),
          numero: String(p.numero),
          type: p.type,
          nature: p.nature,
          objet: p.objet ?? '',
          tiers: '',
          etat: solde ? 'soldee' : visa.etat,
          date: options.date,
          motif: visa.motif ?? '',
          montant,
          regle: solde ? montant : ZERO,
          dernierReglement: solde ? options.regleLe : undefined,
          aEmettre: false,
        })
      }
    }
  for (const p of flux.piecesJointes) {
    guichet.pj.add(p.idUnique)
    acquit.elements.push({ domaine: 'pj', code: '4', accepte: true, idUnique: p.idUnique, erreurs: [], pieces: [] })
  }
  return {
    acquit: writeAcquit(acquit, flux.type),
    ...(retours.length > 0
      ? { retour: writeRetour(`RETOUR_${flux.nom}`.slice(0, 100), entete, options.date, retours) }
      : {}),
  }
}
