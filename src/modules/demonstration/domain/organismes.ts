import { alea, fabriqueIds } from './alea.ts'
import { sirenFictif, siretDuSiege, slug } from './cles.ts'
import type { Organisme, TypeOrganisme } from './types.ts'

type CommuneLue = {
  code: string
  siren: string
  nom: string
  codePostal: string
  municipale: number
  totale: number
  epciSiren: string
}
type EpciLu = { siren: string; nom: string; type: 'cc' | 'ca'; municipale: number; totale: number }
export type DecoupageDepartement = { annee: number; communes: CommuneLue[]; epci: EpciLu[] }

/** Commune where each EPCI sits (general knowledge, to confirm in BANATIC). */
const SIEGES: Record<string, string> = {
  '200030435': "Aire-sur-l'Adour",
  '200035541': 'Roquefort',
  '200069417': 'Peyrehorade',
  '200069631': 'Montfort-en-Chalosse',
  '200069649': 'Saint-Sever',
  '200069656': 'Sabres',
  '244000543': 'Mimizan',
  '244000659': 'Saint-Martin-de-Seignanx',
  '244000675': 'Dax',
  '244000691': 'Morcenx-la-Nouvelle',
  '244000766': 'Tartas',
  '244000774': 'Villeneuve-de-Marsan',
  '244000808': 'Mont-de-Marsan',
  '244000824': "Grenade-sur-l'Adour",
  '244000857': 'Castets',
  '244000865': 'Saint-Vincent-de-Tyrosse',
  '244000873': 'Parentis-en-Born',
  '244000881': 'Amou',
}

/** How many bodies of each kind are added to the real communes and EPCI: 600 bodies with the agency. */
const NOMBRES = { ccas: 144, cias: 16, ehpad: 34, sad: 9, ssiad: 7, syndicat: 44 } as const

const RESIDENCES = [
  'Les Tilleuls',
  'Les Chênes-Lièges',
  'Les Mimosas',
  'L’Airial',
  'Les Arbousiers',
  'Le Hameau des Pins',
  'Les Bruyères',
  'La Palombière',
  'Les Genêts',
  'Les Glycines',
  'Les Albizias',
  'Le Marensin',
  'Les Fougères',
  'L’Orée du bosquet',
  'Les Camélias',
  'Les Platanes',
  'La Source',
]

const typographie = (nom: string): string => nom.replace(/'/g, '’')
/** « de Dax », « d’Amou », « du Frêche », « des Lannes »: the way the name of a place follows « de ». */
function deLieu(nom: string): string {
  const n = typographie(nom)
  if (/^Le /.test(n)) return `du ${n.slice(3)}`
  if (/^Les /.test(n)) return `des ${n.slice(4)}`
  return /^[AEIOUYÉÈÊÂÎÔ]/i.test(n) ? `d’${n}` : `de ${n}`
}
const nomEpci = (nom: string): string =>
  typographie(nom)
    .replace(/^CC /, 'Communauté de communes ')
    .replace(/^CA /, 'Communauté d’agglomération ')
    .replace('Coeur', 'Cœur')
/** The territory inside the name of an EPCI: « du Pays Tarusate », « des Grands Lacs »… */
const territoire = (nom: string): string => {
  const court = typographie(nom)
    .replace(/^C[CA] /, '')
    .replace('Coeur', 'Cœur')
    .replace(' Agglomération', '')
  if (/^(de |du |des |d’)/.test(court)) return court
  if (/^Pays /.test(court)) return `du ${court}`
  return /^(Terres|Coteaux) /.test(court) ? `des ${court}` : deLieu(court)
}

export function buildOrganismes(graine: number, lu: DecoupageDepartement): Organisme[] {
  const newId = fabriqueIds(graine, 'organismes')
  const a = alea(graine, 'organismes')
  const parNom = new Map(lu.communes.map((c) => [c.nom, c]))
  let rangFictif = 0
  let rangTelephone = 0
  // 05 36 49 xx xx is kept by ARCEP for fiction.
  const telephone = () => {
    const n = String(rangTelephone++).padStart(4, '0')
    return `05 36 49 ${n.slice(0, 2)} ${n.slice(2)}`
  }
  const make = (
    type: TypeOrganisme,
    nom: string,
    siege: CommuneLue,
    adresse: string,
    reste: Partial<Organisme> = {},
  ): Organisme => {
    const siren = reste.siren ?? sirenFictif(++rangFictif)
    return {
      id: newId<'Organisme'>(),
      type,
      nom,
      codeInsee: siege.code,
      adresse,
      codePostal: siege.codePostal,
      ville: typographie(siege.nom),
      populations: [],
      epciId: null,
      rattachementId: null,
      membresIds: [],
      estFictif: reste.siren === undefined,
      courriel: `contact@${slug(nom).slice(0, 50).replace(/-$/, '')}.example`,
      telephone: telephone(),
      pex: null,
      ...reste,
      siren,
      siret: siretDuSiege(siren),
    }
  }
  const communeDe = (nom: string): CommuneLue => {
    const c = parNom.get(nom)
    if (!c) throw new Error(`no commune ${nom} in the package`)
    return c
  }
  const siegeDe = (e: EpciLu) => communeDe(SIEGES[e.siren] ?? '')

  const agence = make(
    'agence',
    'Bosquet Landes, agence départementale d’informatique',
    communeDe('Mont-de-Marsan'),
    '175 place de la Démonstration',
  )
  const epci = lu.epci.map((e) =>
    make(e.type, nomEpci(e.nom), siegeDe(e), '1 place de la Communauté', {
      siren: e.siren,
      populations: [{ annee: lu.annee, municipale: e.municipale, totale: e.totale }],
    }),
  )
  const epciParSiren = new Map(epci.map((e) => [e.siren, e]))
  const communes = lu.communes.map((c) =>
    make('commune', `Commune ${deLieu(c.nom)}`, c, '1 place de la Mairie', {
      siren: c.siren,
      populations: [{ annee: lu.annee, municipale: c.municipale, totale: c.totale }],
      epciId: epciParSiren.get(c.epciSiren)?.id ?? null,
    }),
  )
  for (const e of epci) e.membresIds = communes.filter((c) => c.epciId === e.id).map((c) => c.id)
  const communeParCode = new Map(communes.map((c) => [c.codeInsee, c]))

  const parTaille = [...lu.communes].sort((x, y) => y.municipale - x.municipale)
  const ccas = parTaille.slice(0, NOMBRES.ccas).map((c) =>
    make('ccas', `CCAS ${deLieu(c.nom)}`, c, '1 place de la Mairie', {
      rattachementId: communeParCode.get(c.code)?.id ?? null,
    }),
  )
  const cias = lu.epci.slice(0, NOMBRES.cias).map((e) =>
    make('cias', `CIAS ${territoire(e.nom)}`, siegeDe(e), '2 place de la Communauté', {
      rattachementId: epciParSiren.get(e.siren)?.id ?? null,
    }),
  )
  const ehpad = a
    .melange(parTaille.slice(0, 60))
    .slice(0, NOMBRES.ehpad)
    .map((c, i) =>
      make('ehpad', `EHPAD « ${RESIDENCES[i % RESIDENCES.length]} » ${deLieu(c.nom)}`, c, '12 allée des Aînés', {
        rattachementId: a.chance(0.5) ? (ccas.find((x) => x.codeInsee === c.code)?.id ?? null) : null,
      }),
    )
  const services = (type: 'sad' | 'ssiad', nombre: number, titre: string) =>
    a
      .melange(lu.epci)
      .slice(0, nombre)
      .map((e) =>
        make(type, `${titre} ${territoire(e.nom)}`, siegeDe(e), '8 rue du Maintien-à-Domicile', {
          rattachementId: epciParSiren.get(e.siren)?.id ?? null,
        }),
      )
  const sad = services('sad', NOMBRES.sad, 'Service autonomie à domicile')
  const ssiad = services('ssiad', NOMBRES.ssiad, 'SSIAD')

  const voisines = (nombre: number, populationMax: number): CommuneLue[] => {
    const groupe = a.choix(lu.epci)
    const petites = lu.communes.filter((c) => c.epciSiren === groupe.siren && c.municipale <= populationMax)
    return petites.length < nombre ? voisines(nombre, populationMax + 500) : a.melange(petites).slice(0, nombre)
  }
  const ids = (liste: CommuneLue[]) => liste.flatMap((c) => communeParCode.get(c.code)?.id ?? [])
  const noms = new Set<string>()
  const syndicats: Organisme[] = []
  const addSyndicat = (nom: string, membres: CommuneLue[], adresse: string) => {
    if (noms.has(nom)) return
    noms.add(nom)
    syndicats.push(make('syndicat', nom, membres[0]!, adresse, { membresIds: ids(membres) }))
  }
  const dePays = (c: CommuneLue) => deLieu(c.nom)
  addSyndicat(
    'Syndicat mixte de collecte et de traitement des déchets de l’Airial',
    parTaille.slice(20, 60),
    '1 route de la Déchèterie',
  )
  addSyndicat('Syndicat mixte des rivières du Bas-Armagnac landais', parTaille.slice(60, 90), '3 quai de la Rivière')
  while (syndicats.length < 12) {
    const membres = voisines(6, 1500)
    addSyndicat(`SIAEP des sources ${dePays(membres[0]!)}`, membres, '4 chemin du Château-d’Eau')
  }
  while (syndicats.length < 20) {
    const membres = voisines(5, 1500)
    addSyndicat(`SIVOM du pays ${dePays(membres[0]!)}`, membres, '1 place de la Mairie')
  }
  while (syndicats.length < NOMBRES.syndicat) {
    const membres = voisines(3, 700)
    const nom = `SIVU scolaire ${membres.map((c) => typographie(c.nom)).join(' – ')}`
    addSyndicat(nom, membres, '1 place de l’École')
  }
  return [agence, ...epci, ...communes, ...ccas, ...cias, ...ehpad, ...sad, ...ssiad, ...syndicats]
}
