/** Suppliers, bodies and people of the demonstration; names made up, identifiers of the fictitious ranges. */
export type TiersDemo = {
  cle: string
  nom: string
  prenom?: string
  civilite?: string
  categorie: string
  natureJuridique: string
  ville: string
  codePostal: string
  /** Beginnings of the articles that it is paid on, the longest first. */
  depenses?: readonly string[]
  recettes?: readonly string[]
  objet: string
}

const societe = (
  cle: string,
  nom: string,
  depenses: readonly string[],
  objet: string,
  ville = 'Mont-de-Marsan',
  codePostal = '40000',
): TiersDemo => ({
  cle,
  nom,
  categorie: '60',
  natureJuridique: '03',
  ville,
  codePostal,
  depenses,
  objet,
})
const personne = (
  cle: string,
  civilite: string,
  prenom: string,
  nom: string,
  objet: string,
  recettes: readonly string[],
): TiersDemo => ({
  cle,
  nom,
  prenom,
  civilite,
  categorie: '01',
  natureJuridique: '01',
  ville: 'Sabres',
  codePostal: '40630',
  recettes,
  objet,
})

export const TIERS: readonly TiersDemo[] = [
  societe('energie', 'Électricité des Pins', ['60612'], 'Électricité des bâtiments'),
  societe('eau', 'Eaux du Marsan', ['60611'], 'Eau des bâtiments communaux'),
  societe('fioul', 'Combustibles de Haute Lande', ['60621', '60622'], 'Carburant et chauffage', 'Labouheyre', '40210'),
  societe('alimentation', 'Primeurs de l’Adour', ['60623', '6042'], 'Denrées de la cantine', 'Dax', '40100'),
  societe('quincaillerie', 'Quincaillerie Landaise', ['6063', '6068'], 'Petit équipement et entretien'),
  societe(
    'papeterie',
    'Papeterie du Bourg',
    ['6064', '6065', '6067'],
    'Fournitures de bureau et d’école',
    'Dax',
    '40100',
  ),
  societe(
    'btp',
    'Travaux Publics de Born',
    ['61522', '61523', '2151', '2152', '2315', '2312', '2128', '2138'],
    'Voirie et réseaux',
    'Mimizan',
    '40200',
  ),
  societe(
    'batiment',
    'Charpentes de Gascogne',
    ['61521', '2131', '2132', '2135', '2313', '213', '231'],
    'Travaux de bâtiment',
    'Tartas',
    '40400',
  ),
  societe('maintenance', 'Maintenance Quarante', ['6156', '6155', '611', '615'], 'Contrat d’entretien'),
  societe('assurance', 'Assurances de l’Océan', ['616', '6455'], 'Assurance de la collectivité', 'Bayonne', '64100'),
  societe('etudes', 'Bureau d’études Lagune', ['2031', '617', '622', '623'], 'Études et honoraires', 'Dax', '40100'),
  societe(
    'materiel',
    'Matériels de Chalosse',
    ['215', '218', '2188', '2183', '2184'],
    'Matériel',
    'Saint-Sever',
    '40500',
  ),
  societe('telecom', 'Télécoms de l’Ouest', ['626', '6281', '6184'], 'Téléphone et internet', 'Bordeaux', '33000'),
  societe('location', 'Locations du Midi', ['613', '614', '6135'], 'Location de matériel', 'Pau', '64000'),
  societe(
    'dechets',
    'Collecte des Landes',
    ['6228', '6288', '62'],
    'Prestation de service',
    'Saint-Paul-lès-Dax',
    '40990',
  ),
  {
    cle: 'banque',
    nom: 'Crédit des Territoires',
    categorie: '60',
    natureJuridique: '03',
    ville: 'Paris',
    codePostal: '75013',
    depenses: ['1641', '661', '66', '16'],
    recettes: ['16'],
    objet: 'Échéance d’emprunt',
  },
  {
    cle: 'sdis',
    nom: 'Service départemental d’incendie',
    categorie: '29',
    natureJuridique: '09',
    ville: 'Mont-de-Marsan',
    codePostal: '40000',
    depenses: ['655', '6558', '65'],
    objet: 'Contribution obligatoire',
  },
  {
    cle: 'association',
    nom: 'Association sportive des Pins',
    categorie: '60',
    natureJuridique: '06',
    ville: 'Sabres',
    codePostal: '40630',
    depenses: ['6574', '657'],
    objet: 'Subvention annuelle',
  },
  {
    cle: 'impots',
    nom: 'Direction des finances publiques',
    categorie: '20',
    natureJuridique: '07',
    ville: 'Mont-de-Marsan',
    codePostal: '40000',
    depenses: ['635', '637', '739', '63'],
    recettes: ['73', '74', '10', '744'],
    objet: 'Fiscalité et dotations',
  },
  {
    cle: 'departement',
    nom: 'Département des Landes',
    categorie: '22',
    natureJuridique: '09',
    ville: 'Mont-de-Marsan',
    codePostal: '40000',
    recettes: ['13', '747'],
    objet: 'Subvention',
  },
  personne('famille1', 'Mme', 'Camille', 'Darrigade', 'Cantine et garderie', ['706', '7067', '70']),
  personne('famille2', 'M.', 'Julien', 'Labeyrie', 'Cantine et garderie', ['706', '7067', '70']),
  personne('famille3', 'Mme', 'Élise', 'Ducasse', 'Cantine et garderie', ['706', '7067', '70']),
  personne('locataire', 'M.', 'Henri', 'Castaing', 'Loyer du logement communal', ['752', '75']),
  societe('divers', 'Comptoir général', ['6', '2'], 'Fourniture courante'),
  societe('redevables', 'Société d’affermage', [], 'Redevance', 'Mont-de-Marsan', '40000'),
]

const longest = (list: readonly string[] | undefined, nature: string) =>
  Math.max(-1, ...(list ?? []).filter((p) => nature.startsWith(p)).map((p) => p.length))

/** Who is paid, or owes, on an article: the closest ones. */
export function tiersOf(nature: string, sens: 'D' | 'R'): TiersDemo[] {
  const of = (t: TiersDemo) => longest(sens === 'D' ? t.depenses : t.recettes, nature)
  const best = Math.max(...TIERS.map(of))
  return best < 0 ? [TIERS.find((t) => t.cle === 'redevables')!] : TIERS.filter((t) => of(t) === best)
}
