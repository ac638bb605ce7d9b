import type { TypeOrganisme } from './types.ts'

type Pese<T> = readonly (readonly [T, number])[]

/** A kind of post: who holds it, on which grades, how long a week, with which primes. */
export type Poste = {
  emploi: { F: string; M: string }
  filiere: string
  cadreEmplois: string
  categorie: 'A' | 'B' | 'C'
  /** From the grade of the youngest to that of the oldest. */
  grades: readonly { grade: string; echelle: string }[]
  /** Weekly hours of the post, with their weights. */
  heures: Pese<number>
  partFemmes: number
  partContractuels: number
  ifse: { groupe: string; min: number; max: number }
  nbi?: { points: number; motif: string; part: number }
}

const PLEIN: Pese<number> = [[35, 1]]
const C = (nom: string, base = nom) => [
  { grade: nom.includes('territorial') ? nom : base, echelle: 'C1' },
  { grade: `${base} principal de 2e classe`, echelle: 'C2' },
  { grade: `${base} principal de 1re classe`, echelle: 'C3' },
]
const B = (base: string) => [
  { grade: base, echelle: 'B1' },
  { grade: `${base} principal de 2e classe`, echelle: 'B2' },
  { grade: `${base} principal de 1re classe`, echelle: 'B3' },
]
const administratifC = {
  filiere: 'Administrative',
  cadreEmplois: 'Adjoints administratifs territoriaux',
  categorie: 'C',
  grades: C('Adjoint administratif territorial', 'Adjoint administratif'),
} as const
const techniqueC = {
  filiere: 'Technique',
  cadreEmplois: 'Adjoints techniques territoriaux',
  categorie: 'C',
  grades: C('Adjoint technique territorial', 'Adjoint technique'),
} as const
const animationC = {
  filiere: 'Animation',
  cadreEmplois: "Adjoints territoriaux d'animation",
  categorie: 'C',
  grades: C("Adjoint d'animation territorial", "Adjoint d'animation"),
} as const
const patrimoineC = {
  filiere: 'Culturelle',
  cadreEmplois: 'Adjoints territoriaux du patrimoine',
  categorie: 'C',
  grades: C('Adjoint du patrimoine territorial', 'Adjoint du patrimoine'),
} as const
const socialC = {
  filiere: 'Médico-sociale',
  cadreEmplois: 'Agents sociaux territoriaux',
  categorie: 'C',
  grades: C('Agent social', 'Agent social'),
} as const
const redacteurs = {
  filiere: 'Administrative',
  cadreEmplois: 'Rédacteurs territoriaux',
  categorie: 'B',
  grades: B('Rédacteur'),
} as const
const attaches = {
  filiere: 'Administrative',
  cadreEmplois: 'Attachés territoriaux',
  categorie: 'A',
  grades: [
    { grade: 'Attaché', echelle: 'A-attache' },
    { grade: 'Attaché principal', echelle: 'A-attache-principal' },
  ],
} as const
const deuxGenres = (F: string, M = F) => ({ F, M })

export const POSTES = {
  secretairePetite: {
    ...administratifC,
    emploi: deuxGenres('Secrétaire générale de mairie', 'Secrétaire général de mairie'),
    heures: [
      [35, 2],
      [28, 3],
      [24, 2],
      [20, 2],
      [16, 1],
    ],
    partFemmes: 0.92,
    partContractuels: 0.08,
    ifse: { groupe: 'C1', min: 120, max: 420 },
    nbi: { points: 30, motif: 'Secrétariat général de mairie', part: 0.9 },
  },
  secretaireRedacteur: {
    ...redacteurs,
    emploi: deuxGenres('Secrétaire générale de mairie', 'Secrétaire général de mairie'),
    heures: PLEIN,
    partFemmes: 0.88,
    partContractuels: 0.02,
    ifse: { groupe: 'B1', min: 300, max: 650 },
    nbi: { points: 30, motif: 'Secrétariat général de mairie', part: 0.9 },
  },
  direction: {
    ...attaches,
    emploi: deuxGenres('Directrice générale des services', 'Directeur général des services'),
    heures: PLEIN,
    partFemmes: 0.5,
    partContractuels: 0.05,
    ifse: { groupe: 'A1', min: 800, max: 1600 },
  },
  cadre: {
    ...attaches,
    emploi: deuxGenres('Responsable de pôle'),
    heures: PLEIN,
    partFemmes: 0.6,
    partContractuels: 0.2,
    ifse: { groupe: 'A3', min: 450, max: 900 },
  },
  directionEhpad: {
    ...attaches,
    emploi: deuxGenres('Directrice d’établissement', 'Directeur d’établissement'),
    heures: PLEIN,
    partFemmes: 0.6,
    partContractuels: 0.1,
    ifse: { groupe: 'A2', min: 600, max: 1200 },
  },
  gestionnaire: {
    ...redacteurs,
    emploi: deuxGenres('Gestionnaire administrative', 'Gestionnaire administratif'),
    heures: PLEIN,
    partFemmes: 0.8,
    partContractuels: 0.12,
    ifse: { groupe: 'B2', min: 230, max: 480 },
  },
  accueil: {
    ...administratifC,
    emploi: deuxGenres('Agente d’accueil et d’état civil', 'Agent d’accueil et d’état civil'),
    heures: [
      [35, 7],
      [28, 2],
      [20, 1],
    ],
    partFemmes: 0.86,
    partContractuels: 0.2,
    ifse: { groupe: 'C2', min: 80, max: 260 },
    nbi: { points: 10, motif: 'Accueil à titre principal', part: 0.5 },
  },
  agencePostale: {
    ...administratifC,
    emploi: deuxGenres('Agente d’agence postale communale', 'Agent d’agence postale communale'),
    heures: [
      [17.5, 2],
      [15, 2],
      [20, 1],
    ],
    partFemmes: 0.9,
    partContractuels: 0.4,
    ifse: { groupe: 'C2', min: 60, max: 160 },
  },
  secretaireSivu: {
    ...administratifC,
    emploi: deuxGenres('Secrétaire du syndicat'),
    heures: [
      [8, 1],
      [10, 1],
      [14, 1],
    ],
    partFemmes: 0.9,
    partContractuels: 0.2,
    ifse: { groupe: 'C2', min: 80, max: 200 },
  },
  polyvalent: {
    ...techniqueC,
    emploi: deuxGenres('Agente technique polyvalente', 'Agent technique polyvalent'),
    heures: [
      [35, 8],
      [30, 1],
      [20, 1],
    ],
    partFemmes: 0.08,
    partContractuels: 0.15,
    ifse: { groupe: 'C2', min: 70, max: 240 },
  },
  espacesVerts: {
    ...techniqueC,
    emploi: deuxGenres('Jardinière des espaces verts', 'Jardinier des espaces verts'),
    heures: PLEIN,
    partFemmes: 0.12,
    partContractuels: 0.15,
    ifse: { groupe: 'C2', min: 70, max: 220 },
  },
  chefEquipe: {
    ...techniqueC,
    grades: techniqueC.grades.slice(1),
    emploi: deuxGenres('Cheffe d’équipe', 'Chef d’équipe'),
    heures: PLEIN,
    partFemmes: 0.12,
    partContractuels: 0.02,
    ifse: { groupe: 'C1', min: 180, max: 380 },
    nbi: { points: 15, motif: 'Encadrement d’une équipe d’au moins cinq agents', part: 0.7 },
  },
  technicien: {
    filiere: 'Technique',
    cadreEmplois: 'Techniciens territoriaux',
    categorie: 'B',
    grades: B('Technicien'),
    emploi: deuxGenres('Technicienne', 'Technicien'),
    heures: PLEIN,
    partFemmes: 0.2,
    partContractuels: 0.2,
    ifse: { groupe: 'B2', min: 280, max: 560 },
  },
  entretien: {
    ...techniqueC,
    emploi: deuxGenres('Agente d’entretien des locaux', 'Agent d’entretien des locaux'),
    heures: [
      [35, 3],
      [30, 2],
      [25, 2],
      [20, 3],
      [12, 2],
      [8, 1],
    ],
    partFemmes: 0.9,
    partContractuels: 0.38,
    ifse: { groupe: 'C2', min: 40, max: 140 },
  },
  cantine: {
    ...techniqueC,
    emploi: deuxGenres('Agente de restauration scolaire', 'Agent de restauration scolaire'),
    heures: [
      [30, 3],
      [28, 2],
      [22, 3],
      [14, 2],
    ],
    partFemmes: 0.88,
    partContractuels: 0.35,
    ifse: { groupe: 'C2', min: 40, max: 150 },
  },
  cuisinier: {
    ...techniqueC,
    emploi: deuxGenres('Cuisinière', 'Cuisinier'),
    heures: PLEIN,
    partFemmes: 0.45,
    partContractuels: 0.15,
    ifse: { groupe: 'C1', min: 100, max: 260 },
  },
  atsem: {
    filiere: 'Médico-sociale',
    cadreEmplois: 'ATSEM',
    categorie: 'C',
    grades: [
      { grade: 'ATSEM principal de 2e classe', echelle: 'C2' },
      { grade: 'ATSEM principal de 1re classe', echelle: 'C3' },
    ],
    emploi: deuxGenres('Agente spécialisée des écoles maternelles', 'Agent spécialisé des écoles maternelles'),
    heures: [
      [35, 3],
      [32, 3],
      [30, 2],
      [26, 1],
    ],
    partFemmes: 0.98,
    partContractuels: 0.2,
    ifse: { groupe: 'C2', min: 60, max: 180 },
  },
  animateurEnfance: {
    ...animationC,
    emploi: deuxGenres('Animatrice périscolaire', 'Animateur périscolaire'),
    heures: [
      [35, 3],
      [28, 3],
      [20, 3],
      [12, 2],
    ],
    partFemmes: 0.75,
    partContractuels: 0.45,
    ifse: { groupe: 'C2', min: 40, max: 150 },
  },
  animateurB: {
    filiere: 'Animation',
    cadreEmplois: 'Animateurs territoriaux',
    categorie: 'B',
    grades: B('Animateur'),
    emploi: deuxGenres('Responsable enfance-jeunesse'),
    heures: PLEIN,
    partFemmes: 0.6,
    partContractuels: 0.2,
    ifse: { groupe: 'B2', min: 220, max: 420 },
  },
  mediatheque: {
    ...patrimoineC,
    emploi: deuxGenres('Agente de médiathèque', 'Agent de médiathèque'),
    heures: [
      [35, 4],
      [28, 2],
      [20, 2],
    ],
    partFemmes: 0.85,
    partContractuels: 0.15,
    ifse: { groupe: 'C2', min: 70, max: 190 },
  },
  bibliothecaireB: {
    filiere: 'Culturelle',
    cadreEmplois: 'Assistants territoriaux de conservation du patrimoine et des bibliothèques',
    categorie: 'B',
    grades: B('Assistant de conservation'),
    emploi: deuxGenres('Responsable de médiathèque'),
    heures: PLEIN,
    partFemmes: 0.8,
    partContractuels: 0.05,
    ifse: { groupe: 'B2', min: 220, max: 420 },
  },
  aideADomicile: {
    ...socialC,
    emploi: deuxGenres('Aide à domicile'),
    heures: [
      [35, 2],
      [30, 4],
      [28, 3],
      [24, 3],
      [20, 2],
    ],
    partFemmes: 0.96,
    partContractuels: 0.35,
    ifse: { groupe: 'C2', min: 40, max: 120 },
  },
  responsableSecteur: {
    ...redacteurs,
    emploi: deuxGenres('Responsable de secteur'),
    heures: PLEIN,
    partFemmes: 0.9,
    partContractuels: 0.1,
    ifse: { groupe: 'B2', min: 230, max: 450 },
  },
  soins: {
    ...socialC,
    emploi: deuxGenres('Agente sociale auprès des résidents', 'Agent social auprès des résidents'),
    heures: [
      [35, 8],
      [28, 2],
    ],
    partFemmes: 0.9,
    partContractuels: 0.33,
    ifse: { groupe: 'C2', min: 50, max: 150 },
  },
  hotellerie: {
    ...techniqueC,
    emploi: deuxGenres('Agente d’hôtellerie', 'Agent d’hôtellerie'),
    heures: [
      [35, 6],
      [28, 2],
      [20, 1],
    ],
    partFemmes: 0.88,
    partContractuels: 0.38,
    ifse: { groupe: 'C2', min: 40, max: 120 },
  },
  collecte: {
    ...techniqueC,
    emploi: deuxGenres('Agente de collecte', 'Agent de collecte'),
    heures: PLEIN,
    partFemmes: 0.08,
    partContractuels: 0.22,
    ifse: { groupe: 'C2', min: 90, max: 260 },
  },
  dechetterie: {
    ...techniqueC,
    emploi: deuxGenres('Gardienne de déchèterie', 'Gardien de déchèterie'),
    heures: [
      [35, 4],
      [28, 1],
    ],
    partFemmes: 0.25,
    partContractuels: 0.25,
    ifse: { groupe: 'C2', min: 70, max: 190 },
  },
  eau: {
    ...techniqueC,
    emploi: deuxGenres('Agente d’exploitation du réseau d’eau', 'Agent d’exploitation du réseau d’eau'),
    heures: PLEIN,
    partFemmes: 0.1,
    partContractuels: 0.15,
    ifse: { groupe: 'C2', min: 100, max: 280 },
  },
} as const satisfies Record<string, Poste>

export type NomPoste = keyof typeof POSTES

/** What the body is staffed with: `tete` first, in order, then posts drawn by weight. */
export type Tableau = { tete: readonly NomPoste[]; reste: Pese<NomPoste>; aCti: boolean }

export type Profil =
  | Exclude<TypeOrganisme, 'agence' | 'commune' | 'syndicat' | 'cc' | 'ca'>
  | 'petiteCommune'
  | 'commune'
  | 'epci'
  | 'dechets'
  | 'eaux'
  | 'sivom'
  | 'scolaire'

export const TABLEAUX: Record<Profil, Tableau> = {
  petiteCommune: {
    tete: ['secretairePetite', 'polyvalent'],
    reste: [
      ['polyvalent', 4],
      ['atsem', 2],
      ['cantine', 3],
      ['entretien', 3],
      ['animateurEnfance', 2],
      ['agencePostale', 1],
      ['accueil', 1],
    ],
    aCti: false,
  },
  commune: {
    tete: ['direction', 'accueil', 'gestionnaire', 'technicien', 'chefEquipe'],
    reste: [
      ['polyvalent', 16],
      ['espacesVerts', 10],
      ['chefEquipe', 4],
      ['atsem', 11],
      ['cantine', 10],
      ['cuisinier', 3],
      ['entretien', 14],
      ['animateurEnfance', 12],
      ['animateurB', 2],
      ['accueil', 9],
      ['gestionnaire', 6],
      ['mediatheque', 4],
      ['bibliothecaireB', 1],
      ['technicien', 3],
      ['cadre', 2],
    ],
    aCti: false,
  },
  epci: {
    tete: ['direction', 'cadre', 'gestionnaire', 'technicien'],
    reste: [
      ['polyvalent', 12],
      ['espacesVerts', 6],
      ['entretien', 8],
      ['animateurEnfance', 16],
      ['animateurB', 4],
      ['accueil', 9],
      ['gestionnaire', 11],
      ['mediatheque', 5],
      ['bibliothecaireB', 2],
      ['technicien', 8],
      ['cadre', 6],
      ['cantine', 5],
      ['chefEquipe', 4],
    ],
    aCti: false,
  },
  ccas: {
    tete: ['responsableSecteur', 'accueil'],
    reste: [
      ['aideADomicile', 8],
      ['accueil', 2],
      ['entretien', 1],
      ['animateurEnfance', 1],
    ],
    aCti: false,
  },
  cias: {
    tete: ['direction', 'cadre', 'responsableSecteur', 'gestionnaire'],
    reste: [
      ['aideADomicile', 40],
      ['responsableSecteur', 3],
      ['accueil', 3],
      ['gestionnaire', 2],
      ['cantine', 2],
      ['animateurEnfance', 4],
      ['entretien', 2],
    ],
    aCti: false,
  },
  ehpad: {
    tete: ['directionEhpad', 'gestionnaire', 'cuisinier'],
    reste: [
      ['soins', 26],
      ['hotellerie', 14],
      ['cuisinier', 3],
      ['animateurEnfance', 1],
      ['accueil', 2],
      ['polyvalent', 2],
    ],
    aCti: true,
  },
  sad: {
    tete: ['responsableSecteur', 'gestionnaire'],
    reste: [
      ['aideADomicile', 30],
      ['accueil', 1],
      ['responsableSecteur', 1],
    ],
    aCti: true,
  },
  ssiad: {
    tete: ['cadre', 'accueil'],
    reste: [
      ['soins', 12],
      ['accueil', 1],
    ],
    aCti: true,
  },
  dechets: {
    tete: ['direction', 'cadre', 'technicien', 'gestionnaire'],
    reste: [
      ['collecte', 24],
      ['dechetterie', 14],
      ['chefEquipe', 4],
      ['technicien', 3],
      ['accueil', 2],
      ['gestionnaire', 2],
    ],
    aCti: false,
  },
  eaux: {
    tete: ['direction', 'technicien', 'gestionnaire'],
    reste: [
      ['eau', 10],
      ['accueil', 3],
      ['technicien', 3],
      ['chefEquipe', 1],
    ],
    aCti: false,
  },
  sivom: {
    tete: ['gestionnaire', 'chefEquipe'],
    reste: [
      ['polyvalent', 5],
      ['entretien', 2],
      ['espacesVerts', 2],
    ],
    aCti: false,
  },
  scolaire: {
    tete: ['secretaireSivu', 'cantine'],
    reste: [
      ['atsem', 2],
      ['cantine', 3],
      ['animateurEnfance', 3],
      ['entretien', 1],
    ],
    aCti: false,
  },
}
