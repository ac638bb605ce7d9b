import type { Mois } from '#socle/dates.ts'
import { type Situation, zSituation } from '../situation.ts'

type Brute = Record<string, unknown>
const ASSOCIATION = { effectif: 30, tauxAt: '2.08 %' }
const PETITE = { effectif: 8, tauxAt: '1.30 %' }
const COMMUNE = { effectif: 40, tauxAt: '1.72 %' }
const REGIE = { effectif: 60, tauxAt: '2.40 %', versementMobilite: '0.60 %' }
const sante = { risque: 'sante', assiette: 'forfait', agent: '20.00', employeur: '20.00' }

const profil = (
  id: string,
  titre: string,
  mois: string,
  brute: Brute,
): { id: string; titre: string; mois: Mois; situation: Situation } => ({
  id,
  titre,
  mois: mois as Mois,
  situation: zSituation.parse(brute),
})
const salarie = (prive: Brute, reste: Brute = {}): Brute => ({
  statut: 'prive',
  employeur: ASSOCIATION,
  prive: { employeur: 'association', contrat: 'cdi', ...prive },
  ...reste,
})

/** Private-law profiles: golden payslips and the mix of the benchmark. */
export const PROFILS_PRIVES = [
  profil(
    'prive-cdi-2026',
    'CDI d’une association, réduction générale dégressive unique, complémentaire santé',
    '2026-03',
    salarie({ salaireMensuel: '2000.00', protection: [sante] }),
  ),
  profil(
    'prive-cadre-2026',
    'Cadre au-dessus du plafond : tranche 2, CET, APEC, prévoyance',
    '2026-03',
    salarie({
      salaireMensuel: '6200.00',
      cadre: true,
      protection: [sante, { risque: 'prevoyance', assiette: 'tranche1', agent: '0 %', employeur: '1.50 %' }],
    }),
  ),
  profil(
    'prive-dirigeant-2026',
    'Directeur à 36 000 €, au-delà de huit plafonds',
    '2026-03',
    salarie({ salaireMensuel: '36000.00', cadre: true, protection: [sante] }, { pas: { taux: '32.4 %' } }),
  ),
  profil(
    'prive-cdi-2025',
    'CDI en 2025 : taux réduits de maladie et de famille, ancienne réduction',
    '2025-06',
    salarie({ salaireMensuel: '1950.00' }),
  ),
  profil(
    'prive-2024-au-dela-des-seuils',
    'Juin 2024, au-delà des seuils des taux réduits',
    '2024-06',
    salarie({ salaireMensuel: '7200.00', cadre: true }),
  ),
  profil(
    'prive-heures-sup-2026',
    'Heures supplémentaires à 25 % et à 50 %, réduction salariale et déduction forfaitaire',
    '2026-04',
    salarie(
      { salaireMensuel: '2100.00', protection: [sante] },
      {
        heures: [
          { type: 'supplementaires', minutes: 480 },
          { type: 'supplementaires', minutes: 120, majoration: '50 %' },
        ],
      },
    ),
  ),
  profil(
    'prive-partiel-2026',
    'Temps partiel de 24 heures avec des heures complémentaires',
    '2026-04',
    salarie(
      { salaireMensuel: '1290.00' },
      { minutesHebdo: 1440, heures: [{ type: 'complementaires', minutes: 300 }], employeur: PETITE },
    ),
  ),
  profil(
    'prive-fin-cdd-2026',
    'Dernier mois d’un CDD de six mois : indemnité de fin de contrat et congés payés',
    '2026-05',
    salarie(
      { contrat: 'cdd', salaireMensuel: '1950.00', finContrat: '11700.00', congesPayes: '11700.00' },
      { entree: '2025-12-01', sortie: '2026-05-21', pas: { contratCourt: true } },
    ),
  ),
  profil(
    'prive-arret-2026',
    'Dix jours d’arrêt, maintien de salaire et subrogation',
    '2026-02',
    salarie(
      { salaireMensuel: '2250.00', maintien: '675.00', protection: [sante] },
      { absences: [{ motif: 'maladie', depuis: '2026-02-09', jusqua: '2026-02-19', ijssBrutes: '310.10' }] },
    ),
  ),
  profil(
    'prive-avantage-nature-2026',
    'Repas fournis, avantage en nature, et titres-restaurant',
    '2026-03',
    salarie(
      { salaireMensuel: '2080.00' },
      {
        primes: [{ code: 'REPAS_NATURE', libelle: 'Repas fournis', nature: 'avantageNature', montant: '115.50' }],
        retenues: [{ code: 'TR', type: 'titresRestaurant', montant: '38.00' }],
      },
    ),
  ),
  profil(
    'spic-ircantec-2025',
    'Agent d’une régie affilié à l’IRCANTEC, adhésion à l’assurance chômage',
    '2025-11',
    salarie(
      { employeur: 'spic', retraite: 'ircantec', salaireMensuel: '2150.00' },
      { employeur: { ...REGIE, adhesionChomage: true } },
    ),
  ),
  profil(
    'spic-agirc-13e-2026',
    'Agent d’une régie affilié à l’Agirc-Arrco, treizième mois',
    '2026-06',
    salarie(
      { employeur: 'spic', retraite: 'agircArrco', chomage: true, salaireMensuel: '2310.00' },
      {
        employeur: REGIE,
        primes: [{ code: 'TREIZIEME_MOIS', libelle: 'Treizième mois', montant: '2310.00', proratise: false }],
      },
    ),
  ),
  profil(
    'saisonnier-2025',
    'Saisonnier d’un camping en régie, quinze jours, congés payés',
    '2025-07',
    salarie(
      { employeur: 'spic', retraite: 'ircantec', contrat: 'saisonnier', tauxHoraire: '12.10' },
      { employeur: REGIE, entree: '2025-07-16', indemniteConges: '10 %' },
    ),
  ),
  profil(
    'aide-a-domicile-2026',
    'Aide à domicile à 28 heures, prévoyance de la branche',
    '2026-03',
    salarie(
      { branche: 'aideADomicile', salaireMensuel: '1530.00', dispenseSante: true },
      {
        minutesHebdo: 1680,
        employeur: { effectif: 45, tauxAt: '3.10 %' },
        primes: [{ code: 'FRAIS_KM', libelle: 'Indemnités kilométriques', nature: 'frais', montant: '84.36' }],
      },
    ),
  ),
  profil(
    'aide-a-domicile-2025',
    'Aide à domicile en 2025 : exonération propre sur 90 % des heures, réduction générale sur le reste',
    '2025-09',
    salarie(
      { branche: 'aideADomicile', tauxHoraire: '12.75', protection: [sante], exonerationAideADomicile: '90 %' },
      { minutesHebdo: 1800, employeur: { effectif: 70, tauxAt: '3.10 %' } },
    ),
  ),
  profil('pec-26h-2025', 'Parcours emploi compétences de 26 heures dans une commune', '2025-10', {
    statut: 'pec',
    employeur: COMMUNE,
    minutesHebdo: 1560,
    prive: { tauxHoraire: '11.88' },
  }),
  profil('pec-au-dela-du-smic-2025', 'Parcours emploi compétences payé au-dessus du SMIC', '2025-10', {
    statut: 'pec',
    employeur: COMMUNE,
    minutesHebdo: 1800,
    prive: { salaireMensuel: '1700.00' },
  }),
  profil('pec-association-2026', 'Parcours emploi compétences dans une association', '2026-03', {
    statut: 'pec',
    employeur: ASSOCIATION,
    minutesHebdo: 1200,
    prive: { employeur: 'association', tauxHoraire: '12.02' },
  }),
  profil('apprenti-public-2025', 'Apprenti d’une commune, contrat de septembre 2025', '2025-10', {
    statut: 'apprenti',
    employeur: COMMUNE,
    naissance: '2003-04-12',
    entree: '2025-09-01',
    prive: { conclusion: '2025-09-01' },
  }),
  profil('apprenti-public-ancien-2025', 'Apprenti d’une commune, contrat de septembre 2024', '2025-10', {
    statut: 'apprenti',
    employeur: COMMUNE,
    naissance: '2002-02-03',
    entree: '2024-09-01',
    prive: { conclusion: '2024-08-20', pourcentageSmic: '100 %' },
  }),
  profil('apprenti-prive-2026', 'Apprenti d’une association, 19 ans, deuxième année', '2026-03', {
    statut: 'apprenti',
    employeur: ASSOCIATION,
    naissance: '2007-01-20',
    entree: '2024-09-02',
    prive: { employeur: 'association', conclusion: '2025-03-03', anneeContrat: 2 },
  }),
  profil('cee-commune-2025', 'Animateur d’un centre de loisirs communal, douze jours', '2025-07', {
    statut: 'cee',
    employeur: COMMUNE,
    entree: '2025-07-07',
    sortie: '2025-07-23',
    prive: { jours: 12, tarifJour: '62.00' },
  }),
  profil('cee-forfait-2026', 'Directrice d’un séjour associatif, bases forfaitaires', '2026-04', {
    statut: 'cee',
    employeur: PETITE,
    entree: '2026-04-13',
    sortie: '2026-04-27',
    prive: {
      employeur: 'association',
      jours: 14,
      tarifJour: '90.00',
      forfait: { fonction: 'directeur', semaines: 2 },
    },
  }),
]
