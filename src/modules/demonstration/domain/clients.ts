import { alea } from './alea.ts'
import type { Profil } from './postes.ts'
import type { Organisme } from './types.ts'

const NOMBRE_CLIENTS = 109
const NOMBRE_A_PAYER = 5500

/** A client body and how many people it pays. */
export type Client = { organisme: Organisme; profil: Profil; aPayer: number }

/** Clients that are not communes: kind, part of the name, people to pay. */
const GROUPEMENTS: readonly (readonly [Profil, string, number])[] = [
  ['epci', 'Communauté d’agglomération Mont de Marsan Agglomération', 604],
  ['epci', 'Communauté de communes Maremne Adour Côte Sud', 262],
  ['epci', 'Communauté de communes des Grands Lacs', 121],
  ['epci', 'Communauté de communes du Pays Tarusate', 88],
  ['epci', 'Communauté de communes Cœur Haute Lande', 94],
  ['epci', 'Communauté de communes du Pays Morcenais', 61],
  ['cias', 'CIAS du Grand Dax', 288],
  ['cias', 'CIAS du Pays Tarusate', 176],
  ['cias', 'CIAS du Seignanx', 118],
  ['cias', 'CIAS d’Aire-sur-l’Adour', 97],
  ['sad', 'Service autonomie à domicile du Pays Grenadois', 58],
  ['sad', 'Service autonomie à domicile de Côte Landes Nature', 47],
  ['sad', 'Service autonomie à domicile de Mimizan', 33],
  ['ssiad', 'SSIAD des Grands Lacs', 23],
  ['ssiad', 'SSIAD du Pays Grenadois', 17],
  ['dechets', 'Syndicat mixte de collecte et de traitement des déchets', 231],
  ['eaux', 'SIAEP des sources', 56],
  ['eaux', 'Syndicat mixte des rivières', 12],
  ['sivom', 'SIVOM du pays', 14],
  ['sivom', 'SIVOM du pays', 6],
  ['scolaire', 'SIVU scolaire', 2],
  ['scolaire', 'SIVU scolaire', 3],
  ['scolaire', 'SIVU scolaire', 9],
]
const CCAS = [39, 24, 12, 6, 3]
const EHPAD = [94, 88, 81, 74, 69, 63, 58, 52, 46]

/** Communes clients by size: how many of each stratum. */
const STRATES: readonly (readonly [min: number, max: number, nombre: number])[] = [
  [10000, 20000, 2],
  [5000, 9999, 4],
  [2000, 4999, 7],
  [1000, 1999, 16],
  [500, 999, 19],
  [200, 499, 18],
  [0, 199, 6],
]

const populationOf = (o: Organisme): number => o.populations.at(-1)?.municipale ?? 0

/** Agents of a commune, before the totals are adjusted. */
function agentsExpected(population: number, hasard: number): number {
  if (population < 200) return 2
  if (population < 500) return 2 + Math.round(hasard * 2)
  if (population < 1000) return 4 + Math.round((population - 500) / 120 + hasard * 2)
  if (population < 2000) return 9 + Math.round((population - 1000) / 90 + hasard * 4)
  if (population < 5000) return Math.round(population * (0.0125 + hasard * 0.003))
  return Math.round(population * (0.0165 + hasard * 0.003))
}

/**
 * The 109 clients. `adjointsOf` says how many officials a commune pays; the difference with 5,500 is spread over the
 * communes of 2,000 inhabitants and more.
 */
export function chooseClients(graine: number, organismes: Organisme[], elusOf: (o: Organisme) => number): Client[] {
  const a = alea(graine, 'clients')
  const pris = new Set<string>()
  const take = (profil: Profil, candidats: Organisme[], aPayer: number): Client => {
    const organisme = candidats.find((o) => !pris.has(o.id))
    if (!organisme) throw new Error(`no body left for ${profil}`)
    pris.add(organisme.id)
    return { organisme, profil, aPayer }
  }
  const clients = GROUPEMENTS.map(([profil, nom, aPayer]) =>
    take(
      profil,
      organismes.filter((o) => o.nom.startsWith(nom)),
      aPayer,
    ),
  )
  const grands = (type: Organisme['type']) => organismes.filter((o) => o.type === type)
  for (const [i, aPayer] of CCAS.entries()) clients.push(take('ccas', grands('ccas').slice(6 + 20 * i), aPayer))
  for (const aPayer of EHPAD) clients.push(take('ehpad', a.melange(grands('ehpad')), aPayer))
  for (const [min, max, nombre] of STRATES) {
    const strate = a.melange(
      organismes.filter((o) => o.type === 'commune' && populationOf(o) >= min && populationOf(o) <= max),
    )
    for (let i = 0; i < nombre; i++) {
      const client = take(min >= 2000 ? 'commune' : 'petiteCommune', strate, 0)
      client.aPayer = agentsExpected(populationOf(client.organisme), a.reel()) + elusOf(client.organisme)
      clients.push(client)
    }
  }
  if (clients.length !== NOMBRE_CLIENTS) throw new Error(`${clients.length} clients`)
  spread(clients)
  return clients
}

/** Brings the total to 5,500, each larger commune taking its share of the difference. */
function spread(clients: Client[]) {
  const souples = clients.filter((c) => c.profil === 'commune')
  const ecart = NOMBRE_A_PAYER - clients.reduce((total, c) => total + c.aPayer, 0)
  const poids = souples.reduce((total, c) => total + c.aPayer, 0)
  let reste = ecart
  for (const c of souples) {
    const part = Math.trunc((ecart * c.aPayer) / poids)
    c.aPayer += part
    reste -= part
  }
  souples[0]!.aPayer += reste
}
