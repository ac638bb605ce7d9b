import '../db/tables.ts'
import { addMois, dernierJour, formatMois, type Mois, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { Refus } from '#socle/refus.ts'
import { type Auteur, findDossier, lockDossier, noteActe, publishSuivi } from '../../../dossier/db/dossiers.ts'
import { estModifiable } from '../../../dossier/domain/dossier.ts'
import { LIBELLES_GENRE } from '../contract.ts'
import { ETATS_EN_COURS, type GenreComplement, refusDuMoment } from '../domain/complement.ts'

export const refusComplement = (message: string) => new Refus('complement.impossible', message)

/** Locks the month, and says whether it takes such a production: asked when one is opened, sent and approved. */
export async function requireMoment(tx: Tx, mois: Mois, genre: GenreComplement) {
  const d = await lockDossier(tx, mois)
  const suivant = (await findDossier(tx, addMois(mois, 1)))?.etat
  const refus = refusDuMoment({ mois, etat: d.etat, suivant, genre })
  if (refus) throw refusComplement(refus)
  return d
}

export type Ouverture = {
  id: string
  genre: GenreComplement
  motif: string
  agents: readonly { carriereId: string; acompte?: string | null | undefined }[]
}

/** Opens a production beside the run of the month, under the next number. The id is the client's: sent twice, opened once. */
export async function ouvrir(tx: Tx, auteur: Auteur, mois: Mois, o: Ouverture): Promise<number> {
  const deja = await tx
    .selectFrom('app.paie_complement')
    .select(['mois', 'rang'])
    .where('id', '=', o.id)
    .executeTakeFirst()
  if (deja?.mois === mois) return deja.rang
  const d = await requireMoment(tx, mois, o.genre)
  if (o.agents.some((a) => a.acompte != null) && !(o.genre === 'urgence' && estModifiable(d.etat)))
    throw refusComplement(
      `Un acompte se verse par une production d’urgence, avant l’approbation du mois : pour ${formatMois(mois)}, le bulletin est déjà fait.`,
    )
  const ids = [...new Set(o.agents.map((a) => a.carriereId))]
  if (ids.length !== o.agents.length) throw refusComplement('Un agent est choisi deux fois.')
  const payables = await tx
    .selectFrom('app.paie_carriere')
    .select('id')
    .where('id', 'in', ids)
    .where('entree', '<=', dernierJour(mois))
    .where((eb) => eb.or([eb('sortie', 'is', null), eb('sortie', '>', premierJour(mois))]))
    .execute()
  if (payables.length !== ids.length)
    throw refusComplement(`Un des agents choisis n’est pas présent en ${formatMois(mois)}.`)
  const pris = await tx
    .selectFrom('app.paie_complement_agent as a')
    .innerJoin('app.paie_complement as c', (j) =>
      j.onRef('c.organisme_id', '=', 'a.organisme_id').onRef('c.mois', '=', 'a.mois').onRef('c.rang', '=', 'a.rang'),
    )
    .select('c.rang')
    .where('a.mois', '=', mois)
    .where('a.carriere_id', 'in', ids)
    .where('c.etat', 'in', ETATS_EN_COURS)
    .executeTakeFirst()
  if (pris)
    throw refusComplement(`Un des agents choisis est déjà dans la production n° ${pris.rang}, qui n’est pas finie.`)
  const { dernier } = await tx
    .selectFrom('app.paie_complement')
    .select((eb) => eb.fn.max('rang').as('dernier'))
    .where('mois', '=', mois)
    .executeTakeFirstOrThrow()
  const rang = (dernier ?? 1) + 1
  await tx
    .insertInto('app.paie_complement')
    .values({
      organisme_id: auteur.organismeId,
      mois,
      rang,
      id: o.id,
      genre: o.genre,
      motif: o.motif,
      etat: 'prepare',
      cree_par: auteur.nom,
    })
    .execute()
  await insertLot(
    tx,
    'app.paie_complement_agent',
    { organisme_id: 'uuid', mois: 'text', rang: 'int', carriere_id: 'uuid', acompte: 'numeric', anomalies: 'jsonb' },
    o.agents.map((a) => ({
      organisme_id: auteur.organismeId,
      mois,
      rang,
      carriere_id: a.carriereId,
      acompte: a.acompte ?? null,
      anomalies: [],
    })),
  )
  await noteActe(tx, auteur, mois, `${LIBELLES_GENRE[o.genre]} n° ${rang} ouverte`, o.motif)
  await publishSuivi(tx, auteur.organismeId, mois)
  return rang
}
