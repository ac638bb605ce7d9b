import type { Base } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'

export const SECRETAIRE = { personneId: newId<'Personne'>(), nom: 'Céline Secrétaire' }

let serie = 0

/** A body for a test, without anything around it. */
export async function createOrganisme(base: Base, id: string, type: 'agence' | 'commune'): Promise<void> {
  const siren = String(214_000_000 + ++serie)
  await base.kysely
    .insertInto('app.organisme')
    .values({
      id,
      type,
      nom: `Organisme ${serie}`,
      siren,
      siret: `${siren}00018`,
      code_insee: '40002',
      adresse: '',
      code_postal: '',
      ville: '',
      courriel: '',
      telephone: '',
      epci: null,
      rattachement: null,
      est_fictif: true,
    })
    .execute()
}
