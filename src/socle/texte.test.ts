import { expect, test } from 'vitest'
import { insecables } from './texte.ts'

test.each`
  texte                           | imprime
  ${'N° 12 : à compléter'}        | ${'N° 12\u00a0: à compléter'}
  ${'Voulez-vous « tout » ?'}     | ${'Voulez-vous «\u00a0tout\u00a0»\u00a0?'}
  ${'de 08:30 à 12:00, https://'} | ${'de 08:30 à 12:00, https://'}
`('« $texte » is printed without a break before its signs', ({ texte, imprime }) =>
  expect(insecables(texte)).toBe(imprime),
)
