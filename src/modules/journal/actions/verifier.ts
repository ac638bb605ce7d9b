import { sql } from 'kysely'
import { listOrganismes } from '#modules/organismes/index.ts'
import { type Base, inOrganisme, inPlateforme } from '#socle/db/base.ts'
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
  const scellees = new Map<string, { numero: number; empreinte: string; rang: number }[]>()
  for (const b of bordereaux)
    for (const l of lignesOf(b.texte))
      scellees.set(l.organismeId, [...(scellees.get(l.organismeId) ?? []), { ...l, rang: b.rang }])
  let ecritures = 0
  let lues = 0
  for (const { id } of organismes) {
    const sceaux = scellees.get(id) ?? []
    const aRetenir = new Set(sceaux.map((s) => s.numero))
    await inOrganisme(base, id, async (tx) => {
      // the head and the entries of the same moment, whoever writes meanwhile
      await sql`set transaction isolation level repeatable read`.execute(tx)
      const controle = createControle(id)
      for await (const e of readEcritures(tx)) {
        ecritures++
        controle.read({ ...e, colonnes: JSON.stringify([e.le, e.acte, e.nom, e.personne_id, e.sensible]) }, aRetenir)
      }
      if (controle.derniere.numero > 0) lues++
      ruptures.push(...controle.finish(await findTete(tx), sceaux))
    })
  }
  return { organismes: lues, ecritures, bordereaux: bordereaux.length, ruptures }
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
