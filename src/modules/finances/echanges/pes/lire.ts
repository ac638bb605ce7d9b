import { gunzipSync } from 'node:zlib'
import { type Centimes, euros, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { type Anomalie, Refus } from '#socle/refus.ts'
import { at, child, children, type Noeud, readXml, valeur } from '#socle/xml/lire.ts'
import { ESPACE_ALLER } from './ecrire.ts'
import type {
  Adresse,
  BordereauDepense,
  BordereauRecette,
  CompteBancaire,
  FluxAller,
  Liens,
  LigneMandat,
  LigneTitre,
  Mandat,
  PieceJointe,
  Rattachement,
  ReferencePj,
  Tiers,
  TiersRecette,
  Titre,
} from './flux.ts'
import { controleStructure, type VersionPes, XMLDSIG } from './structure.ts'

export type LectureAller = {
  flux: FluxAller
  /** A signature on the whole, or on each bordereau. */
  signe: boolean
  /** Faults of structure: an element, its order, its value. The rules of the trade are told by `controlerFlux`. */
  anomalies: Anomalie[]
}

// A wrong value is told by the structure; reading goes on with what stands for it.
const nombre = (v: string | undefined): number => (v !== undefined && /^\d+$/.test(v) ? Number(v) : 0)
const argent = (v: string | undefined): Centimes | undefined =>
  v !== undefined && /^-?\d{1,13}(\.\d{1,2})?$/.test(v) ? euros(v) : undefined
const oui = (v: string | undefined) => v === '1' || v === 'true'
const jour = (v: string | undefined) => v as Jour | undefined
const signature = (n: Noeud) => n.enfants.some((e) => e.espace === XMLDSIG)

const readPj = (n: Noeud): ReferencePj => ({
  support: (valeur(n, 'Support') ?? '') as ReferencePj['support'],
  idUnique: valeur(n, 'IdUnique') ?? '',
  nom: valeur(n, 'NomPJ'),
  type: valeur(n, 'TypePJ'),
})
const readPieces = (n: Noeud | undefined) => {
  const refs = children(n, 'PJRef').map(readPj)
  return refs.length > 0 ? refs : undefined
}
const readRattachement = (n: Noeud | undefined): Rattachement | undefined =>
  n && {
    nature: valeur(n, 'NatPceOrig') ?? '',
    exercice: nombre(valeur(n, 'ExerRat')),
    piece: valeur(n, 'IdPceOrig') ?? '',
    ligne: valeur(n, 'IdLigneOrig'),
  }
const readLiens = (n: Noeud | undefined): (Liens & { caution?: string | undefined }) | undefined =>
  n && {
    convention: valeur(n, 'IdConv'),
    marche: valeur(n, 'IdMarche'),
    caution: valeur(n, 'IdCaution'),
    emprunt: valeur(n, 'IdEmpruntOrdo'),
    actif: valeur(n, 'IdActif'),
    regie: valeur(n, 'IdRegie'),
  }
const readAdresse = (n: Noeud | undefined): Adresse | undefined =>
  n && {
    type: valeur(n, 'TypAdr') as Adresse['type'],
    ligne1: valeur(n, 'Adr1'),
    ligne2: valeur(n, 'Adr2') ?? '',
    ligne3: valeur(n, 'Adr3'),
    codePostal: valeur(n, 'CP') ?? '',
    ville: valeur(n, 'Ville') ?? '',
    etranger: oui(valeur(n, 'CodRes')),
    pays: valeur(n, 'CodPays'),
  }
const readCompte = (n: Noeud | undefined): CompteBancaire | undefined =>
  n && {
    bic: valeur(n, 'BIC'),
    iban: valeur(n, 'IBAN'),
    rib: valeur(n, 'CodeEtab')
      ? {
          etablissement: valeur(n, 'CodeEtab') ?? '',
          guichet: valeur(n, 'CodeGuic') ?? '',
          compte: valeur(n, 'IdCpte') ?? '',
          cle: valeur(n, 'CleRib') ?? '',
        }
      : undefined,
    banque: valeur(n, 'LibBanc'),
    titulaire: valeur(n, 'TitCpte') ?? '',
  }
const readTiers = (n: Noeud): Tiers => {
  const i = child(n, 'InfoTiers')
  return {
    identifiant: valeur(i, 'IdTiers'),
    natureIdentifiant: valeur(i, 'NatIdTiers'),
    reference: valeur(i, 'RefTiers'),
    categorie: valeur(i, 'CatTiers') ?? '',
    natureJuridique: valeur(i, 'NatJur') ?? '',
    civilite: valeur(i, 'Civilite'),
    nom: valeur(i, 'Nom') ?? '',
    complement: valeur(i, 'ComplNom'),
    prenom: valeur(i, 'Prenom'),
    adresse: readAdresse(child(n, 'Adresse')),
    compte: readCompte(child(n, 'CpteBancaire')),
  }
}
const readTiersRecette = (n: Noeud): TiersRecette => ({
  ...readTiers(n),
  type: valeur(n, 'InfoTiers', 'TypTiers') ?? '',
  naissance: jour(valeur(n, 'InfoTiers', 'DteNaissance')),
})

function readLigneMandat(n: Noeud): LigneMandat {
  const bloc = child(n, 'BlocLignePiece')
  const i = child(bloc, 'InfoLignePce')
  const tiers = child(n, 'Tiers')
  return {
    numero: nombre(valeur(i, 'IdLigne')),
    compte: valeur(i, 'Nature') ?? '',
    fonction: valeur(i, 'Fonction'),
    operation: valeur(i, 'Operation'),
    analytique: valeur(i, 'CptAna'),
    facture: valeur(i, 'Facture'),
    libelleVirement: valeur(i, 'LibVir1'),
    libelleVirement2: valeur(i, 'LibVir2'),
    reglement: valeur(i, 'ModRegl'),
    tvaIntracommunautaire: oui(valeur(i, 'TVAIntraCom')),
    compteTiers: valeur(i, 'CpteTiers'),
    montantHt: argent(valeur(i, 'MtHT')) ?? ZERO,
    montantTva: argent(valeur(i, 'MtTVA')),
    pieces: readPieces(i),
    rattachement: readRattachement(child(bloc, 'RattachPiece')),
    liens: readLiens(child(bloc, 'LiensIdent')),
    tiers: tiers && readTiers(tiers),
  }
}
function readMandat(n: Noeud): Mandat {
  const i = at(n, 'BlocPiece', 'InfoPce')
  const dgp = at(n, 'BlocPiece', 'DGP')
  return {
    numero: nombre(valeur(i, 'IdPce')),
    type: valeur(i, 'TypPce') ?? '',
    nature: valeur(i, 'NatPce') ?? '',
    service: valeur(i, 'CodServ'),
    affectation: valeur(i, 'Affect'),
    objet: valeur(i, 'Obj'),
    echeance: jour(valeur(i, 'DteEch')),
    dgp: dgp && {
      nonEligible: oui(valeur(dgp, 'Dgp')),
      debut: (valeur(dgp, 'DteDebDgp') ?? '') as Jour,
      fin: (valeur(dgp, 'DteFinDgp') ?? '') as Jour,
      jours: nombre(valeur(dgp, 'DureeDgp')),
    },
    pieces: readPieces(i),
    lignes: children(n, 'LigneDePiece').map(readLigneMandat),
  }
}

function readLigneTitre(n: Noeud): LigneTitre {
  const bloc = child(n, 'BlocLignePiece')
  const i = child(bloc, 'InfoLignePiece')
  const s = child(bloc, 'InfoPrelevementSEPA')
  const ancien = {
    rum: valeur(s, 'AncienRUM'),
    ics: valeur(s, 'AncienICS'),
    creancier: valeur(s, 'AncienTiersCreancier'),
    banque: valeur(s, 'AncienneBanque') === undefined ? undefined : oui(valeur(s, 'AncienneBanque')),
    iban: valeur(s, 'AncienIBAN'),
  }
  return {
    numero: nombre(valeur(i, 'IdLigne')),
    objet: valeur(i, 'ObjLignePce'),
    produit: valeur(i, 'CodProdLoc') ?? '',
    compte: valeur(i, 'Nature') ?? '',
    fonction: valeur(i, 'Fonction'),
    operation: valeur(i, 'Operation'),
    compteTiers: valeur(i, 'CpteTiers'),
    tauxTva: valeur(i, 'TxTva'),
    majoration: oui(valeur(i, 'Majo')),
    tvaIntracommunautaire: oui(valeur(i, 'TvaIntraCom')),
    montantHt: argent(valeur(i, 'MtHT')) ?? ZERO,
    montantTva: argent(valeur(i, 'MtTVA')),
    pieces: readPieces(i),
    prelevement: s && {
      nature: (valeur(s, 'NatPrel') ?? '') as '01',
      periodicite: valeur(s, 'PerPrel') ?? '',
      date: (valeur(s, 'DtePrel') ?? '') as Jour,
      montant: argent(valeur(s, 'MtPrel')) ?? ZERO,
      sequence: valeur(s, 'SequencePres') ?? '',
      signature: (valeur(s, 'DateSignMandat') ?? '') as Jour,
      rum: valeur(s, 'RefUniMdt') ?? '',
      libelle: valeur(s, 'LibPrel'),
      ancien: Object.values(ancien).some((a) => a !== undefined) ? ancien : undefined,
    },
    rattachement: readRattachement(child(bloc, 'RattachPiece')),
    liens: readLiens(child(bloc, 'LiensIdent')),
    tiers: children(n, 'Tiers').map(readTiersRecette),
  }
}
function readTitre(n: Noeud): Titre {
  const i = child(n, 'BlocPiece')
  const role = valeur(i, 'IdRol')
  const facture = {
    numero: valeur(i, 'NumeroFacture'),
    marche: valeur(i, 'NumeroMarche'),
    engagement: valeur(i, 'NumeroEngagement'),
    service: valeur(i, 'CodeService'),
    nomService: valeur(i, 'NomService'),
  }
  return {
    numero: nombre(valeur(i, 'IdPce')),
    type: valeur(i, 'TypPce') ?? '',
    nature: valeur(i, 'NatPce') ?? '',
    service: valeur(i, 'CodServ'),
    affectation: valeur(i, 'Affect'),
    role: role === undefined ? undefined : nombre(role),
    dateAsp: jour(valeur(i, 'DteAsp')),
    edition: valeur(i, 'Edition'),
    objet: valeur(i, 'ObjPce'),
    dette: valeur(i, 'NumDette')
      ? {
          numero: valeur(i, 'NumDette')!,
          periode: valeur(i, 'Per') ?? '',
          cle1: valeur(i, 'Cle1') ?? '',
          cle2: valeur(i, 'Cle2') ?? '',
        }
      : undefined,
    facture: Object.values(facture).some((f) => f !== undefined) ? facture : undefined,
    pieces: readPieces(i),
    lignes: children(n, 'LigneDePiece').map(readLigneTitre),
  }
}

const readBordereau = (n: Noeud) => {
  const b = child(n, 'BlocBordereau')
  return {
    exercice: nombre(valeur(b, 'Exer')),
    numero: nombre(valeur(b, 'IdBord')),
    date: (valeur(b, 'DteBordEm') ?? '') as Jour,
    type: valeur(b, 'TypBord') ?? '',
    nombrePieces: nombre(valeur(b, 'NbrPce')),
    montantHt: argent(valeur(b, 'MtBordHT') ?? valeur(b, 'MtBordHt')) ?? ZERO,
    montantTva: argent(valeur(b, 'MtBordTVA')),
    cumulAnnuel: argent(valeur(b, 'MtCumulAnnuel')),
  }
}

function readPieceJointe(n: Noeud, anomalies: Anomalie[]): PieceJointe {
  const fichier = at(n, 'Contenu', 'Fichier')
  const idUnique = valeur(n, 'IdUnique') ?? ''
  let contenu = new Uint8Array()
  try {
    contenu = gunzipSync(Buffer.from(fichier?.texte ?? '', 'base64'))
  } catch {
    anomalies.push({
      code: 'pes.pjIllisible',
      message: `Pièce jointe ${idUnique} : son contenu ne se décompresse pas (gzip puis base64 sont attendus).`,
      lieu: `Fichier, ligne ${fichier?.ligne ?? n.ligne} du fichier`,
      bloquante: true,
    })
  }
  const references = children(n, 'RefCompta').map((r) => ({
    domaine: valeur(r, 'Domaine') ?? '',
    exercice: nombre(valeur(r, 'Exercice')),
    typeObjet: valeur(r, 'TypeObjet') ?? '',
    identifiant: valeur(r, 'Identifiant'),
    complement: valeur(r, 'ComplementIdentifiant'),
  }))
  return {
    idUnique,
    nom: valeur(n, 'NomPJ') ?? '',
    type: valeur(n, 'TypePJ'),
    mime: fichier?.attributs.MIMEType ?? '',
    description: valeur(n, 'Description') ?? '',
    contenu,
    references: references.length > 0 ? references : undefined,
  }
}

const NOMS_PIECE: Record<string, string> = { PES_DepenseAller: 'mandat', PES_RecetteAller: 'titre' }

/**
 * Reads a PES v2 « aller » as a stream: each piece is checked, taken and let go. All that the structure reproaches is
 * told with its piece and its field.
 * @throws Refus when the file is no XML, or no PES « aller »
 */
export function readPesAller(octets: Uint8Array, version: VersionPes = '5.17'): LectureAller {
  const vus = new Set<Noeud>()
  const structure = controleStructure(version, vus)
  const anomalies: Anomalie[] = []
  const depenses: BordereauDepense[] = []
  const recettes: BordereauRecette[] = []
  let mandats: Mandat[] = []
  let titres: Titre[] = []
  const piecesJointes: PieceJointe[] = []
  let signe = false
  const racine = readXml(octets, {
    detache: new Set(['Piece', 'Bordereau', 'PJ']),
    visite(noeud, parents) {
      const chemin = [...parents.map((p) => p.nom), noeud.nom]
      const domaine = chemin[1] ?? ''
      const numero = valeur(noeud.nom === 'Bordereau' ? noeud : parents[2], 'BlocBordereau', 'IdBord')
      let lieu = numero ? `Bordereau ${numero}` : ''
      if (noeud.nom === 'Piece') {
        const depense = domaine === 'PES_DepenseAller'
        const piece = depense ? readMandat(noeud) : readTitre(noeud)
        lieu = `${lieu}, ${NOMS_PIECE[domaine] ?? 'pièce'} ${piece.numero || '(sans numéro)'}`
        if (depense) mandats.push(piece as Mandat)
        else titres.push(piece as Titre)
      } else if (noeud.nom === 'PJ' && chemin.at(-2) === 'PES_PJ') {
        const pj = readPieceJointe(noeud, anomalies)
        lieu = `Pièce jointe ${pj.idUnique}`
        piecesJointes.push(pj)
      } else if (noeud.nom === 'Bordereau' && domaine === 'PES_DepenseAller') {
        if (signature(noeud)) signe = true
        depenses.push({ ...readBordereau(noeud), pieces: mandats })
        mandats = []
      } else if (noeud.nom === 'Bordereau' && domaine === 'PES_RecetteAller') {
        if (signature(noeud)) signe = true
        const b = child(noeud, 'BlocBordereau')
        recettes.push({
          ...readBordereau(noeud),
          dateAsp: jour(valeur(b, 'DteAsp')),
          objet: valeur(b, 'Objet'),
          pieces: titres,
        })
        titres = []
      }
      structure.check(noeud, chemin, lieu)
      // What was checked leaves its place empty, so that its parent still counts it.
      const place: Noeud = { ...noeud, enfants: [], texte: '' }
      vus.add(place)
      parents.at(-1)?.enfants.push(place)
    },
  })
  if (racine.nom !== 'PES_Aller' || racine.espace !== ESPACE_ALLER)
    throw new Refus(
      'pes.autreFichier',
      `Ce fichier n’est pas un flux PES Aller : sa racine est « ${racine.nom} ». Un ACQUIT ou un PES Retour se dépose dans les réponses du comptable.`,
      { status: 422 },
    )
  structure.check(racine, ['PES_Aller'], '')
  const e = child(racine, 'EnTetePES')
  const dematerialise = (domaine: string, entete: string) => oui(valeur(racine, domaine, entete, 'InfoDematerialisee'))
  return {
    signe: signe || signature(racine),
    anomalies: [...structure.anomalies, ...anomalies],
    flux: {
      type: (valeur(racine, 'Enveloppe', 'Parametres', 'TypFic') ?? '') as FluxAller['type'],
      nom: valeur(racine, 'Enveloppe', 'Parametres', 'NomFic') ?? '',
      emetteur: {
        editeur: valeur(racine, 'Enveloppe', 'Emetteur', 'Sigle') ?? '',
        application: valeur(racine, 'Enveloppe', 'Emetteur', 'Adresse') ?? '',
      },
      entete: {
        date: (valeur(e, 'DteStr') ?? '') as Jour,
        codique: valeur(e, 'IdPost') ?? '',
        siret: valeur(e, 'IdColl') ?? '',
        finess: valeur(e, 'FinJur'),
        codeCollectivite: valeur(e, 'CodCol') ?? '',
        codeBudget: valeur(e, 'CodBud') ?? '',
        libelleBudget: valeur(e, 'LibelleColBud'),
      },
      depense: child(racine, 'PES_DepenseAller') && {
        dematerialise: dematerialise('PES_DepenseAller', 'EnTeteDepense'),
        bordereaux: depenses,
      },
      recette: child(racine, 'PES_RecetteAller') && {
        dematerialise: dematerialise('PES_RecetteAller', 'EnTeteRecette'),
        bordereaux: recettes,
      },
      piecesJointes,
    },
  }
}
