import type { Jour } from '#socle/dates.ts'
import { alea } from './alea.ts'
import { dayOf } from './etat-civil.ts'
import type { Registre } from './registre.ts'
import type { Carriere, MotifSortie } from './types.ts'

/** Jours when someone is replaced: out in October, the successor in November; both months keep their 5,500 payslips. */
const SUCCESSIONS = 8
const ARRIVEES_OCTOBRE = 10
const DEPARTS_NOVEMBRE = 9

/** Entries and exits of October and November 2025, in bodies large enough to have some. */
export function addMouvements(graine: number, registre: Registre) {
  const a = alea(graine, 'mouvements')
  const effectifs = new Map<string, number>()
  for (const c of registre.carrieres) effectifs.set(c.organismeId, (effectifs.get(c.organismeId) ?? 0) + 1)
  const candidats = a.melange(
    registre.carrieres.filter(
      (c) => (effectifs.get(c.organismeId) ?? 0) >= 12 && registre.posteOf(c) && !registre.isMultiEmploye(c),
    ),
  )
  const take = (convient: (c: Carriere) => boolean): Carriere => {
    const i = candidats.findIndex(convient)
    if (i < 0) throw new Error('no career left for a movement')
    return candidats.splice(i, 1)[0]!
  }
  const leave = (c: Carriere, sortie: Jour, motif: MotifSortie) => {
    c.sortie = sortie
    c.motifSortie = motif
    // What was to change after the exit does not happen.
    c.situations = c.situations.filter((s) => s.depuis < sortie)
    c.situations[c.situations.length - 1]!.jusqua = sortie
  }
  const isContractuel = (c: Carriere) => c.situations[0]?.statut === 'contractuel' && c.entree < '2025'
  const isTitulaire = (c: Carriere) => c.situations[0]?.statut === 'titulaire'
  const ageOf = (c: Carriere) => {
    const personne = registre.personnes.find((p) => p.id === c.personneId)
    return 2025 - Number(personne?.naissance.slice(0, 4))
  }

  for (let i = 0; i < SUCCESSIONS; i++) {
    const partant = take(i % 2 === 0 ? isContractuel : isTitulaire)
    const sortie = dayOf(2025, i % 4 === 0 ? 11 : 10, i % 4 === 0 ? 1 : a.entier(6, 28))
    leave(partant, sortie, i % 2 === 0 ? 'fin de contrat' : 'mutation')
    const { nom, organisme, aCti } = registre.posteOf(partant)!
    const derniere = partant.situations.at(-1)!
    if (derniere.statut === 'elu') throw new Error('a mandate is not replaced here')
    registre.hire(a, organisme, nom, {
      statut: 'contractuel',
      anneeNaissance: a.entier(1985, 2004),
      entree: dayOf(2025, 11, a.choix([1, 3, 3, 10, 17])),
      minutesHebdo: derniere.minutesHebdo,
      minutesHebdoAutres: 0,
      aCti,
    })
  }
  for (let i = 0; i < ARRIVEES_OCTOBRE; i++) {
    const arrivant = take(isContractuel)
    arrivant.entree = dayOf(2025, 10, a.choix([1, 6, 13, 20]))
    const situation = arrivant.situations[0]!
    situation.depuis = arrivant.entree
    if (situation.statut !== 'elu') situation.dateEchelon = arrivant.entree
  }
  for (let i = 0; i < DEPARTS_NOVEMBRE; i++) {
    const estRetraite = i % 3 === 0
    const partant = take((c) => (estRetraite ? isTitulaire(c) && ageOf(c) >= 62 : isContractuel(c)))
    leave(
      partant,
      estRetraite ? dayOf(2025, 12, 1) : dayOf(2025, 11, a.entier(8, 28)),
      estRetraite ? 'retraite' : i % 3 === 1 ? 'fin de contrat' : 'démission',
    )
  }
}
