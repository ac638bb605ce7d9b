import { type Centimes, euros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { computeCle1, computeCle2 } from '../../execution/domain/ormc.ts'
import type {
  BordereauDepense,
  BordereauRecette,
  FluxAller,
  LigneMandat,
  LigneTitre,
  Mandat,
  Tiers,
  TiersRecette,
  Titre,
} from './flux.ts'

/* Valid objects for tests and measures, which take the one difference that matters. Every name here is made up. */

const j = (texte: string) => texte as Jour
export const SIRET_ESSAI = '21400010100011'
export const IBAN_ESSAI = 'FR7630006000011234567890189'

export const entreprise = (difference: Partial<Tiers> = {}): Tiers => ({
  identifiant: '73282932000074',
  natureIdentifiant: '01',
  reference: 'T000123',
  categorie: '60',
  natureJuridique: '03',
  nom: 'SCIERIE DES PINS',
  adresse: { ligne2: '4 RUE DU MOULIN', codePostal: '40990', ville: 'SAINT-EXEMPLE', etranger: false },
  compte: { bic: 'AGRIFRPP', iban: IBAN_ESSAI, titulaire: 'SCIERIE DES PINS' },
  ...difference,
})
export const famille = (difference: Partial<TiersRecette> = {}): TiersRecette => ({
  reference: 'FAM000123',
  categorie: '01',
  natureJuridique: '01',
  type: '01',
  civilite: 'Mme',
  nom: 'EXEMPLE',
  prenom: 'CLAIRE',
  adresse: { ligne2: '12 RUE DES PINS', codePostal: '40000', ville: 'MONT-DE-MARSAN', etranger: false },
  ...difference,
})

export const ligneMandat = (difference: Partial<LigneMandat> = {}): LigneMandat => ({
  numero: 1,
  compte: '60632',
  fonction: '020',
  libelleVirement: 'F2026-118 planches',
  reglement: '03',
  tvaIntracommunautaire: false,
  montantHt: euros('1250.40'),
  tiers: entreprise(),
  ...difference,
})
export const mandat = (difference: Partial<Mandat> = {}): Mandat => ({
  numero: 41,
  type: '01',
  nature: '01',
  objet: 'Planches pour l’école – réfection',
  lignes: [ligneMandat()],
  ...difference,
})
export const ligneTitre = (difference: Partial<LigneTitre> = {}): LigneTitre => ({
  numero: 1,
  objet: 'Location de la salle des fêtes',
  produit: 'LOC',
  compte: '752',
  majoration: false,
  tvaIntracommunautaire: false,
  montantHt: euros('85.50'),
  tiers: [famille()],
  ...difference,
})
export const titre = (difference: Partial<Titre> = {}): Titre => ({
  numero: 87,
  type: '01',
  nature: '01',
  edition: '04',
  objet: 'Location du 8 mars',
  lignes: [ligneTitre()],
  ...difference,
})

const somme = (pieces: { lignes: { montantHt: Centimes; montantTva?: Centimes | undefined }[] }[]) => {
  const lignes = pieces.flatMap((p) => p.lignes)
  return {
    montantHt: lignes.reduce((t, l) => t + l.montantHt, 0n) as Centimes,
    montantTva: lignes.some((l) => l.montantTva !== undefined)
      ? (lignes.reduce((t, l) => t + (l.montantTva ?? 0n), 0n) as Centimes)
      : undefined,
  }
}
export const bordereauDepense = (
  pieces: Mandat[] = [mandat()],
  difference: Partial<BordereauDepense> = {},
): BordereauDepense => ({
  exercice: 2026,
  numero: 12,
  date: j('2026-03-14'),
  type: '01',
  nombrePieces: pieces.length,
  ...somme(pieces),
  pieces,
  ...difference,
})
export const bordereauRecette = (
  pieces: Titre[] = [titre()],
  difference: Partial<BordereauRecette> = {},
): BordereauRecette => ({
  exercice: 2026,
  numero: 9,
  date: j('2026-03-16'),
  type: '01',
  nombrePieces: pieces.length,
  ...somme(pieces),
  pieces,
  ...difference,
})

export const flux = (difference: Partial<FluxAller> = {}): FluxAller => ({
  type: 'PESALR1',
  nom: 'PESALR1_21400010100011_D2026000012',
  emetteur: { editeur: 'BOSQUET', application: 'BOSQUET 0.1.0' },
  entete: {
    date: j('2026-03-16'),
    codique: '040999',
    siret: SIRET_ESSAI,
    codeCollectivite: '123',
    codeBudget: '00',
    libelleBudget: 'COMMUNE EXEMPLE',
  },
  piecesJointes: [],
  ...difference,
})
export const fluxDepense = (b: BordereauDepense = bordereauDepense(), difference: Partial<FluxAller> = {}) =>
  flux({ depense: { dematerialise: false, bordereaux: [b] }, ...difference })
export const fluxRecette = (b: BordereauRecette = bordereauRecette(), difference: Partial<FluxAller> = {}) =>
  flux({ recette: { dematerialise: false, bordereaux: [b] }, ...difference })

export function dette(numero: number, difference: Partial<NonNullable<Titre['dette']>> = {}) {
  const d = { codeCollectivite: '123', operande2: '01', exercice: 2026, periode: 3, numero }
  return {
    numero: String(numero),
    periode: '3',
    cle1: String(computeCle1(d)),
    cle2: computeCle2(d),
    ...difference,
  }
}
export const titreOrmc = (difference: Partial<Titre> = {}): Titre =>
  titre({
    type: '15',
    edition: undefined,
    dette: dette(2026000017),
    lignes: [ligneTitre({ produit: 'CANT', compte: '588', objet: 'Cantine de février' })],
    ...difference,
  })
export const fluxOrmc = (pieces: Titre[] = [titreOrmc()], difference: Partial<BordereauRecette> = {}) =>
  fluxRecette(
    bordereauRecette(pieces, { type: '06', objet: 'Cantine de février', dateAsp: j('2026-03-18'), ...difference }),
    {
      type: 'PESORMC',
      nom: 'PESORMC_21400010100011_R2026000009',
    },
  )

/** A dépense of as many mandats as asked, for measures. */
export function grandFlux(nombre: number): FluxAller {
  const pieces = Array.from({ length: nombre }, (_, i) =>
    mandat({
      numero: i + 1,
      objet: `Fourniture n° ${i + 1}`,
      lignes: [ligneMandat({ montantHt: (10_000n + BigInt(i)) as Centimes })],
    }),
  )
  return fluxDepense(bordereauDepense(pieces))
}
