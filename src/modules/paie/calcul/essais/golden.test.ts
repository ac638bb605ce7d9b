import { expect, test } from 'vitest'
import { computeBulletin } from '../calculer.ts'
import { controlerBulletin } from '../controler.ts'
import { expliquer } from '../expliquer.ts'
import { jeuLivre } from '../parametres/livre.ts'
import { bulletinTexte } from '../texte.ts'
import { PROFILS, type Profil } from './profils.ts'

function texte({ titre, mois, situation, rappels }: Profil): string {
  const entree = { mois, situation, parametres: jeuLivre(), rappels }
  const { bulletin, anomalies } = computeBulletin(entree)
  if (!bulletin) throw new Error(anomalies.map((a) => a.message).join(' '))
  expect(controlerBulletin(bulletin)).toEqual([])
  const pourquoi = expliquer(entree).map((e) => `${e.ligne.libelle} : ${e.calcul}`)
  const alertes = anomalies.map((a) => `! ${a.message}`)
  return `${titre}\n\n${bulletinTexte(bulletin)}${alertes.length ? `\n${alertes.join('\n')}\n` : ''}\nPourquoi\n${pourquoi.join('\n')}\n`
}

test('there are enough profiles', () => expect(PROFILS.length).toBeGreaterThanOrEqual(40))
test.each(PROFILS)('$id : $titre', async (p) => {
  await expect(texte(p)).toMatchFileSnapshot(`../golden/${p.id}.txt`)
})
