import type { Mois } from '#socle/dates.ts'
import { PROFILS_PRIVES } from '../prive/profils.ts'
import type { Rappel } from '../rappels.ts'
import { type Situation, zSituation } from '../situation.ts'

/** A named situation and its month: golden payslips and the mix of the benchmark. */
export type Profil = { id: string; titre: string; mois: Mois; situation: Situation; rappels?: Rappel[] }

type Brute = Record<string, unknown>
const EMPLOYEUR = {
  effectif: 12,
  tauxAt: '1.72 %',
  cnfptApprentissage: true,
  cdgObligatoire: '0.80 %',
  cdgAdditionnelle: '0.40 %',
}
const GRAND = {
  effectif: 240,
  tauxAt: '1.90 %',
  versementMobilite: '0.80 %',
  cnfptApprentissage: true,
  cdgObligatoire: '0.80 %',
}
const EHPAD = { effectif: 85, tauxAt: '2.10 %' }
const s = (brute: Brute): Situation => zSituation.parse({ employeur: EMPLOYEUR, ...brute })
const profil = (
  id: string,
  titre: string,
  mois: string,
  brute: Brute,
  rappels?: { mois: string; avant: Brute; apres: Brute }[],
): Profil => ({
  id,
  titre,
  mois: mois as Mois,
  situation: s(brute),
  ...(rappels && { rappels: rappels.map((r) => ({ mois: r.mois as Mois, avant: s(r.avant), apres: s(r.apres) })) }),
})

const C = { statut: 'titulaire', categorie: 'C' }
const IFSE = (montant: string) => [{ code: 'IFSE', montant }]
const adjoint = { ...C, grade: 'Adjoint administratif territorial', echelon: 9, im: 376, primes: IFSE('150.00') }
const redacteur = { statut: 'titulaire', categorie: 'B', im: 420, primes: IFSE('320.00'), employeur: GRAND }
const attache = { statut: 'titulaire', categorie: 'A', im: 560, primes: IFSE('780.00'), employeur: GRAND }
const contractuel = { statut: 'contractuel', im: 390, primes: IFSE('100.00') }

export const PROFILS: Profil[] = [
  profil('c-temps-complet', 'Titulaire de catégorie C à temps complet', '2025-06', adjoint),
  profil('c-stagiaire', 'Stagiaire de catégorie C, indice minimum et indemnité différentielle', '2026-02', {
    ...C,
    statut: 'stagiaire',
    im: 366,
    primes: IFSE('80.00'),
  }),
  profil('c-2024-janvier', 'Titulaire de catégorie C en janvier 2024', '2024-01', adjoint),
  profil('c-2024-novembre', 'Titulaire de catégorie C en novembre 2024, hausse du SMIC', '2024-11', {
    ...adjoint,
    im: 366,
  }),
  profil('c-80', 'Temps partiel à 80 %, payé six septièmes', '2025-09', { ...adjoint, im: 385, quotite: '80 %' }),
  profil('c-90-sft2', 'Temps partiel à 90 % (32/35), deux enfants', '2025-09', {
    ...adjoint,
    quotite: '90 %',
    enfants: 2,
  }),
  profil('c-50-sft3', 'Mi-temps, trois enfants : minimum du supplément familial', '2025-09', {
    ...adjoint,
    quotite: '50 %',
    enfants: 3,
  }),
  profil('c-tnc-30h', 'Temps non complet de 30 heures, CNRACL', '2025-06', { ...adjoint, minutesHebdo: 1800 }),
  profil('c-tnc-20h', 'Temps non complet de 20 heures, IRCANTEC', '2025-06', {
    ...adjoint,
    im: 373,
    minutesHebdo: 1200,
  }),
  profil('c-tnc-17h30-deux-employeurs', 'Deux postes de 17 h 30 : CNRACL par le cumul', '2025-06', {
    ...adjoint,
    minutesHebdo: 1050,
    minutesHebdoAutres: 1050,
  }),
  profil('c-tnc-complementaires', 'Temps non complet, heures complémentaires majorées', '2025-06', {
    ...adjoint,
    minutesHebdo: 1200,
    heures: [
      { type: 'complementaires', minutes: 360 },
      { type: 'complementaires', minutes: 120, majoration: '10 %' },
    ],
  }),
  profil('c-nbi-sft3-ir', 'NBI, trois enfants, indemnité de résidence à 1 %', '2025-05', {
    ...adjoint,
    im: 435,
    nbi: 10,
    enfants: 3,
    employeur: { ...EMPLOYEUR, zoneIr: 2 },
  }),
  profil('c-sft5', 'Cinq enfants, au-dessus de l’indice plafond', '2025-05', { ...attache, im: 760, enfants: 5 }),
  profil('c-ihts-semaine', '17 heures supplémentaires en semaine', '2025-10', {
    ...adjoint,
    im: 387,
    heures: [{ type: 'supplementaires', minutes: 1020 }],
  }),
  profil('c-ihts-nuit-dimanche', 'Heures supplémentaires de nuit et de dimanche', '2025-10', {
    ...adjoint,
    heures: [
      { type: 'supplementaires', moment: 'jour', minutes: 600 },
      { type: 'supplementaires', moment: 'nuit', minutes: 300 },
      { type: 'supplementaires', moment: 'dimanche', minutes: 480 },
    ],
  }),
  profil('c-ihts-temps-partiel', 'Heures supplémentaires d’un agent à temps partiel', '2025-10', {
    ...adjoint,
    quotite: '80 %',
    heures: [{ type: 'supplementaires', minutes: 240 }],
  }),
  profil('c-entree-15', 'Entrée le 15 du mois', '2025-03', { ...adjoint, entree: '2025-03-15' }),
  profil('c-sortie-10', 'Sortie après le 10 du mois', '2025-03', { ...adjoint, sortie: '2025-03-11' }),
  profil('c-avancement-15', 'Avancement d’échelon le 15 du mois', '2025-09', {
    ...adjoint,
    im: 373,
    periodes: [{ depuis: '2025-09-15', im: 376, echelon: 9 }],
  }),
  profil('c-temps-partiel-16', 'Temps partiel à 80 % à partir du 16', '2025-09', {
    ...adjoint,
    enfants: 2,
    periodes: [{ depuis: '2025-09-16', quotite: '80 %' }],
  }),
  profil('c-carence-cmo90', 'Jour de carence puis six jours à 90 %', '2025-09', {
    ...adjoint,
    im: 397,
    absences: [{ motif: 'maladie', depuis: '2025-09-08', jusqua: '2025-09-15' }],
  }),
  profil('c-cmo-avant-mars', 'Arrêt commencé en février 2025 : plein traitement', '2025-03', {
    ...adjoint,
    absences: [{ motif: 'maladie', depuis: '2025-02-24', jusqua: '2025-03-10' }],
  }),
  profil('c-cmo-demi', 'Droits à 90 % épuisés : demi-traitement', '2025-10', {
    ...adjoint,
    absences: [{ motif: 'maladie', depuis: '2025-07-01', jusqua: '2025-11-01' }],
  }),
  profil('c-cmo-ifse-maintenue', 'Maladie, IFSE maintenue par la délibération', '2025-09', {
    ...adjoint,
    primes: [{ code: 'IFSE', montant: '150.00', maladie: 'maintenue' }],
    absences: [{ motif: 'maladie', depuis: '2025-09-08', jusqua: '2025-09-18' }],
  }),
  profil('c-longue-maladie', 'Congé de longue maladie, deuxième année', '2025-09', {
    ...adjoint,
    absences: [{ motif: 'longueMaladie', depuis: '2024-03-01', jusqua: '2026-03-01' }],
  }),
  profil('c-greve', 'Un jour de grève et deux heures', '2025-09', {
    ...adjoint,
    absences: [
      { motif: 'greve', depuis: '2025-09-18', jusqua: '2025-09-19' },
      { motif: 'greve', depuis: '2025-09-25', jusqua: '2025-09-26', minutes: 120 },
    ],
  }),
  profil('c-maternite', 'Congé de maternité : plein traitement', '2025-09', {
    ...adjoint,
    absences: [{ motif: 'maternite', depuis: '2025-08-01', jusqua: '2025-11-20' }],
  }),
  profil('c-parental', 'Congé parental le mois entier', '2025-02', {
    ...adjoint,
    absences: [{ motif: 'congeParental', depuis: '2025-01-01', jusqua: '2025-07-01' }],
  }),
  profil('c-avantage-nature', 'Avantage en nature et titres-restaurant', '2025-06', {
    ...adjoint,
    primes: [
      ...IFSE('150.00'),
      { code: 'REPAS', libelle: 'Repas fournis', nature: 'avantageNature', montant: '53.90' },
    ],
    retenues: [{ code: 'TITRES', type: 'titresRestaurant', montant: '72.00' }],
  }),
  profil('c-frais-mutuelle', 'Frais remboursés, mutuelle avec part de l’employeur', '2025-06', {
    ...adjoint,
    primes: [
      ...IFSE('150.00'),
      { code: 'FRAIS_DEPLACEMENT', libelle: 'Frais de déplacement', nature: 'frais', montant: '84.30' },
    ],
    retenues: [{ code: 'MUTUELLE', type: 'mutuelle', montant: '31.50', partPatronale: '31.50' }],
  }),
  profil('c-saisies', 'Pension alimentaire et saisie, une personne à charge', '2025-06', {
    ...adjoint,
    retenues: [
      { code: 'PENSION', type: 'pensionAlimentaire', montant: '250.00', personnesACharge: 1 },
      { code: 'SAISIE', type: 'saisie', montant: '900.00', personnesACharge: 1 },
    ],
  }),
  profil('c-acompte-negatif', 'Acompte supérieur au net : reporté', '2025-06', {
    ...adjoint,
    sortie: '2025-06-04',
    retenues: [{ code: 'ACOMPTE', type: 'acompte', montant: '400.00' }],
  }),
  profil('c-compensatrice-csg', 'Indemnité compensatrice figée, taux personnalisé', '2025-06', {
    ...adjoint,
    indemniteCompensatriceCsg: '21.49',
    pas: { taux: '3.10 %', valableJusqua: '2025-08' },
  }),
  profil('c-taux-perime', 'Taux personnalisé périmé : taux neutre', '2025-12', {
    ...adjoint,
    pas: { taux: '3.10 %', valableJusqua: '2025-10' },
  }),
  profil('b-redacteur', 'Titulaire de catégorie B, employeur de plus de 50 agents', '2025-06', redacteur),
  profil('b-treizieme-mois', 'Prime annuelle de novembre', '2025-11', {
    ...redacteur,
    primes: [...IFSE('320.00'), { code: 'PRIME_ANNUELLE', montant: '1450.00', proratise: false }],
  }),
  profil('a-attache', 'Titulaire de catégorie A, plafond RAFP de 20 %', '2025-06', { ...attache, enfants: 2 }),
  profil('a-emploi-fonctionnel', 'Directeur général des services, NBI et avantage en nature', '2025-06', {
    ...attache,
    statut: 'emploiFonctionnel',
    im: 830,
    nbi: 30,
  }),
  profil('a-cabinet', 'Collaborateur de cabinet', '2025-06', {
    statut: 'collaborateurCabinet',
    traitementForfaitaire: '3450.00',
    employeur: GRAND,
  }),
  profil('contractuel', 'Contractuel de droit public', '2025-03', contractuel),
  profil('contractuel-sft2', 'Contractuel, deux enfants', '2025-05', { ...contractuel, enfants: 2 }),
  profil('contractuel-tranche-b', 'Contractuel au-dessus du plafond : tranche B', '2025-03', {
    ...contractuel,
    im: 900,
    employeur: GRAND,
  }),
  profil('contractuel-chomage', 'Contractuel, collectivité adhérente à l’assurance chômage', '2025-06', {
    ...contractuel,
    employeur: { ...EMPLOYEUR, adhesionChomage: true },
  }),
  profil('contractuel-heures', 'Contractuel, heures supplémentaires', '2025-06', {
    ...contractuel,
    heures: [{ type: 'supplementaires', minutes: 480 }],
  }),
  profil('contractuel-ijss', 'Contractuel malade, indemnités journalières subrogées', '2025-09', {
    ...contractuel,
    ancienneteMois: 40,
    absences: [{ motif: 'maladie', depuis: '2025-09-08', jusqua: '2025-09-18', ijssBrutes: '182.40' }],
  }),
  profil('contractuel-fin', 'Fin de contrat, congés payés à 10 %', '2025-08', {
    ...contractuel,
    sortie: '2025-09-01',
    indemniteConges: '10 %',
  }),
  profil('contractuel-licencie', 'Indemnité de licenciement non soumise', '2025-06', {
    ...contractuel,
    primes: [
      {
        code: 'LICENCIEMENT',
        libelle: 'Indemnité de licenciement',
        nature: 'nonSoumise',
        proratise: false,
        montant: '2400.00',
      },
    ],
  }),
  profil('contractuel-deux-employeurs', 'Contractuel, plafond partagé entre deux employeurs', '2025-06', {
    ...contractuel,
    im: 700,
    minutesHebdo: 1050,
    brutAutresEmployeurs: '2600.00',
  }),
  profil('vacataire', 'Vacataire', '2025-06', {
    statut: 'vacataire',
    vacations: [{ libelle: 'Vacations de la bibliothèque', nombre: '12.50', taux: '15.20' }],
    indemniteConges: '10 %',
  }),
  profil('recenseur', 'Agent recenseur, assiette forfaitaire', '2025-02', {
    statut: 'vacataire',
    recenseurAuForfait: true,
    vacations: [{ libelle: 'Recensement de la population', nombre: '1', taux: '1120.00' }],
  }),
  profil('assistant-maternel', 'Assistant maternel, deux enfants', '2025-10', {
    statut: 'assistantMaternel',
    accueils: [
      { minutesHebdo: 2400, tauxHoraire: '3.60' },
      { minutesHebdo: 2160, tauxHoraire: '3.60' },
    ],
  }),
  profil('fph-aide-soignant', 'FPH : aide-soignant d’EHPAD, CTI et prime de sujétion', '2025-04', {
    statut: 'titulaire',
    versant: 'FPH',
    categorie: 'B',
    im: 416,
    cti: true,
    employeur: EHPAD,
    primes: [{ code: 'PRIME_SUJETION', libelle: 'Prime spéciale de sujétion', nature: 'pension', montant: '204.79' }],
    transfertPrimesPoints: false,
  }),
  profil('fph-contractuel', 'FPH : agent des services hospitaliers contractuel', '2025-04', {
    statut: 'contractuel',
    versant: 'FPH',
    im: 370,
    employeur: EHPAD,
  }),
  profil('fph-dimanche', 'FPH : dimanches et heures de nuit', '2025-04', {
    statut: 'titulaire',
    versant: 'FPH',
    categorie: 'C',
    im: 377,
    cti: true,
    employeur: EHPAD,
    primes: [
      {
        code: 'DIMANCHES',
        libelle: 'Indemnité de dimanches et jours fériés',
        nature: 'horsTransfert',
        proratise: false,
        montant: '121.60',
      },
    ],
  }),
  profil('maire-800', 'Maire d’une commune de 800 habitants', '2025-06', {
    statut: 'elu',
    elu: { fonction: 'maire', population: 800 },
  }),
  profil('maire-2000', 'Maire d’une commune de 2 000 habitants, assujetti', '2025-06', {
    statut: 'elu',
    elu: { fonction: 'maire', population: 2000 },
  }),
  profil('maire-decembre-2025', 'Maire en décembre 2025 : deux barèmes dans le mois', '2025-12', {
    statut: 'elu',
    elu: { fonction: 'maire', population: 450 },
  }),
  profil('adjoint-2500', 'Adjoint d’une commune de 2 500 habitants', '2025-03', {
    statut: 'elu',
    elu: { fonction: 'adjoint', population: 2500, taux: '19.8 %' },
  }),
  profil('conseiller-delegue', 'Conseiller délégué', '2025-03', {
    statut: 'elu',
    elu: { fonction: 'conseiller', population: 1800, taux: '6 %' },
  }),
  profil('president-cc', 'Président de communauté de communes, deux mandats, FONPEL', '2025-06', {
    statut: 'elu',
    elu: {
      fonction: 'presidentCc',
      population: 15000,
      taux: '48.75 %',
      mandatsIndemnises: 2,
      autresIndemnites: '1656.54',
      retraiteFacultative: { agent: '80.00', employeur: '80.00' },
    },
  }),
  profil('adjoint-majoration', 'Adjoint d’un chef-lieu, majoration de 15 %, fin de mandat le 20', '2025-05', {
    statut: 'elu',
    sortie: '2025-05-21',
    elu: {
      fonction: 'adjoint',
      population: 32000,
      taux: '30 %',
      majorations: [{ libelle: 'Majoration de chef-lieu', taux: '15 %' }],
    },
  }),
  profil(
    'rappel-avancement',
    'Rappel d’avancement connu en février 2026',
    '2026-02',
    { ...adjoint, im: 376, transfertPrimesPoints: false, primes: [] },
    [
      { mois: '2025-11', avant: { ...adjoint, im: 373, primes: [] }, apres: { ...adjoint, primes: [] } },
      { mois: '2025-12', avant: { ...adjoint, im: 373, primes: [] }, apres: { ...adjoint, primes: [] } },
      { mois: '2026-01', avant: { ...adjoint, im: 373, primes: [] }, apres: { ...adjoint, primes: [] } },
    ],
  ),
  profil('rappel-heures', 'Heures de mai saisies en juin', '2025-06', adjoint, [
    { mois: '2025-05', avant: adjoint, apres: { ...adjoint, heures: [{ type: 'supplementaires', minutes: 300 }] } },
  ]),
  ...PROFILS_PRIVES,
]
