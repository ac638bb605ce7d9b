import { newId } from '#socle/ids.ts'

export const SECRETAIRE = { personneId: newId<'Personne'>(), nom: 'Céline Secrétaire' }
