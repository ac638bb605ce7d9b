import { sql } from 'kysely'
import { listOrganismes } from '#modules/organismes/index.ts'
import { type Base, inOrganisme, inPlateforme, type Tx } from '#socle/db/base.ts'
import { type Bordereau, listBordereaux } from '../db/bordereaux.ts'
import { findTete, readEcritures } from '../db/ecritures.ts'
import { entetesOf, lignesOf } from '../domain/bordereau.ts'
import { createControle, type Rupture, sha256 } from '../domain/controle.ts'
import { ORIGINE } from '../domain/fait.ts'
import { lireJeton } from '../exchange/horodatage.ts'

export type BilanJournal = { organismes: number; ecritures: number; bordereaux: number; ruptures: Rupture[] }

/** Reads every chain again from its first entry, and every seal: the report names each place that does not hold. */
export async function verifierJournal(base: Base): Promise<BilanJournal> {
  const { organismes, bordereaux } = await inPlateforme(base, async (tx) => ({
    organismes: await listOrganismes(tx),
    bordereaux: await listBordereaux(tx),
  }))
  const ruptures: Rupture[] = await rupturesOfBordereaux(bordereaux)
  const scellees = sceauxOf(bordereaux)
  let ecritures = 0
  let lues = 0
  for (const { id } of organismes) {
    const bilan = await inOrganisme(base, id, (tx) => readChaine(tx, id, () => scellees.get(id) ?? []))
    ecritures += bilan.ecritures
    if (bilan.ecritures > 0) lues++
    ruptures.push(...bilan.ruptures)
  }
  return { organismes: lues, ecritures, bordereaux: bordereaux.length, ruptures }
}

type BilanChaine = { ecritures: number; ruptures: Rupture[] }
type Sceau = { numero: number; empreinte: string; rang: number }

/** The chain of one body alone, and then what its reader leaves of it. */
export async function verifierChaineDe(
  base: Base,
  organismeId: string,
  puis: (tx: Tx, bilan: BilanChaine) => Promise<void>,
): Promise<BilanChaine> {
  const bilan = await inOrganisme(base, organismeId, (tx) =>
    readChaine(tx, organismeId, async () => sceauxOf(await listBordereaux(tx)).get(organismeId) ?? []),
  )
  await inOrganisme(base, organismeId, (tx) => puis(tx, bilan))
  return bilan
}

const sceauxOf = (bordereaux: readonly Bordereau[]): Map<string, Sceau[]> => {
  const result = new Map<string, Sceau[]>()
  for (const b of bordereaux)
    for (const { organismeId, ...tete } of lignesOf(b.texte))
      result.set(organismeId, [...(result.get(organismeId) ?? []), { ...tete, rang: b.rang }])
  return result
}

async function readChaine(
  tx: Tx,
  organismeId: string,
  readSceaux: () => Sceau[] | Promise<Sceau[]>,
): Promise<BilanChaine> {
  // the head, the seals and the entries of one moment, whoever writes meanwhile; before any query of the transaction
  await sql`set transaction isolation level repeatable read`.execute(tx)
  const sceaux = await readSceaux()
  const tete = await findTete(tx)
  const aRetenir = new Set(sceaux.map((s) => s.numero))
  const controle = createControle(organismeId)
  let ecritures = 0
  for await (const e of readEcritures(tx)) {
    ecritures++
    controle.read({ ...e, colonnes: JSON.stringify([e.le, e.acte, e.nom, e.personne_id, e.sensible]) }, aRetenir)
  }
  return { ecritures, ruptures: controle.finish(tete, sceaux) }
}

/** The seals follow one another without a hole, and each token is about its text. */
async function rupturesOfBordereaux(bordereaux: readonly Bordereau[]): Promise<Rupture[]> {
  const ruptures: Rupture[] = []
  let attendu = { rang: 1, precedent: ORIGINE }
  for (const b of bordereaux) {
    const note = (nature: Rupture['nature'], message: string) =>
      ruptures.push({ organismeId: '', numero: b.rang, nature, message })
    if (b.rang !== attendu.rang) note('absente', `Il manque un bordereau avant le bordereau ${b.rang}.`)
    else if (entetesOf(b.texte).precedent !== attendu.precedent || entetesOf(b.texte).rang !== b.rang)
      note('scellement', `Le bordereau ${b.rang} ne suit pas le précédent.`)
    if (sha256(b.texte) !== b.empreinte) note('modifiee', `Le texte du bordereau ${b.rang} a été modifié.`)
    const lu = await lireJeton(Buffer.from(b.jeton, 'base64'), Buffer.from(b.texte)).catch((e: Error) => e)
    if (lu instanceof Error) note('jeton', `Bordereau ${b.rang} : ${lu.message}`)
    else if (lu.dateLe.getTime() !== b.date_le.getTime())
      note('jeton', `L’heure du bordereau ${b.rang} n’est pas celle de son jeton.`)
    attendu = { rang: b.rang + 1, precedent: b.empreinte }
  }
  return ruptures
}
