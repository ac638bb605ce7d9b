import { sirenFictif, siretDuSiege } from '#modules/demonstration/domain/cles.ts'
import type { Demonstration } from '#modules/demonstration/index.ts'
import { newId } from '#socle/ids.ts'

/** Past the fictitious bodies of the demonstration; a rank has four digits. */
const PREMIER_RANG = 5_000

/**
 * The demonstration with `fois` times its clients of the payroll: each copy has its own bodies, persons and careers,
 * in the portfolios of the model; papers and questions are not copied.
 */
export function multiplier(d: Demonstration, fois: number): Demonstration {
  const personneOf = new Map(d.personnes.map((p) => [p.id as string, p]))
  const carrieresOf = Map.groupBy(d.carrieres, (c) => c.organismeId as string)
  const variablesOf = Map.groupBy(d.variables, (v) => v.carriereId as string)
  const grand: Demonstration = {
    ...d,
    organismes: [...d.organismes],
    personnes: [...d.personnes],
    carrieres: [...d.carrieres],
    variables: [...d.variables],
    portefeuilles: d.portefeuilles.map((p) => ({ ...p, organismesIds: [...p.organismesIds] })),
  }
  let rang = 0
  for (let copie = 2; copie <= fois; copie++)
    for (const o of d.organismes.filter((x) => x.pex !== null)) {
      const siren = sirenFictif(PREMIER_RANG + rang++)
      const id = newId<'Organisme'>()
      grand.organismes.push({ ...o, id, nom: `${o.nom} (${copie})`, siren, siret: siretDuSiege(siren) })
      grand.portefeuilles.find((p) => p.organismesIds.includes(o.id))?.organismesIds.push(id)
      for (const c of carrieresOf.get(o.id) ?? []) {
        const personneId = newId<'Personne'>()
        const carriereId = newId<'Carriere'>()
        grand.personnes.push({ ...personneOf.get(c.personneId)!, id: personneId })
        grand.carrieres.push({ ...c, id: carriereId, organismeId: id, personneId })
        for (const v of variablesOf.get(c.id) ?? [])
          grand.variables.push({ ...v, id: newId(), carriereId, pieceId: null } as (typeof d.variables)[number])
      }
    }
  return grand
}
