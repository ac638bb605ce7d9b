import { add, type Centimes, euros, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { Refus } from '#socle/refus.ts'
import { at, child, children, type Noeud, readXml, valeur } from '#socle/xml/lire.ts'

export const ESPACES_ACQUIT = {
  v2: 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2',
  ancien: 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour',
}
export const ESPACE_RETOUR = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour'

export type Sens = 'D' | 'R'
export type EnteteReponse = { date: Jour; codique: string; siret: string; codeCollectivite: string; codeBudget: string }
export type Erreur = { code: string; libelle: string }

/** What the XML counter of Hélios says of one flux: accepted or refused, bordereau by bordereau. */
export type Acquit = {
  genre: 'acquit'
  /** NomFic of the flux that it answers. */
  flux: string
  entete: EnteteReponse
  elements: ElementAcquit[]
}
export type ElementAcquit = {
  domaine: 'depense' | 'recette' | 'pj' | 'signature' | 'technique' | 'autre'
  /** DomaineAck. */
  code: string
  accepte: boolean
  exercice?: number | undefined
  bordereau?: number | undefined
  idUnique?: string | undefined
  erreurs: Erreur[]
  pieces: { numero: string; erreurs: Erreur[]; lignes: { numero: string; erreurs: Erreur[] }[] }[]
}

/** What the comptable did with the pieces: taken in charge, rejected, paid or collected. */
export type Retour = {
  genre: 'retour'
  nom: string
  entete: EnteteReponse
  pieces: PieceRetour[]
  clients: ResteARecouvrer[]
}
export type EtatRetour = 'priseEnCharge' | 'suspendue' | 'rejetee' | 'soldee' | 'annulee'
export type PieceRetour = {
  sens: Sens
  exercice: number
  typeBordereau: string
  bordereau: string
  numero: string
  type: string
  nature: string
  objet: string
  tiers: string
  etat: EtatRetour
  date?: Jour | undefined
  motif: string
  montant: Centimes
  /** Paid or collected since its beginning, over all its lines. */
  regle: Centimes
  dernierReglement?: Jour | undefined
  /** The comptable paid or collected first, and waits for the piece (débit d’office, P503). */
  aEmettre: boolean
}
export type ResteARecouvrer = { tiers: string; produit: string; reste: Centimes; frais: Centimes; calculeLe: Jour }

const DOMAINES: Record<string, ElementAcquit['domaine']> = {
  '0': 'technique',
  '1': 'signature',
  '2': 'signature',
  '3': 'signature',
  '4': 'pj',
  '5': 'depense',
  '6': 'recette',
  '7': 'recette',
}
const ETATS: Record<Sens, Record<string, EtatRetour>> = {
  D: { '01': 'suspendue', '02': 'priseEnCharge', '04': 'rejetee', '05': 'soldee' },
  R: { '01': 'suspendue', '02': 'priseEnCharge', '03': 'priseEnCharge', '04': 'rejetee', '05': 'annulee' },
}

const nombre = (v: string | undefined): number | undefined => (v && /^\d+$/.test(v) ? Number(v) : undefined)
const argent = (v: string | undefined): Centimes => (v && /^-?\d{1,13}(\.\d{1,2})?$/.test(v) ? euros(v) : ZERO)
const jour = (v: string | undefined) => (v && /^\d{4}-\d{2}-\d{2}/.test(v) ? (v.slice(0, 10) as Jour) : undefined)

function readEntete(racine: Noeud): EnteteReponse {
  const e = child(racine, 'EnTetePES')
  return {
    date: jour(valeur(e, 'DteStr')) ?? ('' as Jour),
    codique: valeur(e, 'IdPost') ?? '',
    siret: valeur(e, 'IdColl') ?? '',
    codeCollectivite: valeur(e, 'CodCol') ?? valeur(e, 'CodColl') ?? '',
    codeBudget: valeur(e, 'CodBud') ?? '',
  }
}

const readErreurs = (n: Noeud): Erreur[] =>
  children(n, 'Erreur').map((e) => ({ code: valeur(e, 'NumAnoAck') ?? '', libelle: valeur(e, 'LibelleAnoAck') ?? '' }))

function readElement(n: Noeud): ElementAcquit {
  const code = valeur(n, 'DomaineAck') ?? ''
  const etat = valeur(n, 'EtatAck')
  return {
    domaine: DOMAINES[code] ?? 'autre',
    code,
    accepte: etat === '1' || etat === 'true',
    exercice: nombre(valeur(n, 'ExerciceBord')),
    bordereau: nombre(valeur(n, 'NumBord')),
    idUnique: valeur(n, 'IdUnique'),
    erreurs: readErreurs(n),
    pieces: children(n, 'DetailPiece').map((p) => ({
      numero: valeur(p, 'NumPiece') ?? '',
      erreurs: readErreurs(p),
      lignes: children(p, 'DetailLigne').map((l) => ({ numero: valeur(l, 'NumLigne') ?? '', erreurs: readErreurs(l) })),
    })),
  }
}

/** A piece as Hélios keeps it; the blocks of a mandat and of a titre differ by their names only. */
function readPiece(n: Noeud, bordereau: Noeud, sens: Sens, defaut: Jour): PieceRetour {
  const b = child(bordereau, 'BlocBordereau')
  const i = child(n, sens === 'D' ? 'InfoPiece' : 'BlocPiece')
  const lignes = children(n, 'LigneDePiece')
  const typeBordereau = valeur(b, 'TypBord') ?? ''
  let montant = ZERO
  let regle = ZERO
  let dernier: Jour | undefined
  const observations = [valeur(i, 'ObsEtat'), valeur(i, 'Commentaire')]
  for (const l of lignes) {
    const bloc = child(l, 'BlocLignePiece')
    const info = child(bloc, 'InfoLignePiece')
    montant = add(add(montant, argent(valeur(info, 'MtHT'))), argent(valeur(info, 'MtTVA')))
    observations.push(valeur(info, 'ObsEtat'), valeur(info, 'Commentaire'))
    const emargements = children(l, sens === 'D' ? 'PaiementEmargement' : 'EncaissementEmargement')
    const total =
      sens === 'D' ? valeur(bloc, 'InfoPaiement', 'MtPayTot') : valeur(bloc, 'InfoRecouvrement', 'MtRecoTot')
    regle = add(
      regle,
      total !== undefined
        ? argent(total)
        : emargements.reduce<Centimes>((t, e) => add(t, argent(valeur(e, 'MtPay') ?? valeur(e, 'MtReco'))), ZERO),
    )
    for (const e of emargements) {
      const le = jour(valeur(e, 'DtePay') ?? valeur(e, 'DteReco'))
      if (le && (!dernier || le > dernier)) dernier = le
    }
  }
  const etat = ETATS[sens][valeur(i, 'EtatPce') ?? ''] ?? 'suspendue'
  const date =
    etat === 'rejetee'
      ? jour(valeur(i, 'DtePceRej'))
      : etat === 'suspendue'
        ? jour(valeur(i, 'DtePceInst'))
        : jour(valeur(i, 'DtePcePec'))
  const tiers = at(lignes[0], 'Tiers', 'InfoTiers')
  return {
    sens,
    exercice: nombre(valeur(b, 'Exer')) ?? 0,
    typeBordereau,
    bordereau: valeur(b, 'IdBord') ?? '',
    numero: valeur(i, 'IdPce') ?? '',
    type: valeur(i, 'TypPce') ?? '',
    nature: valeur(i, 'NatPce') ?? '',
    objet: valeur(i, 'Obj') ?? valeur(lignes[0], 'BlocLignePiece', 'InfoLignePiece', 'LibVir1') ?? '',
    tiers: [valeur(tiers, 'Nom'), valeur(tiers, 'Prenom')].filter(Boolean).join(' '),
    etat,
    date,
    motif: [...new Set(observations.filter((o): o is string => Boolean(o)))].join(' ; '),
    montant,
    regle,
    dernierReglement: dernier ?? (regle > ZERO ? defaut : undefined),
    aEmettre: typeBordereau === '04' || (sens === 'R' && typeBordereau === '05'),
  }
}

/**
 * Reads an answer of Hélios: an ACQUIT (in its two forms) or a PES Retour, as a stream.
 * @throws Refus when the file is neither
 */
export function readReponse(octets: Uint8Array): Acquit | Retour {
  const elements: ElementAcquit[] = []
  const pieces: PieceRetour[] = []
  const clients: ResteARecouvrer[] = []
  const racine = readXml(octets, {
    detache: new Set(['ElementACQUIT', 'Piece', 'Client']),
    visite(noeud, parents) {
      const domaine = parents[1]?.nom
      if (noeud.nom === 'ElementACQUIT') elements.push(readElement(noeud))
      else if (noeud.nom === 'Piece' && parents[2])
        pieces.push(
          readPiece(noeud, parents[2], domaine === 'PES_DepenseRetour' ? 'D' : 'R', readEntete(parents[0]!).date),
        )
      else if (noeud.nom === 'Client') {
        const calculeLe = jour(valeur(parents[1], 'EnTeteClient', 'DateCalcul')) ?? ('' as Jour)
        for (const r of children(noeud, 'ResteARecouvrer'))
          clients.push({
            tiers: valeur(noeud, 'RefTiers') ?? '',
            produit: valeur(r, 'CodProdLoc') ?? '',
            reste: argent(valeur(r, 'Rar')),
            frais: argent(valeur(r, 'RarFrais')),
            calculeLe,
          })
      }
    },
  })
  const entete = readEntete(racine)
  const nom = valeur(racine, 'Enveloppe', 'Parametres', 'NomFic') ?? ''
  if (racine.nom === 'PES_ACQUIT' && Object.values(ESPACES_ACQUIT).includes(racine.espace))
    return { genre: 'acquit', flux: nom, entete, elements }
  if (racine.nom === 'PES_Retour' && racine.espace === ESPACE_RETOUR)
    return { genre: 'retour', nom, entete, pieces, clients }
  throw new Refus(
    'reponse.autreFichier',
    `Ce fichier n’est ni un ACQUIT ni un PES Retour : sa racine est « ${racine.nom} ». Prenez le fichier que le comptable ou le tiers de télétransmission a déposé.`,
    { status: 422 },
  )
}
