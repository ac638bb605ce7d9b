import fc from 'fast-check'
import type { Mois } from '#socle/dates.ts'
import { EMPLOYEURS_PRIVES } from '../prive/situation.ts'
import { FONCTIONS_ELU, MOTIFS_ABSENCE, type Situation, STATUTS, zSituation } from '../situation.ts'

const euro = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((n) => (n / 100).toFixed(2))
const opt = <T>(a: fc.Arbitrary<T>, freq = 2) => fc.option(a, { nil: undefined, freq })
const pourcent = (max: number) => fc.integer({ min: 1, max: max * 100 }).map((n) => `${(n / 100).toFixed(2)} %`)

export const mois: fc.Arbitrary<Mois> = fc
  .record({ a: fc.integer({ min: 2024, max: 2026 }), m: fc.integer({ min: 1, max: 12 }) })
  .map(({ a, m }) => `${a}-${String(m).padStart(2, '0')}` as Mois)

const jour = fc
  .record({
    a: fc.integer({ min: 2023, max: 2026 }),
    m: fc.integer({ min: 1, max: 12 }),
    j: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ a, m, j }) => `${a}-${String(m).padStart(2, '0')}-${String(j).padStart(2, '0')}`)

const employeur = fc.record(
  {
    effectif: fc.integer({ min: 0, max: 700 }),
    tauxAt: opt(pourcent(5), 9),
    versementMobilite: opt(pourcent(2)),
    cdgObligatoire: opt(pourcent(1)),
    cnfpt: opt(fc.boolean()),
    cnfptApprentissage: opt(fc.boolean()),
    adhesionChomage: opt(fc.boolean()),
    zoneIr: opt(fc.constantFrom(1, 2, 3)),
  },
  { requiredKeys: ['effectif'] },
)
const prime = fc.record(
  {
    code: fc.constantFrom('IFSE', 'CIA', 'ASTREINTES', 'GIPA', 'REPAS', 'FRAIS', 'PRIME_A', 'PRIME_B', 'TIB'),
    montant: euro(3000),
    nature: opt(fc.constantFrom('prime', 'horsTransfert', 'pension', 'frais', 'avantageNature', 'gipa', 'nonSoumise')),
    proratise: opt(fc.boolean()),
    maladie: opt(fc.constantFrom('suit', 'maintenue', 'suspendue')),
  },
  { requiredKeys: ['code', 'montant'] },
)
const heures = fc.record(
  {
    type: fc.constantFrom('supplementaires', 'complementaires'),
    moment: opt(fc.constantFrom('jour', 'nuit', 'dimanche')),
    minutes: fc.integer({ min: 1, max: 3000 }),
    majoration: opt(pourcent(25)),
  },
  { requiredKeys: ['type', 'minutes'] },
)
const absence = fc.record(
  {
    motif: fc.constantFrom(...MOTIFS_ABSENCE),
    depuis: jour,
    jusqua: jour,
    sansCarence: opt(fc.boolean()),
    minutes: opt(fc.integer({ min: 1, max: 600 }), 1),
    ijssBrutes: opt(euro(900), 1),
  },
  { requiredKeys: ['motif', 'depuis', 'jusqua'] },
)
const retenue = fc.record(
  {
    code: fc.constantFrom('SAISIE', 'PENSION', 'ACOMPTE', 'MUTUELLE'),
    type: fc.constantFrom(
      'pensionAlimentaire',
      'saisieAdministrative',
      'saisie',
      'cession',
      'acompte',
      'mutuelle',
      'prevoyance',
      'autre',
    ),
    montant: euro(2500),
    personnesACharge: opt(fc.integer({ min: 0, max: 6 })),
    partPatronale: opt(euro(80), 1),
  },
  { requiredKeys: ['code', 'type', 'montant'] },
)
const elu = fc.record(
  {
    fonction: fc.constantFrom(...FONCTIONS_ELU),
    population: fc.integer({ min: 0, max: 250_000 }),
    taux: opt(pourcent(60), 9),
    majorations: opt(
      fc.array(fc.record({ libelle: fc.constant('Majoration'), taux: pourcent(50) }), { maxLength: 2 }),
      1,
    ),
    autresIndemnites: opt(euro(4000), 1),
    mandatsIndemnises: opt(fc.integer({ min: 1, max: 5 })),
    ecretement: opt(euro(9000), 1),
    premierEuro: opt(fc.boolean(), 1),
    horsChamp: opt(fc.boolean(), 1),
    retraiteFacultative: opt(fc.record({ agent: euro(200), employeur: euro(200) }), 1),
  },
  { requiredKeys: ['fonction', 'population'] },
)

const prive = fc.record(
  {
    employeur: opt(fc.constantFrom(...EMPLOYEURS_PRIVES), 9),
    contrat: opt(fc.constantFrom('cdi', 'cdd', 'saisonnier'), 9),
    cadre: opt(fc.boolean(), 1),
    retraite: opt(fc.constantFrom('ircantec', 'agircArrco')),
    reductionGenerale: opt(fc.boolean(), 1),
    chomage: opt(fc.boolean(), 1),
    salaireMensuel: opt(euro(9000), 9),
    tauxHoraire: opt(
      fc.integer({ min: 1100, max: 9000 }).map((n) => (n / 100).toFixed(2)),
      1,
    ),
    heuresMois: opt(
      fc.integer({ min: 1, max: 15167 }).map((n) => (n / 100).toFixed(2)),
      1,
    ),
    conclusion: opt(jour, 9),
    anneeContrat: opt(fc.constantFrom(1, 2, 3)),
    pourcentageSmic: opt(fc.constantFrom('27 %', '53 %', '100 %')),
    jours: opt(fc.integer({ min: 0, max: 31 })),
    tarifJour: opt(euro(90)),
    congesPayes: opt(euro(9000), 1),
    finContrat: opt(fc.constant(true as const), 1),
  },
  { requiredKeys: [] },
)

/** Any situation that the schema takes, coherent or not. */
const quelconque = fc
  .record(
    {
      statut: fc.constantFrom(...STATUTS),
      versant: opt(fc.constantFrom('FPT', 'FPH')),
      categorie: opt(fc.constantFrom('A', 'B', 'C'), 9),
      employeur,
      entree: opt(jour, 1),
      sortie: opt(jour, 1),
      minutesHebdo: opt(fc.integer({ min: 0, max: 2500 })),
      minutesHebdoAutres: opt(fc.integer({ min: 0, max: 1500 }), 1),
      quotite: opt(fc.constantFrom('50 %', '60 %', '70 %', '80 %', '90 %', '100 %', '85 %', '130 %'), 1),
      brutAutresEmployeurs: opt(euro(5000), 1),
      im: opt(fc.integer({ min: 300, max: 1300 }), 9),
      traitementForfaitaire: opt(euro(9000), 1),
      nbi: opt(fc.integer({ min: 0, max: 50 }), 1),
      cti: opt(fc.boolean(), 1),
      periodes: opt(
        fc.array(
          fc.record(
            {
              depuis: jour,
              im: opt(fc.integer({ min: 366, max: 900 })),
              quotite: opt(fc.constantFrom('50 %', '80 %', '100 %')),
            },
            { requiredKeys: ['depuis'] },
          ),
          { maxLength: 3 },
        ),
        1,
      ),
      recenseurAuForfait: opt(fc.boolean(), 1),
      sapeurPompier: opt(fc.boolean(), 1),
      surcotisation: opt(fc.boolean(), 1),
      imPension: opt(fc.integer({ min: 366, max: 900 }), 1),
      enfants: opt(fc.integer({ min: 0, max: 8 })),
      indemniteCompensatriceCsg: opt(fc.oneof(euro(60), fc.constant(true as const)), 1),
      ancienneteMois: opt(fc.integer({ min: 0, max: 300 })),
      indemniteConges: opt(fc.constant('10 %'), 1),
      primes: opt(fc.array(prime, { maxLength: 4 })),
      heures: opt(fc.array(heures, { maxLength: 4 }), 1),
      vacations: opt(
        fc.array(
          fc.record({
            libelle: fc.constant('Vacation'),
            nombre: fc.integer({ min: 0, max: 9000 }).map((n) => (n / 100).toFixed(2)),
            taux: euro(90),
          }),
          { maxLength: 3 },
        ),
      ),
      absences: opt(fc.array(absence, { maxLength: 4 }), 1),
      retenues: opt(fc.array(retenue, { maxLength: 3 }), 1),
      pas: opt(
        fc.record(
          {
            taux: opt(pourcent(43)),
            grille: opt(fc.constantFrom('metropole', 'guyane_mayotte')),
            contratCourt: opt(fc.boolean(), 1),
          },
          { requiredKeys: [] },
        ),
        1,
      ),
      elu: opt(elu),
      naissance: opt(fc.constantFrom('1980-05-12', '2003-09-01', '2008-02-20'), 9),
      prive: opt(prive, 9),
      accueils: opt(
        fc.array(
          fc.record({
            minutesHebdo: fc.integer({ min: 0, max: 3000 }),
            tauxHoraire: fc.integer({ min: 0, max: 90_000 }).map((n) => (n / 10_000).toFixed(4)),
          }),
          { maxLength: 4 },
        ),
      ),
    },
    { requiredKeys: ['statut', 'employeur'] },
  )
  .map((s) => s as unknown as Situation)

const estPrive = (s: Situation): boolean => ['prive', 'pec', 'apprenti', 'cee'].includes(s.statut)

/** A private-law contract without contradictions, of the random pieces of a situation. */
function contratPrive(s: Situation) {
  const minutesHebdo = s.statut === 'apprenti' ? 2100 : Math.min(2100, s.minutesHebdo || 1050)
  const p = s.prive ?? {}
  const contrat = p.contrat ?? 'cdd'
  return {
    employeur: { ...s.employeur, tauxAt: s.employeur.tauxAt ?? '1.90 %' },
    quotite: undefined,
    indemniteConges: p.congesPayes === undefined ? s.indemniteConges : undefined,
    minutesHebdo,
    heures: (s.heures ?? []).map((h) => ({ ...h, type: minutesHebdo < 2100 ? 'complementaires' : 'supplementaires' })),
    prive: {
      employeur: 'association',
      conclusion: '2024-02-01',
      anneeContrat: 1,
      pourcentageSmic: '53 %',
      jours: 12,
      retraite: 'agircArrco',
      ...(p.tauxHoraire === undefined && { salaireMensuel: '1900.00' }),
      ...p,
      ...(p.tauxHoraire !== undefined && { salaireMensuel: undefined }),
      contrat,
      finContrat: contrat === 'cdd' ? p.finContrat : undefined,
      tarifJour: '70.00',
    },
  }
}

/** Takes away the usual contradictions, so that most of the random situations are computed. */
function reparer(s: Situation): object {
  const { traitementForfaitaire, nbi, entree, sortie, ...reste } = s
  const fonctionnaire = s.statut === 'titulaire' || s.statut === 'stagiaire' || s.statut === 'emploiFonctionnel'
  const croissant = entree !== undefined && sortie !== undefined && entree < sortie
  const primes = new Map((s.primes ?? []).filter((p) => p.code !== 'TIB').map((p) => [p.code, p]))
  return {
    ...reste,
    im: s.im ?? 400,
    categorie: s.categorie ?? 'B',
    minutesHebdo: s.minutesHebdo === 0 ? 1050 : s.minutesHebdo,
    quotite: s.quotite === '130 %' ? '80 %' : s.quotite,
    nbi: fonctionnaire ? nbi : undefined,
    entree: croissant ? entree : undefined,
    sortie: croissant ? sortie : undefined,
    primes: [...primes.values()],
    absences: (s.absences ?? []).filter((a) => a.depuis < a.jusqua),
    ...(estPrive(s) && contratPrive(s)),
    periodes: (s.periodes ?? []).slice(0, s.statut === 'titulaire' || s.statut === 'contractuel' ? 1 : 0),
    elu: s.statut === 'elu' ? { fonction: 'maire', population: 900, ...s.elu, taux: '5 %' } : s.elu,
    accueils:
      s.statut === 'assistantMaternel'
        ? [...(s.accueils ?? []), { minutesHebdo: 1800, tauxHoraire: '3.6' }].map((a) => ({
            ...a,
            tauxHoraire: `${3 + Number(a.tauxHoraire)}`.slice(0, 6),
          }))
        : s.accueils,
  }
}
/** Three times in four without the usual contradictions. */
export const situation: fc.Arbitrary<Situation> = fc
  .tuple(quelconque, fc.integer({ min: 0, max: 3 }))
  .map(([s, n]) => zSituation.parse(JSON.parse(JSON.stringify(n === 0 ? s : reparer(s)))))

/** A coherent public agent, without absences: for the properties of the law. */
export const agent: fc.Arbitrary<Situation> = fc
  .record(
    {
      statut: fc.constantFrom('titulaire', 'contractuel'),
      categorie: fc.constantFrom('A', 'B', 'C'),
      employeur: fc.record({ effectif: fc.integer({ min: 1, max: 300 }), tauxAt: fc.constant('1.72 %') }),
      im: fc.integer({ min: 366, max: 1100 }),
      enfants: fc.integer({ min: 0, max: 5 }),
      primes: fc.tuple(euro(1500)).map(([montant]) => [{ code: 'IFSE', montant }]),
    },
    { requiredKeys: ['statut', 'categorie', 'employeur', 'im'] },
  )
  .map((s) => zSituation.parse(JSON.parse(JSON.stringify(s))))
