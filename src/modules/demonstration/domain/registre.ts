import type { Jour } from '#socle/dates.ts'
import { type Alea, fabriqueIds } from './alea.ts'
import { type Profession, situationsOf } from './carriere.ts'
import type { Echelles } from './echelles.ts'
import { fabriquePersonnes } from './etat-civil.ts'
import { type NomPoste, POSTES, type Poste } from './postes.ts'
import type { Carriere, Organisme, Personne, Sexe } from './types.ts'

export type Registre = ReturnType<typeof newRegistre>

/** What has been made so far: persons, careers, and which post each agent holds. */
export function newRegistre(graine: number, echelles: Echelles) {
  const newCarriereId = fabriqueIds(graine, 'carrieres')
  const newPersonne = fabriquePersonnes(graine)
  const personnes: Personne[] = []
  const carrieres: Carriere[] = []
  const postes = new Map<string, { nom: NomPoste; organisme: Organisme; aCti: boolean }>()
  const employeurs = new Map<string, Set<string>>()
  const matricules = new Map<string, number>()
  const elus = new Set<string>()

  function addPersonne(sexe: Sexe, anneeNaissance: number, pres: Organisme): Personne {
    const personne = newPersonne({ sexe, anneeNaissance, pres })
    personnes.push(personne)
    return personne
  }

  function addCarriere(
    organisme: Organisme,
    personne: Personne,
    emploi: string,
    entree: Jour,
    situations: Carriere['situations'],
  ): Carriere {
    const rang = (matricules.get(organisme.id) ?? 0) + 1
    matricules.set(organisme.id, rang)
    employeurs.set(personne.id, (employeurs.get(personne.id) ?? new Set()).add(organisme.id))
    if (situations[0]?.statut === 'elu') elus.add(personne.id)
    const carriere: Carriere = {
      id: newCarriereId<'Carriere'>(),
      personneId: personne.id,
      organismeId: organisme.id,
      matricule: String(rang).padStart(5, '0'),
      emploi,
      entree,
      sortie: null,
      motifSortie: null,
      situations,
    }
    carrieres.push(carriere)
    return carriere
  }

  function hire(a: Alea, organisme: Organisme, nom: NomPoste, p: Profession, deja?: Personne): Personne {
    const poste: Poste = POSTES[nom]
    const sexe = deja?.sexe ?? (a.chance(poste.partFemmes) ? 'F' : 'M')
    const personne = deja ?? addPersonne(sexe, p.anneeNaissance, organisme)
    const carriere = addCarriere(organisme, personne, poste.emploi[sexe], p.entree, [])
    carriere.situations = situationsOf(a, poste, p, personne.enfants, echelles)
    postes.set(carriere.id, { nom, organisme, aCti: p.aCti })
    return personne
  }

  /** An agent of another body, old enough, who has no mandate yet. */
  function findElu(a: Alea, commune: Organisme): Personne | undefined {
    const personne = a.choix(personnes)
    const chez = employeurs.get(personne.id)
    const convient = personne.naissance < '1992' && !elus.has(personne.id) && chez?.size === 1 && !chez.has(commune.id)
    return convient ? personne : undefined
  }

  const isMultiEmploye = (c: Carriere) => (employeurs.get(c.personneId)?.size ?? 0) > 1
  const posteOf = (c: Carriere) => postes.get(c.id)

  return { personnes, carrieres, addPersonne, addCarriere, hire, findElu, isMultiEmploye, posteOf }
}
