import type { Centimes } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'

/**
 * What a PES v2 « aller » says, in the nouns of the trade. The writer and the reader of this folder turn it into the
 * official file and back; the controls read it. Every code (two digits) is the one of the schema.
 */
export type FluxAller = {
  /** PESALR1: dépense and recette; PESORMC: ordres de recette multi-créanciers. */
  type: 'PESALR1' | 'PESORMC'
  /** NomFic: the key of the ACQUIT. */
  nom: string
  emetteur: { editeur: string; application: string }
  entete: EnTete
  depense?: { dematerialise: boolean; bordereaux: BordereauDepense[] } | undefined
  recette?: { dematerialise: boolean; bordereaux: BordereauRecette[] } | undefined
  piecesJointes: PieceJointe[]
}
export type EnTete = {
  date: Jour
  /** IdPost: codique of the comptable. */
  codique: string
  siret: string
  /** FINESS juridique: M21 and M22 only. */
  finess?: string | undefined
  codeCollectivite: string
  codeBudget: string
  libelleBudget?: string | undefined
}

type Bordereau = {
  exercice: number
  numero: number
  date: Jour
  /** TypBord: 01 ordinaire, 02 annulation ou réduction, 03 ordres de paiement ou de recette, 06 ORMC. */
  type: string
  /** NbrPce as announced; the writer counts when it is absent. */
  nombrePieces?: number | undefined
  montantHt: Centimes
  montantTva?: Centimes | undefined
  /** Total of the year at this bordereau; mandatory when signed. */
  cumulAnnuel?: Centimes | undefined
}
export type BordereauDepense = Bordereau & { pieces: Mandat[] }
export type BordereauRecette = Bordereau & {
  dateAsp?: Jour | undefined
  objet?: string | undefined
  pieces: Titre[]
}

export type Mandat = {
  numero: number
  /** TypPce and NatPce. */
  type: string
  nature: string
  service?: string | undefined
  affectation?: string | undefined
  objet?: string | undefined
  echeance?: Jour | undefined
  /** Délai global de paiement: its four facts go together. */
  dgp?: { nonEligible: boolean; debut: Jour; fin: Jour; jours: number } | undefined
  pieces?: ReferencePj[] | undefined
  lignes: LigneMandat[]
}
export type LigneMandat = {
  numero: number
  compte: string
  fonction?: string | undefined
  operation?: string | undefined
  analytique?: string | undefined
  /** Number of the invoice. */
  facture?: string | undefined
  libelleVirement?: string | undefined
  libelleVirement2?: string | undefined
  /** ModRegl. */
  reglement?: string | undefined
  tvaIntracommunautaire: boolean
  compteTiers?: string | undefined
  montantHt: Centimes
  montantTva?: Centimes | undefined
  pieces?: ReferencePj[] | undefined
  rattachement?: Rattachement | undefined
  liens?: Liens | undefined
  tiers?: Tiers | undefined
}

export type Titre = {
  numero: number
  type: string
  nature: string
  service?: string | undefined
  affectation?: string | undefined
  /** IdRol: number of the ORMC bordereau that a titre récapitulatif books. */
  role?: number | undefined
  dateAsp?: Jour | undefined
  /** Edition: 01 printed by the DGFiP, 02 to Chorus Pro, 04 not processed by the DGFiP… */
  edition?: string | undefined
  objet?: string | undefined
  /** ORMC: number of the debt, period, keys. */
  dette?: { numero: string; periode: string; cle1: string; cle2: string } | undefined
  facture?:
    | {
        numero?: string | undefined
        marche?: string | undefined
        engagement?: string | undefined
        service?: string | undefined
        nomService?: string | undefined
      }
    | undefined
  pieces?: ReferencePj[] | undefined
  lignes: LigneTitre[]
}
export type LigneTitre = {
  numero: number
  objet?: string | undefined
  /** CodProdLoc. */
  produit: string
  compte: string
  fonction?: string | undefined
  operation?: string | undefined
  compteTiers?: string | undefined
  tauxTva?: string | undefined
  majoration: boolean
  tvaIntracommunautaire: boolean
  montantHt: Centimes
  montantTva?: Centimes | undefined
  pieces?: ReferencePj[] | undefined
  prelevement?: PrelevementSepa | undefined
  rattachement?: Rattachement | undefined
  liens?: (Liens & { caution?: string | undefined }) | undefined
  tiers: TiersRecette[]
}

export type ReferencePj = {
  /** 01 electronic, 02 paper, 03 disc. */
  support: '01' | '02' | '03'
  idUnique: string
  nom?: string | undefined
  type?: string | undefined
}
export type Rattachement = {
  /** NatPceOrig: 01 mandat, 02 titre, 03 paiement or encaissement… (01 titre, 02 mandat in a recette). */
  nature: string
  exercice: number
  piece: string
  ligne?: string | undefined
}
export type Liens = {
  convention?: string | undefined
  marche?: string | undefined
  emprunt?: string | undefined
  actif?: string | undefined
  regie?: string | undefined
}
export type PrelevementSepa = {
  /** 01 file sent by the Trésor, 02 by the ordonnateur. */
  nature: '01' | '02'
  periodicite: string
  date: Jour
  montant: Centimes
  /** 01 OOFF, 02 FRST, 03 RCUR, 04 FNAL. */
  sequence: string
  signature: Jour
  rum: string
  libelle?: string | undefined
  ancien?:
    | {
        rum?: string | undefined
        ics?: string | undefined
        creancier?: string | undefined
        banque?: boolean | undefined
        iban?: string | undefined
      }
    | undefined
}
export type Tiers = {
  identifiant?: string | undefined
  /** NatIdTiers: 01 SIRET, 02 SIREN, 04 NIR… */
  natureIdentifiant?: string | undefined
  reference?: string | undefined
  /** CatTiers and NatJur. */
  categorie: string
  natureJuridique: string
  civilite?: string | undefined
  nom: string
  complement?: string | undefined
  prenom?: string | undefined
  adresse?: Adresse | undefined
  compte?: CompteBancaire | undefined
}
export type TiersRecette = Tiers & {
  /** TypTiers: 01 main debtor, 03 solidaire, 04 co-debtor… */
  type: string
  naissance?: Jour | undefined
}
export type Adresse = {
  type?: '0' | '1' | '2' | undefined
  ligne1?: string | undefined
  ligne2: string
  ligne3?: string | undefined
  codePostal: string
  ville: string
  /** Lives abroad. */
  etranger: boolean
  pays?: string | undefined
}
export type CompteBancaire = {
  /** A pair of BIC and IBAN; `rib` only in old files. */
  bic?: string | undefined
  iban?: string | undefined
  rib?: { etablissement: string; guichet: string; compte: string; cle: string } | undefined
  banque?: string | undefined
  titulaire: string
}

export type PieceJointe = {
  idUnique: string
  nom: string
  /** TypePJ: 001 budget, 002 recette, 003 dépense, 004 paye, 006 ASAP… */
  type?: string | undefined
  mime: string
  description: string
  /** The bytes themselves; the file carries them compressed. */
  contenu: Uint8Array
  /** Pieces sent before, which this document comes to justify. */
  references?: ReferenceComptable[] | undefined
}
export type ReferenceComptable = {
  domaine: string
  exercice: number
  typeObjet: string
  identifiant?: string | undefined
  complement?: string | undefined
}
