import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour, zMois } from '#socle/dates.ts'
import { zPrive } from './prive/situation.ts'

export const STATUTS = [
  'titulaire',
  'stagiaire',
  'contractuel',
  'vacataire',
  'collaborateurCabinet',
  'emploiFonctionnel',
  'assistantMaternel',
  'elu',
  'apprenti',
  'pec',
  'cee',
  'prive',
] as const
export type Statut = (typeof STATUTS)[number]

/** « 11.10 % » or « 6/7 » or « 0.0172 ». */
const zTaux = z.string().regex(/^\d{1,4}(\.\d{1,6})?( ?%|\/\d{1,4}(\.\d{1,6})?)?$/, 'Taux attendu, par exemple 1.72 %.')
const zCode = z.string().regex(/^[A-Z0-9_]{2,40}$/, 'Code attendu en capitales, par exemple IFSE.')
const zMinutes = z.number().int().min(0).max(100_000)

/** The settings of the employer in force for the month. */
const zEmployeur = z.strictObject({
  /** Agents at the last count: FNAL, versement mobilité. */
  effectif: z.number().int().min(0),
  /** Notified AT/MP rate; without it, the collective rate of the local authorities. */
  tauxAt: zTaux.optional(),
  versementMobilite: zTaux.optional(),
  versementMobiliteRegional: zTaux.optional(),
  /** Rates voted by the centre de gestion; absent = not affiliated. */
  cdgObligatoire: zTaux.optional(),
  cdgAdditionnelle: zTaux.optional(),
  /** True by default: at least one full-time post in the budget. Never due in the FPH. */
  cnfpt: z.boolean().optional(),
  cnfptApprentissage: z.boolean().optional(),
  /** Revocable membership of the unemployment insurance for the contractuels. */
  adhesionChomage: z.boolean().optional(),
  zoneIr: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
})

/** A prime or indemnity. The amount is that of a full month at full time when `proratise` is true (default for monthly ones). */
const zPrime = z.strictObject({
  code: zCode,
  libelle: z.string().max(120).optional(),
  montant: zMontant,
  /**
   * What it is for the contributions and the tax.
   * `prime`: in all bases; `frais`: refund, in none; `avantageNature`: in the bases, taken back from the net;
   * `horsTransfert`: a prime outside the transfert primes/points (astreintes…); `gipa`: RAFP above its cap;
   * `pension`: subject to the CNRACL like the traitement (prime spéciale de sujétion, indemnité de feu);
   * `nonSoumise`: paid, neither contribution nor tax (licenciement within its limits).
   */
  nature: z.enum(['prime', 'horsTransfert', 'pension', 'frais', 'avantageNature', 'gipa', 'nonSoumise']).optional(),
  /** Follows the working time and the days of presence. */
  proratise: z.boolean().optional(),
  /** What the délibération says of sickness: it follows the traitement (default), is kept, or is suspended. */
  maladie: z.enum(['suit', 'maintenue', 'suspendue']).optional(),
})
export type Prime = z.output<typeof zPrime>

const zHeures = z.strictObject({
  type: z.enum(['supplementaires', 'complementaires']),
  /** Of the overtime hours; the order of the list is the order of the work. */
  moment: z.enum(['jour', 'nuit', 'dimanche']).optional(),
  minutes: z.number().int().min(1).max(44_640),
  /** Complementary hours: uplift voted by the body. */
  majoration: zTaux.optional(),
})

export const MOTIFS_ABSENCE = [
  'maladie',
  'longueMaladie',
  'longueDuree',
  'graveMaladie',
  'citis',
  'maternite',
  'paternite',
  'tempsPartielTherapeutique',
  'greve',
  'serviceNonFait',
  'congeParental',
  'congeSansTraitement',
  'disponibilite',
] as const
/** An absence over `[depuis, jusqua[`. Those of the twelve months before are given too: the rights roll. */
const zAbsence = z.strictObject({
  motif: z.enum(MOTIFS_ABSENCE),
  /** Of the lines of an unpaid leave: the position that the payslip names. */
  libelle: z.string().max(120).optional(),
  depuis: zJour,
  jusqua: zJour,
  /** Sickness: day on which this arrêt or this prolongation was granted from; by default `depuis`. */
  debutArret: zJour.optional(),
  /** Sickness: a prolongation, or the same long illness, has no new jour de carence. */
  sansCarence: z.boolean().optional(),
  /** Strike or unserved time of less than a day. */
  minutes: zMinutes.optional(),
  /** Gross daily allowances of the régime général received by the employer for this month (subrogation). */
  ijssBrutes: zMontant.optional(),
})
export type Absence = z.output<typeof zAbsence>

const zRetenue = z.strictObject({
  code: zCode,
  libelle: z.string().max(120).optional(),
  type: z.enum([
    'pensionAlimentaire',
    'saisieAdministrative',
    'saisie',
    'cession',
    'acompte',
    'mutuelle',
    'prevoyance',
    'titresRestaurant',
    'autre',
  ]),
  /** Monthly amount; for a seizure, what remains due. */
  montant: zMontant,
  /** Persons in charge, for the quotité saisissable. */
  personnesACharge: z.number().int().min(0).max(20).optional(),
  /** Employer's share of a health or foresight cover, in the base of the CSG. */
  partPatronale: zMontant.optional(),
})
export type Retenue = z.output<typeof zRetenue>

export const FONCTIONS_ELU = [
  'maire',
  'adjoint',
  'conseiller',
  'presidentCc',
  'vicePresidentCc',
  'presidentCa',
  'presidentSyndicat',
  'vicePresidentSyndicat',
] as const
const zElu = z.strictObject({
  fonction: z.enum(FONCTIONS_ELU),
  population: z.number().int().min(0),
  /** Rate voted, in percent of the terminal index; without it a maire has the barème. */
  taux: zTaux.optional(),
  /** Majorations voted (chef-lieu, touristique…), as parts of the indemnity. */
  majorations: z.array(z.strictObject({ libelle: z.string(), taux: zTaux })).optional(),
  /** Monthly indemnities of the other mandates that count for the half-PASS threshold. */
  autresIndemnites: zMontant.optional(),
  /** Paid mandates, this one included: the FRFE. */
  mandatsIndemnises: z.number().int().min(1).max(20).optional(),
  /** Excess over the cap of one and a half parliamentary indemnity, to take off this mandate. */
  ecretement: zMontant.optional(),
  /** Stopped working for the mandate, or chose the contributions: from the first euro. */
  premierEuro: z.boolean().optional(),
  /** Body outside the list of CSS L. 382-31 (CDG, CNFPT, SDIS…). */
  horsChamp: z.boolean().optional(),
  /** Monthly contributions to FONPEL or CAREL. */
  retraiteFacultative: z.strictObject({ agent: zMontant, employeur: zMontant }).optional(),
})

const zPas = z.strictObject({
  /** Personal rate received from the DGFiP, with the last month in which it may serve. */
  taux: zTaux.optional(),
  valableJusqua: zMois.optional(),
  grille: z.enum(['metropole', 'guadeloupe_reunion_martinique', 'guyane_mayotte']).optional(),
  contratCourt: z.boolean().optional(),
})

/** A change inside the month, from a day on: only what changes. */
const zPeriode = z.strictObject({
  depuis: zJour,
  im: z.number().int().min(1).max(2000).optional(),
  grade: z.string().max(120).optional(),
  echelon: z.number().int().min(1).max(30).optional(),
  categorie: z.enum(['A', 'B', 'C']).optional(),
  traitementForfaitaire: zMontant.optional(),
  nbi: z.number().int().min(0).max(200).optional(),
  cti: z.boolean().optional(),
  enfants: z.number().int().min(0).max(20).optional(),
  sftConjoint: z.boolean().optional(),
  quotite: zTaux.optional(),
  minutesHebdo: z.number().int().min(1).max(4000).optional(),
  primes: z.array(zPrime).max(60).optional(),
})

/** All that the engine must know of one agent × employer × month. Plain JSON. */
export const zSituation = z.strictObject({
  statut: z.enum(STATUTS),
  versant: z.enum(['FPT', 'FPH']).optional(),
  categorie: z.enum(['A', 'B', 'C']).optional(),
  nir: z.string().optional(),
  naissance: zJour.optional(),
  /** Pension fund known to the file; checked against the one that the rules give. */
  caisse: z.string().max(40).optional(),
  employeur: zEmployeur,

  /** Entry and exit: `[entree, sortie[`. */
  entree: zJour.optional(),
  sortie: zJour.optional(),
  /** Weekly minutes of the post; 2100 = full time (default). */
  minutesHebdo: z.number().int().min(0).max(4000).optional(),
  /** Weekly minutes of the same post at full time: 2100, or the regulatory service of some cadres d’emplois. */
  minutesHebdoComplet: z.number().int().min(1).max(4000).optional(),
  /** Weekly minutes of the posts held in other territorial bodies: the CNRACL threshold. */
  minutesHebdoAutres: z.number().int().min(0).max(4000).optional(),
  /** Temps partiel: 50 % to 100 %. */
  quotite: zTaux.optional(),
  /** Chosen: pension contribution as at full time. */
  surcotisation: z.boolean().optional(),
  /** Index of the grade of origin of a detached agent whose post gives no right to the CNRACL. */
  imPension: z.number().int().min(1).max(2000).optional(),
  /** Monthly gross paid by the other employers, for the shared ceiling. */
  brutAutresEmployeurs: zMontant.optional(),

  /** Changes inside the month (avancement, temps partiel…), by date; those with a traitement only. */
  periodes: z.array(zPeriode).max(20).optional(),

  grade: z.string().max(120).optional(),
  echelon: z.number().int().min(1).max(30).optional(),
  im: z.number().int().min(1).max(2000).optional(),
  /** Monthly gross at full time of those who have no index. */
  traitementForfaitaire: zMontant.optional(),
  nbi: z.number().int().min(0).max(200).optional(),
  cti: z.boolean().optional(),
  /** Children for the SFT; `sftConjoint` when the other parent receives it. */
  enfants: z.number().int().min(0).max(20).optional(),
  sftConjoint: z.boolean().optional(),
  /** False leaves out the transfert primes/points. */
  transfertPrimesPoints: z.boolean().optional(),
  /** Indemnité compensatrice CSG: the frozen monthly amount, or true for the rate of the recruits since 2018. */
  indemniteCompensatriceCsg: z.union([zMontant, z.literal(true)]).optional(),
  /** Services before the sickness, in months: rights of the contractuels. */
  ancienneteMois: z.number().int().min(0).optional(),

  /** Paid leave of a contract that ends, or of a vacataire: part of the gross, 10 % most often. */
  indemniteConges: zTaux.optional(),

  /** Group of the RIFSEEP: its yearly ceilings are watched. */
  rifseep: z
    .strictObject({ cadre: z.enum(['attaches', 'redacteurs', 'adjoints']), groupe: z.number().int().min(1).max(4) })
    .optional(),
  primes: z.array(zPrime).max(60).optional(),
  heures: z.array(zHeures).max(60).optional(),
  /** Census: contributions on the optional lump base. */
  recenseurAuForfait: z.boolean().optional(),
  /** Firefighter of a SDIS: surcharge of the CNFPT. */
  sapeurPompier: z.boolean().optional(),
  /** Vacations of the month: number × rate. */
  vacations: z
    .array(
      z.strictObject({
        libelle: z.string().max(120),
        nombre: z.string().regex(/^\d{1,5}(\.\d{1,2})?$/),
        taux: zMontant,
      }),
    )
    .max(31)
    .optional(),
  absences: z.array(zAbsence).max(200).optional(),
  pas: zPas.optional(),
  retenues: z.array(zRetenue).max(40).optional(),

  elu: zElu.optional(),
  /** Hourly rate and weekly minutes by child. */
  accueils: z
    .array(
      z.strictObject({
        enfant: z.string().max(60).optional(),
        minutesHebdo: zMinutes,
        tauxHoraire: z.string().regex(/^\d{1,3}(\.\d{1,4})?$/),
      }),
    )
    .max(10)
    .optional(),
  /** Private-law contracts. */
  prive: zPrive.optional(),
})
export type Situation = z.output<typeof zSituation>
