import { jour, type Mois, mois, moisRange } from '#socle/dates.ts'
import {
  type Bulletin,
  type Cumuls,
  computeBulletin,
  jeuLivre,
  type Rappel,
  type Situation,
  zSituation,
} from '../calcul/index.ts'
import {
  type AgentImprime,
  type BulletinImprimable,
  type OrganismeImprime,
  toBulletinImprimable,
} from './domain/modele.ts'

/** Payslips computed by the engine for the tests and the benchmark of the document. */
const parametres = jeuLivre()
const EMPLOYEUR = {
  effectif: 34,
  tauxAt: '1.72 %',
  cdgObligatoire: '0.80 %',
  cdgAdditionnelle: '0.75 %',
  cnfptApprentissage: true,
}
const COMMUNE: OrganismeImprime = {
  nom: 'Commune de Saint-Paul-en-Born',
  siret: '21400278400018',
  ape: '8411Z',
  adresse: '1 place de la Mairie',
  codePostal: '40200',
  ville: 'Saint-Paul-en-Born',
}
const MARIE: AgentImprime = {
  nom: 'Dupouy-Lacaze',
  prenom: 'Marie-Hélène',
  matricule: '000417',
  nir: '284054099100836',
  emploi: 'Agent des services techniques',
  entree: jour('2009-09-01'),
  adresse: '12 impasse des Résiniers',
  codePostal: '40200',
  ville: 'Mimizan',
}

const TITULAIRE = {
  statut: 'titulaire',
  categorie: 'C',
  grade: 'Adjoint technique principal de 2e classe',
  echelon: 8,
  im: 435,
  nbi: 10,
  enfants: 3,
  employeur: { ...EMPLOYEUR, zoneIr: 2 },
  pas: { taux: '4.1 %' },
  primes: [
    { code: 'IFSE', libelle: 'IFSE', montant: '250.00' },
    { code: 'TRANSPORT', libelle: 'Abonnement de transport', montant: '37.85', nature: 'frais' },
  ],
} as const

export const SITUATIONS = {
  titulaire: TITULAIRE,
  contractuel: {
    statut: 'contractuel',
    categorie: 'C',
    grade: 'Adjoint d’animation',
    echelon: 4,
    im: 376,
    minutesHebdo: 28 * 60,
    employeur: EMPLOYEUR,
    primes: [{ code: 'IFSE', libelle: 'IFSE', montant: '100.00' }],
  },
  maire: {
    statut: 'elu',
    employeur: { effectif: 34 },
    elu: { fonction: 'maire', population: 2000 },
    pas: { taux: '6.5 %' },
  },
  charge: {
    ...TITULAIRE,
    quotite: '80 %',
    heures: [
      { type: 'supplementaires', minutes: 600, moment: 'jour' },
      { type: 'supplementaires', minutes: 300, moment: 'nuit' },
      { type: 'supplementaires', minutes: 240, moment: 'dimanche' },
    ],
    primes: [
      ...TITULAIRE.primes,
      { code: 'CIA', libelle: 'Complément indemnitaire annuel', montant: '420.00' },
      { code: 'ASTREINTE', libelle: 'Astreinte d’exploitation', montant: '159.20', nature: 'horsTransfert' },
      { code: 'ELECTIONS', libelle: 'Indemnité pour élections', montant: '80.00' },
      { code: 'SALISSURE', libelle: 'Travaux dangereux, insalubres, incommodes ou salissants', montant: '31.00' },
      { code: 'REPAS', libelle: 'Frais de mission', montant: '60.00', nature: 'frais' },
    ],
    retenues: [
      { code: 'MUTUELLE', type: 'mutuelle', montant: '48.20', partPatronale: '15.00' },
      { code: 'PREVOYANCE', type: 'prevoyance', montant: '26.10', partPatronale: '7.00' },
      { code: 'TR', type: 'titresRestaurant', montant: '72.00' },
      { code: 'PENSION', type: 'pensionAlimentaire', montant: '180.00' },
    ],
  },
} as const

export const situation = (nom: keyof typeof SITUATIONS): Situation => zSituation.parse(SITUATIONS[nom])

type Chaine = { bulletin: Bulletin; cumuls: Cumuls; precedent: Bulletin | undefined }
/** Three months paid at a lower index, corrected in the month of the payslip. */
const MOIS_RAPPELES = ['2025-08', '2025-09', '2025-10']
const INDICE_AVANT = 425

/** The months of the year up to `dernier`, chained by their accumulators. */
function chainer(s: Situation, dernier: Mois, avecRappel: boolean): Chaine {
  let cumuls: Cumuls | undefined
  let precedent: Bulletin | undefined
  let bulletin: Bulletin | undefined
  const rappels: Rappel[] = []
  for (const courant of moisRange(mois(`${dernier.slice(0, 4)}-01`), dernier)) {
    const habituelle: Situation = { ...s, heures: [] }
    const rappele = avecRappel && MOIS_RAPPELES.includes(courant)
    const payee = rappele ? { ...habituelle, im: INDICE_AVANT } : courant === dernier ? s : habituelle
    if (rappele) rappels.push({ mois: courant, avant: payee, apres: habituelle, cumuls })
    const r = computeBulletin({
      mois: courant,
      situation: payee,
      cumuls,
      parametres,
      ...(courant === dernier && { rappels }),
    })
    if (!r.bulletin || !r.cumuls) throw new Error(JSON.stringify(r.anomalies))
    precedent = bulletin
    bulletin = r.bulletin
    cumuls = r.cumuls
  }
  return { bulletin: bulletin!, cumuls: cumuls!, precedent }
}

const MOIS_EDITE = mois('2025-11')
const chaines = new Map<string, Chaine>()

type Options = {
  agent?: Partial<AgentImprime>
  numero?: string
  avecRappel?: boolean
  modifier?: (b: Bulletin) => Bulletin
}
export function imprimable(nom: keyof typeof SITUATIONS, options: Options = {}): BulletinImprimable {
  const cle = `${nom}/${options.avecRappel}`
  const { bulletin, cumuls, precedent } =
    chaines.get(cle) ?? chainer(situation(nom), MOIS_EDITE, options.avecRappel ?? false)
  chaines.set(cle, { bulletin, cumuls, precedent })
  return toBulletinImprimable({
    bulletin: options.modifier ? options.modifier(bulletin) : bulletin,
    organisme: COMMUNE,
    agent: { ...MARIE, ...(nom === 'maire' && { emploi: 'Maire' }), ...options.agent },
    situation: situation(nom),
    cumuls,
    precedent,
    numero: options.numero ?? '2025-11-0417',
    paiement: jour('2025-11-26'),
  })
}
