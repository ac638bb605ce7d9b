import { expect, test } from 'vitest'
import { z } from 'zod'
import { setMessagesZod } from '#socle/messages-zod.ts'
import { erreursDe, nettoyer } from './valeurs.ts'

setMessagesZod()

const forme = z.object({
  objet: z.string().min(1, 'Saisissez l’objet.'),
  jour: z.string(),
  statut: z.enum(['a', 'b']),
  note: z.string().optional(),
  adresse: z.object({ codePostal: z.string().regex(/^\d{5}$/, 'Cinq chiffres.') }).optional(),
})

test('an empty field is absent, except for the sentence that the contract has for it', () => {
  expect(erreursDe(forme, nettoyer({ objet: '', jour: '', statut: '', note: '' }))).toEqual({
    objet: 'Saisissez l’objet.',
    jour: 'À remplir.',
    statut: 'À choisir.',
  })
})

test('faults are told by dotted path, like those of the server', () => {
  expect(erreursDe(forme, { objet: 'x', jour: '2025-03-01', statut: 'a', adresse: { codePostal: '40' } })).toEqual({
    'adresse.codePostal': 'Cinq chiffres.',
  })
})

test('a filled form has no fault', () =>
  expect(erreursDe(forme, { objet: 'x', jour: '2025-03-01', statut: 'a' })).toEqual({}))
