import { jour } from '#socle/dates.ts'
import { type Alea, alea, fabriqueIds } from './alea.ts'
import { slug } from './cles.ts'
import type { Client } from './clients.ts'
import { NOMS_COURANTS, NOMS_GASCONS, PRENOMS } from './noms.ts'
import type { Carriere, Compte, Organisme, Personne, Portefeuille, Remplacement, Role } from './types.ts'

export type Acces = { comptes: Compte[]; portefeuilles: Portefeuille[]; remplacements: Remplacement[] }

const DOMAINE = 'bosquet.example'
const PORTEFEUILLES = [
  'Chêne-liège',
  'Pin maritime',
  'Arbousier',
  'Aulne',
  'Bouleau',
  'Charme',
  'Érable',
  'Frêne',
  'Houx',
  'Saule',
  'Tilleul',
  'Platane',
] as const
/** A body costs its officer about as much as this number of payslips, whatever its size. */
const POIDS_ORGANISME = 25

type Ingredients = {
  graine: number
  agence: Organisme
  clients: Client[]
  personnes: ReadonlyMap<string, Personne>
  carrieres: Carriere[]
}

export function buildComptes(i: Ingredients): Acces {
  const newId = fabriqueIds(i.graine, 'comptes')
  const a = alea(i.graine, 'comptes')
  const comptes: Compte[] = []
  const parPersonne = new Map<string, Compte>()
  const identifiants = new Set<string>()

  const identify = (voulu: string): string => {
    let courriel = voulu
    for (let n = 2; identifiants.has(courriel); n++) courriel = voulu.replace('@', `${n}@`)
    identifiants.add(courriel)
    return courriel
  }
  const open = (qui: Pick<Compte, 'personneId' | 'nom' | 'prenom'>, domaine: string): Compte => {
    const deja = parPersonne.get(qui.personneId)
    if (deja) return deja
    const compte: Compte = {
      id: newId<'Compte'>(),
      courriel: identify(`${slug(qui.prenom)}.${slug(qui.nom)}@${domaine}`),
      ...qui,
      habilitations: [],
      vitrine: null,
    }
    comptes.push(compte)
    parPersonne.set(compte.personneId, compte)
    return compte
  }
  const grant = (compte: Compte, organisme: Organisme, role: Role) => {
    if (!compte.habilitations.some((h) => h.organismeId === organisme.id && h.role === role))
      compte.habilitations.push({ organismeId: organisme.id, role })
  }
  const show = (compte: Compte, nom: string, texte: string) => {
    identifiants.delete(compte.courriel)
    compte.courriel = identify(`${nom}@${DOMAINE}`)
    compte.vitrine = texte
  }
  /** Someone who works for a body without being paid through Bosquet. */
  const invent = () => {
    const sexe = a.chance(0.65) ? ('F' as const) : ('M' as const)
    const nom = a.choix(a.chance(0.6) ? NOMS_GASCONS : NOMS_COURANTS)
    return { personneId: newId<'Personne'>(), nom, prenom: a.choix(PRENOMS[sexe][a.entier(1, 2)]!.noms) }
  }
  const identityOf = (p: Personne) => ({ personneId: p.id, nom: p.nomUsage ?? p.nomNaissance, prenom: p.prenoms[0]! })
  const personneOf = (c: Carriere) => i.personnes.get(c.personneId)!

  const carrieresPar = Map.groupBy(i.carrieres, (c) => c.organismeId)
  const deposants = new Map<string, Compte>()
  const ordonnateurs = new Map<string, Compte>()
  for (const { organisme } of i.clients) {
    const siennes = carrieresPar.get(organisme.id) ?? []
    const domaine = organisme.courriel.split('@')[1]!
    const deposant = open(identityOf(personneOf(chooseDeposant(siennes))), domaine)
    grant(deposant, organisme, 'deposant')
    deposants.set(organisme.id, deposant)
    const maire = siennes.find((c) => c.emploi === 'Maire')
    const ordonnateur = open(maire ? identityOf(personneOf(maire)) : invent(), domaine)
    grant(ordonnateur, organisme, 'ordonnateur')
    ordonnateurs.set(organisme.id, ordonnateur)
  }

  const { agents, vitrineCommune } = openVitrine(a, i, carrieresPar, deposants, ordonnateurs, {
    open,
    grant,
    show,
    personneOf,
    identityOf,
  })
  for (const [compte, organisme] of agents) grant(compte, organisme, 'agentPaye')
  // Whoever has an account and is paid opens his own payslips.
  for (const c of i.carrieres) {
    const compte = parPersonne.get(c.personneId)
    const client = i.clients.find((x) => x.organisme.id === c.organismeId)
    if (compte && client) grant(compte, client.organisme, 'agentPaye')
  }

  const gestionnaires = PORTEFEUILLES.map(() => open(invent(), DOMAINE))
  for (const g of gestionnaires) grant(g, i.agence, 'gestionnaire')
  const portefeuilles = shareClients(i.clients).map(
    (clients, n): Portefeuille => ({
      id: newId<'Portefeuille'>(),
      nom: PORTEFEUILLES[n]!,
      gestionnaireId: gestionnaires[n]!.id,
      organismesIds: clients.map((c) => c.organisme.id),
    }),
  )
  const sien = portefeuilles.findIndex((p) => p.organismesIds.includes(vitrineCommune.id))
  show(gestionnaires[sien]!, 'gestionnaire', `Gestionnaire de paie, portefeuille « ${PORTEFEUILLES[sien]} »`)
  const absent = (sien + 4) % portefeuilles.length
  const binome = (sien + 5) % portefeuilles.length
  show(
    gestionnaires[binome]!,
    'binome',
    `Gestionnaire de paie qui tient deux portefeuilles : le sien, « ${PORTEFEUILLES[binome]} », et « ${PORTEFEUILLES[absent]} » en remplacement`,
  )
  const metiers: [Role, string, string][] = [
    ['superviseur', 'superviseur', 'Superviseur de l’agence : lance et suit la paie des 109 organismes'],
    ['referentReglementaire', 'referent', 'Référent réglementaire : les paramètres légaux de la paie'],
    ['administrateurTechnique', 'technique', 'Administrateur technique : la plateforme, sans les données de paie'],
    // a legal value is proposed by one and released by another
    ['referentReglementaire', 'referent2', 'Second référent réglementaire : publie ce que le premier propose'],
  ]
  for (const [role, nom, texte] of metiers) {
    const compte = open(invent(), DOMAINE)
    grant(compte, i.agence, role)
    show(compte, nom, texte)
  }
  const administratrice = open(invent(), DOMAINE)
  grant(administratrice, vitrineCommune, 'administrateur')
  show(administratrice, 'administratrice', `Administratrice des accès et du journal, ${vitrineCommune.nom}`)
  const grande = i.clients.find((c) => c.profil === 'epci')!.organisme
  const finances = open(invent(), grande.courriel.split('@')[1]!)
  grant(finances, grande, 'responsableFinances')
  show(finances, 'finances', `Responsable des finances, ${grande.nom}`)
  return {
    comptes,
    portefeuilles,
    remplacements: [
      {
        portefeuilleId: portefeuilles[absent]!.id,
        remplacantId: gestionnaires[binome]!.id,
        // A long leave, so that the replacement is in force whenever the visit takes place.
        depuis: jour('2025-10-01'),
        jusqua: jour('2028-10-01'),
        motif: 'Congé parental',
      },
      {
        portefeuilleId: portefeuilles[sien]!.id,
        remplacantId: gestionnaires[absent]!.id,
        depuis: jour('2025-08-04'),
        jusqua: jour('2025-08-23'),
        motif: 'Congés annuels',
      },
    ],
  }
}

/** The secretary, or else the first administrative agent, or else the first agent. */
function chooseDeposant(carrieres: Carriere[]): Carriere {
  const restants = carrieres.filter((c) => c.sortie === null)
  const parEmploi = (debut: string) => restants.find((c) => c.emploi.startsWith(debut))
  const filiere = restants.find((c) => c.situations[0]?.statut !== 'elu' && isAdministratif(c))
  const choisie = parEmploi('Secrétaire') ?? parEmploi('Gestionnaire') ?? filiere ?? restants[0]
  if (!choisie) throw new Error('a body without anybody')
  return choisie
}
const isAdministratif = (c: Carriere) => {
  const s = c.situations[0]
  return s !== undefined && s.statut !== 'elu' && s.filiere === 'Administrative'
}

type Gestes = {
  grant: (compte: Compte, organisme: Organisme, role: Role) => void
  open: (qui: Pick<Compte, 'personneId' | 'nom' | 'prenom'>, domaine: string) => Compte
  show: (compte: Compte, nom: string, texte: string) => void
  personneOf: (c: Carriere) => Personne
  identityOf: (p: Personne) => Pick<Compte, 'personneId' | 'nom' | 'prenom'>
}

/** The accounts of the visit: a commune of about fifteen payslips, its people, and those who serve several bodies. */
function openVitrine(
  a: Alea,
  i: Ingredients,
  carrieresPar: ReadonlyMap<string, Carriere[]>,
  deposants: ReadonlyMap<string, Compte>,
  ordonnateurs: ReadonlyMap<string, Compte>,
  { open, grant, show, personneOf, identityOf }: Gestes,
) {
  const nombreDe = (c: Compte) => c.habilitations.filter((h) => h.role === 'deposant').length
  const vitrine = i.clients.find(
    (c) => c.profil === 'petiteCommune' && c.aPayer >= 15 && nombreDe(deposants.get(c.organisme.id)!) === 1,
  )
  if (!vitrine) throw new Error('no commune to show')
  const { organisme } = vitrine
  show(deposants.get(organisme.id)!, 'secretaire', `Secrétaire de mairie, ${organisme.nom}`)
  show(ordonnateurs.get(organisme.id)!, 'maire', `Maire, ordonnateur, ${organisme.nom}`)
  const partagee = [...deposants.values()].find((c) => nombreDe(c) === 3)
  if (!partagee) throw new Error('no secretary of three communes')
  show(partagee, 'secretaire3', 'Secrétaire de mairie de trois communes')

  const grande = i.clients.find((c) => c.profil === 'epci')
  const directrice = grande && carrieresPar.get(grande.organisme.id)?.find((c) => c.emploi.startsWith('Direct'))
  if (!grande || !directrice) throw new Error('no director to show')
  const lecteur = open(identityOf(personneOf(directrice)), grande.organisme.courriel.split('@')[1]!)
  grant(lecteur, grande.organisme, 'lecteur')
  show(lecteur, 'direction', `${directrice.emploi}, lecture seule, ${grande.organisme.nom}`)

  const agents: [Compte, Organisme][] = []
  const nouveau = (c: Carriere, chez: Organisme, nom: string, texte: string) => {
    const compte = open(identityOf(personneOf(c)), DOMAINE)
    show(compte, nom, texte)
    agents.push([compte, chez])
  }
  const siens = carrieresPar.get(organisme.id) ?? []
  const agent = siens.find((c) => c.emploi.startsWith('Agent technique') && c.situations.length > 1) ?? siens[1]!
  nouveau(agent, organisme, 'agent', `${agent.emploi}, ${organisme.nom}`)
  const parPersonne = Map.groupBy(i.carrieres, (c) => c.personneId)
  const double = i.carrieres.find(
    (c) =>
      c.situations[0]?.statut === 'elu' &&
      (parPersonne.get(c.personneId)?.length ?? 0) > 1 &&
      !i.clients.some((x) => deposants.get(x.organisme.id)?.personneId === c.personneId),
  )
  const chez = i.clients.find((x) => x.organisme.id === double?.organismeId)
  if (double && chez)
    nouveau(double, chez.organisme, 'agent2', 'Agent d’un organisme et adjoint au maire dans un autre')
  // Some more agents have an account, as on a real platform.
  for (const client of a.melange(i.clients).slice(0, 10)) {
    const c = carrieresPar.get(client.organisme.id)?.at(-1)
    if (c) agents.push([open(identityOf(personneOf(c)), client.organisme.courriel.split('@')[1]!), client.organisme])
  }
  return { agents, vitrineCommune: organisme }
}

/** Twelve shares of about the same work: the largest bodies first, each to the least loaded officer. */
function shareClients(clients: Client[]): Client[][] {
  const parts = PORTEFEUILLES.map(() => ({ charge: 0, clients: [] as Client[] }))
  for (const client of [...clients].sort((x, y) => y.aPayer - x.aPayer)) {
    const part = parts.reduce((moins, p) => (p.charge < moins.charge ? p : moins))
    part.clients.push(client)
    part.charge += client.aPayer + POIDS_ORGANISME
  }
  return parts.map((p) => p.clients)
}
