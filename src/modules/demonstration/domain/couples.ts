import { alea } from './alea.ts'
import type { Registre } from './registre.ts'
import type { Personne } from './types.ts'

const COUPLES = 8

/** Couples who work for the same body: one name, one house, one bank account, which the controls of the month point out. */
export function addCouples(graine: number, registre: Registre) {
  const a = alea(graine, 'couples')
  const personnes = new Map(registre.personnes.map((p) => [p.id, p]))
  const parOrganisme = Map.groupBy(
    registre.carrieres.filter((c) => registre.posteOf(c) && !registre.isMultiEmploye(c) && c.sortie === null),
    (c) => c.organismeId,
  )
  const grands = [...parOrganisme.values()].filter((l) => l.length >= 20)
  for (const carrieres of a.melange(grands).slice(0, COUPLES)) {
    const gens = a.melange(carrieres).flatMap((c) => personnes.get(c.personneId) ?? [])
    const mari = gens.find((p) => p.sexe === 'M')
    const femme = mari && gens.find((p) => p.sexe === 'F' && areSameAge(p, mari))
    if (!mari || !femme) continue
    femme.nomUsage = mari.nomNaissance
    for (const champ of ['adresse', 'codePostal', 'ville', 'iban'] as const) femme[champ] = mari[champ]
  }
}

const areSameAge = (a: Personne, b: Personne): boolean =>
  Math.abs(Number(a.naissance.slice(0, 4)) - Number(b.naissance.slice(0, 4))) <= 6
