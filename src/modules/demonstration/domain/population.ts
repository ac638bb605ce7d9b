import { type Alea, alea } from './alea.ts'
import { drawPasElu, drawProfession, type Profession } from './carriere.ts'
import { type Client, chooseClients } from './clients.ts'
import { maximumAdjoints } from './conseil-municipal.ts'
import { addCouples } from './couples.ts'
import type { Echelles } from './echelles.ts'
import { dayOf } from './etat-civil.ts'
import { addMouvements } from './mouvements.ts'
import { type NomPoste, POSTES, TABLEAUX } from './postes.ts'
import { newRegistre, type Registre } from './registre.ts'
import type { Carriere, Organisme, Personne, SituationElu } from './types.ts'

export type Population = { clients: Client[]; personnes: Personne[]; carrieres: Carriere[] }

const populationOf = (o: Organisme): number => o.populations.at(-1)?.totale ?? 0

export function buildPopulation(graine: number, organismes: Organisme[], echelles: Echelles): Population {
  const clients = chooseClients(graine, organismes, (o) => countElus(graine, o))
  const registre = newRegistre(graine, echelles)
  const partages = groupSecretaires(graine, clients)
  const partagees = new Set(partages.flatMap((p) => p.communes.map((c) => c.id)))
  for (const client of clients) {
    const { organisme, profil, aPayer } = client
    const elus = countElus(graine, organisme)
    for (let rang = partagees.has(organisme.id) ? 1 : 0; rang < aPayer - elus; rang++) {
      const a = alea(graine, `agent/${organisme.siren}/${rang}`)
      const nom = choosePoste(a, client, rang)
      const poste = POSTES[nom]
      registre.hire(a, organisme, nom, drawProfession(a, poste, a.pese(poste.heures), 0, TABLEAUX[profil].aCti))
    }
  }
  for (const partage of partages) hireSecretaire(graine, registre, partage)
  for (const { organisme } of clients) addElus(graine, registre, organisme)
  addMouvements(graine, registre)
  addCouples(graine, registre)
  return { clients, personnes: registre.personnes, carrieres: registre.carrieres }
}

function choosePoste(a: Alea, client: Client, rang: number): NomPoste {
  const { tete, reste } = TABLEAUX[client.profil]
  const nom = tete[rang] ?? a.pese(reste)
  const estGrande = nom === 'secretairePetite' && populationOf(client.organisme) >= 900
  return estGrande && a.chance(0.7) ? 'secretaireRedacteur' : nom
}

type Partage = { communes: Organisme[]; heures: number[] }

/** Small communes of one EPCI share a secretary: one person, two or three careers, 40 h 15 a week at most (115 %). */
function groupSecretaires(graine: number, clients: Client[]): Partage[] {
  const a = alea(graine, 'secretaires')
  const parEpci = new Map<string, Organisme[]>()
  for (const { organisme: o } of clients) {
    if (o.type !== 'commune' || populationOf(o) >= 800 || o.epciId === null) continue
    parEpci.set(o.epciId, [...(parEpci.get(o.epciId) ?? []), o])
  }
  const partages: Partage[] = []
  for (const communes of parEpci.values()) {
    for (let i = 0; i + 1 < communes.length; i += 3) {
      const groupe = communes.slice(i, i + 3)
      const heures =
        groupe.length === 3
          ? [14, 12, 9]
          : a.choix([
              [20, 12],
              [16, 14],
              [14, 10],
            ])
      partages.push({ communes: groupe, heures })
    }
  }
  return partages
}

function hireSecretaire(graine: number, registre: Registre, { communes, heures }: Partage) {
  const total = heures.reduce((somme, h) => somme + h, 0) * 60
  const flux = `secretaire/${communes[0]!.siren}`
  const modele: Profession = {
    ...drawProfession(alea(graine, flux), POSTES.secretairePetite, 0, 0, false),
    statut: 'titulaire',
  }
  const annee = Math.min(modele.anneeNaissance, 1990)
  let personne: Personne | undefined
  communes.forEach((commune, i) => {
    // The same stream at each employer: one grade, one échelon, one seniority for the person.
    const a = alea(graine, `${flux}/carriere`)
    const p = {
      ...modele,
      anneeNaissance: annee,
      entree: dayOf(2021 - 4 * i, 3, 1),
      minutesHebdo: heures[i]! * 60,
      minutesHebdoAutres: total - heures[i]! * 60,
    }
    personne = registre.hire(a, commune, 'secretairePetite', p, personne)
  })
}

/** Maire and adjoints that the commune pays; a small one does not name all those that it may. */
function countElus(graine: number, o: Organisme): number {
  if (o.type !== 'commune') return 0
  const maximum = maximumAdjoints(populationOf(o))
  const a = alea(graine, `elus/${o.siren}`)
  return 1 + (populationOf(o) >= 2000 ? maximum : a.entier(Math.max(1, maximum - 2), maximum))
}

function addElus(graine: number, registre: Registre, commune: Organisme) {
  const nombre = countElus(graine, commune)
  if (nombre === 0) return
  const a = alea(graine, `mandats/${commune.siren}`)
  const installation = dayOf(2020, 5, a.entier(23, 28))
  const vote = a.pese([
    ['100', 70],
    ['90', 15],
    ['80', 10],
    ['75', 5],
  ])
  for (let rang = 0; rang < nombre; rang++) {
    const fonction = rang === 0 ? ('maire' as const) : ('adjoint' as const)
    const agent = rang > 0 && a.chance(0.12) ? registre.findElu(a, commune) : undefined
    // Lists alternate women and men since 2013; in 2025 about one maire in four is a woman.
    const sexe = agent?.sexe ?? (rang === 0 ? (a.chance(0.25) ? 'F' : 'M') : rang % 2 === 1 ? 'F' : 'M')
    const personne = agent ?? registre.addPersonne(sexe, a.entier(1947, 1986), commune)
    const situation: SituationElu = {
      statut: 'elu',
      fonction,
      rang: Math.max(1, rang),
      population: populationOf(commune),
      // The maire has the barème of right, unless he asks for less.
      pourcentDuMaximum: fonction === 'maire' ? (a.chance(0.94) ? '100' : '80') : vote,
      autresIndemnites: '0.00',
      mandatsIndemnises: 1,
      pas: drawPasElu(a),
    }
    registre.addCarriere(commune, personne, titreElu(fonction, rang, sexe), installation, [
      { depuis: installation, jusqua: null, motif: 'Installation du conseil municipal', ...situation },
    ])
  }
}

function titreElu(fonction: 'maire' | 'adjoint', rang: number, sexe: 'F' | 'M'): string {
  if (fonction === 'maire') return 'Maire'
  const ordinal = rang === 1 ? (sexe === 'F' ? '1re' : '1er') : `${rang}e`
  return `${ordinal} ${sexe === 'F' ? 'adjointe' : 'adjoint'} au maire`
}
