/** A line of a made-up budget, in whole euros of 2025. */
export type LigneModele = {
  nature: string
  sens: 'D' | 'R'
  montant: number
  mouvement?: 'reel' | 'entreSections'
  fonction?: string
  service?: string
  operation?: string
}

/** What the budget is made for: its people give its size. */
export type Taille = { habitants: number; agents: number; elus: number }

/** Amounts of a budget are rounded to the hundred, as they are voted. */
const cent = (n: number) => Math.round(n / 100) * 100

const d = (nature: string, montant: number, plus: Partial<LigneModele> = {}): LigneModele => ({
  nature,
  sens: 'D',
  montant: cent(montant),
  ...plus,
})
const r = (nature: string, montant: number, plus: Partial<LigneModele> = {}): LigneModele => ({
  ...d(nature, montant, plus),
  sens: 'R',
})
const total = (lignes: readonly LigneModele[], sens: 'D' | 'R', debut: RegExp) =>
  lignes.filter((l) => l.sens === sens && debut.test(l.nature)).reduce((s, l) => s + l.montant, 0)

/**
 * Closes a budget: the savings of fonctionnement go to the investissement, which is completed by a loan, or by works
 * when it has more than it needs.
 */
function fermer(lignes: LigneModele[], comptes: { emprunt: string; travaux: string }): LigneModele[] {
  const virement = total(lignes, 'R', /^[67]/) - total(lignes, 'D', /^[67]/)
  const plein = [...lignes, d('023', virement), r('021', virement)]
  const manque = total(plein, 'D', /^[12]/) - total(plein, 'R', /^([12]|021)/)
  if (manque >= 0) return manque === 0 ? plein : [...plein, r(comptes.emprunt, manque)]
  const travaux = plein.find((l) => l.nature === comptes.travaux && l.sens === 'D')!
  return plein.map((l) => (l === travaux ? { ...l, montant: l.montant - manque } : l))
}

/** A small commune, M57 abrégée: what its secretary opens in the morning. */
export function budgetCommune({ habitants: h, agents, elus }: Taille): LigneModele[] {
  const personnel = agents * 33_500
  const depenses: LigneModele[] = [
    d('60611', h * 3.2),
    d('60612', h * 34),
    d('60621', h * 4.5),
    d('60622', h * 5.1),
    d('60623', h * 14),
    d('60631', h * 3.1),
    d('60632', h * 7.4),
    d('60633', h * 6.2),
    d('6064', h * 2.1),
    d('6067', h * 3.3),
    d('611', h * 9.5),
    d('613', h * 3.8),
    d('615221', h * 12),
    d('615231', h * 16),
    d('61551', h * 4.9),
    d('6156', h * 8.2),
    d('6161', h * 6.6),
    d('622', h * 3.7),
    d('623', h * 7.9),
    d('626', h * 4.4),
    d('6281', h * 2.3),
    d('62876', h * 5),
    d('633', personnel * 0.012),
    d('6411', personnel * 0.52),
    d('6413', personnel * 0.16),
    d('6450', personnel * 0.288),
    d('6470', personnel * 0.02),
    d('65311', elus * 9_600),
    d('65313', elus * 700),
    d('65314', elus * 1_300),
    d('6541', h * 0.5),
    d('6553', h * 19),
    d('65568', h * 11),
    d('65748', h * 8.7),
    d('65888', h * 0.4),
    d('66111', h * 7.5),
    d('673', h * 0.8),
    d('681', h * 9, { mouvement: 'entreSections' }),
  ]
  const charges = total(depenses, 'D', /^6/)
  const recettes: LigneModele[] = [
    r('6419', personnel * 0.018),
    r('70311', h * 1.1),
    r('7067', h * 17),
    r('73211', h * 62),
    r('732221', h * 9.4),
    r('73223', h * 24),
    r('74111', h * 83),
    r('741121', h * 37),
    r('744', h * 2.2),
    r('74718', h * 3.9),
    r('7488', h * 1.4),
    r('752', h * 13),
    r('75888', h * 1.2),
    r('777', h * 1.8, { mouvement: 'entreSections' }),
  ]
  const autres = total(recettes, 'R', /^[67]/)
  const investissement: LigneModele[] = [
    d('1641', h * 38),
    d('2051', h * 1.9),
    d('2111', h * 3),
    d('2131', h * 96),
    d('2151', h * 74),
    d('2152', h * 9),
    d('2157', h * 11),
    d('2182', h * 14),
    d('2183', h * 5.2),
    d('2184', h * 3.4),
    d('2188', h * 6.3),
    d('1391', h * 1.8, { mouvement: 'entreSections', nature: '13918' }),
    r('10222', h * 21),
    r('10226', h * 6.5),
    r('1323', h * 12),
    r('13461', h * 33),
    r('28131', h * 9, { mouvement: 'entreSections' }),
  ]
  const lignes = [...depenses, ...recettes, r('73111', charges * 1.17 - autres), ...investissement]
  return fermer(lignes, { emprunt: '1641', travaux: '2151' })
}

/** Water and sewers of a small commune, M49 abrégée, kept without taxes. */
export function budgetAssainissement({ habitants: h }: Taille): LigneModele[] {
  const depenses: LigneModele[] = [
    d('6063', h * 3),
    d('611', h * 21),
    d('61523', h * 9),
    d('6378', h * 1.2),
    d('6541', h * 0.6),
    d('66111', h * 4.1),
    d('6811', h * 27, { mouvement: 'entreSections' }),
  ]
  const lignes: LigneModele[] = [
    ...depenses,
    r('70611', total(depenses, 'D', /^6/) * 1.08),
    r('70613', h * 2.4),
    r('777', h * 3.2, { mouvement: 'entreSections' }),
    d('1641', h * 13),
    d('2156', h * 16),
    d('2158', h * 8),
    d('1391', h * 3.2, { mouvement: 'entreSections' }),
    r('131', h * 5),
    r('28156', h * 27, { mouvement: 'entreSections' }),
  ]
  return fermer(lignes, { emprunt: '1641', travaux: '2156' })
}

/** A communauté, M57 développée, with its functions and its services. */
export function budgetCommunaute({ habitants: h, agents, elus }: Taille): LigneModele[] {
  const personnel = agents * 36_800
  const services = [
    { service: 'DG', fonction: '020', part: 0.34 },
    { service: 'TECH', fonction: '845', part: 0.28 },
    { service: 'ENF', fonction: '4221', part: 0.24 },
    { service: 'CULT', fonction: '313', part: 0.14 },
  ] as const
  const partout = (nature: string, montant: number) =>
    services.map(({ service, fonction, part }) => d(nature, montant * part, { service, fonction }))
  const seul = (i: number) => ({ service: services[i]!.service, fonction: services[i]!.fonction })
  const neutre = { fonction: '01' }
  const depenses: LigneModele[] = [
    ...partout('60612', h * 9.8),
    ...partout('60622', h * 3.1),
    d('60623', h * 4.4, seul(2)),
    ...partout('60632', h * 2.9),
    ...partout('6064', h * 1.2),
    d('6065', h * 1.6, seul(3)),
    d('611', h * 41, seul(1)),
    d('6132', h * 1.7, seul(0)),
    ...partout('615221', h * 6.4),
    d('615231', h * 11, seul(1)),
    ...partout('6156', h * 5.3),
    d('6161', h * 2.6, seul(0)),
    d('617', h * 3.8, seul(0)),
    d('62268', h * 2.4, seul(0)),
    d('6236', h * 0.9, seul(0)),
    d('6262', h * 1.8, seul(0)),
    ...partout('64111', personnel * 0.39),
    ...partout('64118', personnel * 0.1),
    ...partout('64131', personnel * 0.17),
    ...partout('6336', personnel * 0.012),
    ...partout('6451', personnel * 0.13),
    ...partout('6453', personnel * 0.16),
    d('6475', personnel * 0.006, seul(0)),
    d('739211', h * 88, neutre),
    d('65311', elus * 14_000, { fonction: '031' }),
    d('65568', h * 23, seul(1)),
    d('65748', h * 6.1, seul(3)),
    d('66111', h * 6.8, neutre),
    d('673', h * 0.7, neutre),
    d('6811', h * 19, { mouvement: 'entreSections', fonction: '01' }),
  ]
  const charges = total(depenses, 'D', /^[67]/)
  const recettes: LigneModele[] = [
    r('6419', personnel * 0.02, seul(0)),
    r('7066', h * 8.6, seul(2)),
    r('7062', h * 1.9, seul(3)),
    r('73211', h * 7, neutre),
    r('7351', h * 62, neutre),
    r('74718', h * 5.5, seul(0)),
    r('7478222', h * 21, seul(2)),
    r('752', h * 3.3, seul(0)),
    r('777', h * 2.8, { mouvement: 'entreSections', fonction: '01' }),
  ]
  const autres = total(recettes, 'R', /^[67]/)
  const investissement: LigneModele[] = [
    d('1641', h * 17, neutre),
    d('2031', h * 5.5, seul(0)),
    d('2051', h * 2.1, seul(0)),
    d('2041412', h * 9, seul(1)),
    d('21318', h * 24, seul(2)),
    d('2151', h * 31, seul(1)),
    d('21828', h * 6.7, seul(1)),
    d('21838', h * 3.4, seul(0)),
    d('2313', h * 58, { ...seul(2), operation: '12' }),
    d('2315', h * 37, { ...seul(1), operation: '15' }),
    d('13918', h * 2.8, { mouvement: 'entreSections', fonction: '01' }),
    r('10222', h * 18, neutre),
    r('1321', h * 22, { ...seul(2), operation: '12' }),
    r('1323', h * 11, { ...seul(1), operation: '15' }),
    r('28188', h * 19, { mouvement: 'entreSections', fonction: '01' }),
  ]
  const lignes = [...depenses, ...recettes, r('73111', charges * 1.14 - autres, neutre), ...investissement]
  return fermer(lignes, { emprunt: '1641', travaux: '2151' })
}

/** Household waste, M4, subject to VAT. */
export function budgetDechets({ habitants: h }: Taille): LigneModele[] {
  const depenses: LigneModele[] = [
    d('6061', h * 2.2),
    d('6066', h * 6.4),
    d('611', h * 58),
    d('61551', h * 4.8),
    d('6541', h * 0.9),
    d('66111', h * 1.3),
    d('6811', h * 9.5, { mouvement: 'entreSections' }),
  ]
  const lignes: LigneModele[] = [
    ...depenses,
    r('706', total(depenses, 'D', /^6/) * 0.86),
    r('74', h * 8.1),
    r('707', h * 13),
    d('1641', h * 4.2),
    d('2154', h * 12),
    d('2182', h * 7.5),
    r('10222', h * 2.8),
    r('28154', h * 9.5, { mouvement: 'entreSections' }),
  ]
  return fermer(lignes, { emprunt: '1641', travaux: '2154' })
}
