import { expect, test } from 'vitest'
import { z } from 'zod'
import { setMessagesZod } from './messages-zod.ts'

setMessagesZod()
const messages = (forme: z.ZodType, valeur: unknown) => forme.safeParse(valeur).error?.issues.map((i) => i.message)

test.each([
  [z.object({ objet: z.string() }), {}, 'À remplir.'],
  [z.string().min(1), '', 'À remplir.'],
  [z.string().max(3), 'quatre', '3 caractères au plus.'],
  [z.number().min(5), 2, 'Au moins 5.'],
  [z.enum(['a', 'b']), undefined, 'À choisir.'],
  [z.email(), 'mairie', 'Une adresse de courriel est attendue, par exemple accueil@mairie.fr.'],
  [z.array(z.string()).min(1), [], 'Choisissez-en au moins un.'],
])('a refused value is told in French', (forme, valeur, message) => expect(messages(forme, valeur)).toEqual([message]))

test('the message of the contract comes first', () =>
  expect(messages(z.string().min(1, 'Saisissez l’objet.'), '')).toEqual(['Saisissez l’objet.']))
