import { z } from 'zod'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import '../db/organismes.ts'
import { zSiren, zSiret } from '#socle/identifiants.ts'
import { TYPES_ORGANISME } from '../domain/types.ts'

const zOrganismeAInscrire = z
  .object({
    id: z.string(),
    type: z.enum(TYPES_ORGANISME),
    nom: z.string().trim().min(1),
    siren: zSiren,
    siret: zSiret,
    codeInsee: z.string().regex(/^(\d{2}|2[AB])\d{3}$/),
    adresse: z.string(),
    codePostal: z.string(),
    ville: z.string(),
    courriel: z.string(),
    telephone: z.string(),
    epciId: z.string().nullable(),
    rattachementId: z.string().nullable(),
    membresIds: z.array(z.string()),
    estFictif: z.boolean(),
    populations: z.array(z.object({ annee: z.number(), municipale: z.number(), totale: z.number() })),
  })
  .refine((o) => o.siret.startsWith(o.siren), { path: ['siret'], message: 'Ce SIRET n’est pas celui de ce SIREN.' })

export type OrganismeAInscrire = z.input<typeof zOrganismeAInscrire>

/** Enters bodies in the register, their keys checked, with the communes of each EPCI and their populations. */
export async function inscrireOrganismes(
  tx: Tx,
  organismes: readonly OrganismeAInscrire[],
  sourcePopulation: string,
): Promise<void> {
  const faux: string[] = []
  const justes = organismes.flatMap((o) => {
    const lu = zOrganismeAInscrire.safeParse(o)
    if (lu.success) return [lu.data]
    faux.push(`${o.nom} : ${lu.error.issues.map((i) => i.message).join(' ')}`)
    return []
  })
  if (faux.length > 0)
    throw new Refus('organisme.invalide', `Organismes à corriger ; rien n’est inscrit.\n${faux.join('\n')}`, {
      status: 400,
    })
  const LOT = 200
  for (let i = 0; i < justes.length; i += LOT)
    await tx
      .insertInto('app.organisme')
      .values(
        justes.slice(i, i + LOT).map((o) => ({
          id: o.id,
          type: o.type,
          nom: o.nom,
          siren: o.siren,
          siret: o.siret,
          code_insee: o.codeInsee,
          adresse: o.adresse,
          code_postal: o.codePostal,
          ville: o.ville,
          courriel: o.courriel,
          telephone: o.telephone,
          // bodies point at each other: the links come once all of them are there
          epci: null,
          rattachement: null,
          est_fictif: o.estFictif,
        })),
      )
      .execute()
  for (const o of justes)
    if (o.epciId !== null || o.rattachementId !== null)
      await tx
        .updateTable('app.organisme')
        .set({ epci: o.epciId, rattachement: o.rattachementId })
        .where('id', '=', o.id)
        .execute()
  const membres = justes.flatMap((o) => o.membresIds.map((membre) => ({ syndicat: o.id, membre })))
  if (membres.length > 0) await tx.insertInto('app.organisme_membre').values(membres).execute()
  const populations = justes.flatMap((o) =>
    o.populations.map((p) => ({ organisme: o.id, ...p, source: sourcePopulation })),
  )
  if (populations.length > 0) await tx.insertInto('app.population_legale').values(populations).execute()
}
