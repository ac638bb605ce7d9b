import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jour, mois } from '#socle/dates.ts'
import { jeuLivre } from '../../calcul/index.ts'
import { ACTES, ETATS_PROPOSITION } from '../contract.ts'
import {
  actesPermis,
  ecrireTranches,
  etatOf,
  lireSaisie,
  moisDeSimulation,
  nextEtat,
  type Saisie,
} from './proposition.ts'

const jeu = jeuLivre()
const saisie = (change: Partial<Saisie>): Saisie => ({
  code: 'ircantec.a.agent',
  depuis: jour('2026-01-01'),
  valeur: '3,05 %',
  texte: 'Arrêté d’essai',
  source: 'page lue par le référent',
  verifie: false,
  ...change,
})
const refus = (change: Partial<Saisie>): Record<string, string> => {
  try {
    lireSaisie(jeu, saisie(change))
  } catch (e) {
    return (e as { champs: Record<string, string> }).champs
  }
  throw new Error('nothing was refused')
}

describe('the life of a proposition', () => {
  test('every state and every act', () => {
    const lines = ETATS_PROPOSITION.flatMap((etat) =>
      ACTES.flatMap((acte) => {
        const next = nextEtat(etat, acte)
        return next ? [`${etat} --${acte}--> ${next}`] : []
      }),
    )
    expect(lines).toMatchInlineSnapshot(`
      [
        "proposee --publier--> publiee",
        "proposee --refuser--> refusee",
        "proposee --retirer--> retiree",
        "publiee --retirer--> retiree",
      ]
    `)
    expect(etatOf(['publier', 'retirer'])).toBe('retiree')
    expect(() => etatOf(['refuser', 'publier'])).toThrow()
  })

  test('nobody ever decides on what he proposed, whatever his rights and the state', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ETATS_PROPOSITION), fc.boolean(), fc.boolean(), (etat, peutPublier, sienne) => {
        const actes = actesPermis(etat, { proposePar: 'a', personne: sienne ? 'a' : 'b', peutPublier })
        if (sienne || !peutPublier) expect(actes).not.toContain('publier')
        if (sienne || !peutPublier) expect(actes).not.toContain('refuser')
      }),
    )
    expect(actesPermis('proposee', { proposePar: 'a', personne: 'b', peutPublier: true })).toEqual([
      'publier',
      'refuser',
    ])
    expect(actesPermis('proposee', { proposePar: 'a', personne: 'a', peutPublier: true })).toEqual(['retirer'])
  })
})

describe('what a person types', () => {
  test.each`
    code                     | depuis          | valeur        | lu
    ${'ircantec.a.agent'}    | ${'2026-01-01'} | ${'3,05 %'}   | ${'3.05 %'}
    ${'ircantec.a.agent'}    | ${'2026-01-01'} | ${'3.05%'}    | ${'3.05 %'}
    ${'ircantec.taux_appel'} | ${'2026-01-01'} | ${'1,30'}     | ${'1.30'}
    ${'smic.mensuel'}        | ${'2027-01-01'} | ${'1 850,25'} | ${'1850.25'}
    ${'temps_partiel.90'}    | ${'2027-01-01'} | ${'32/35'}    | ${'32/35'}
  `('« $valeur » for $code is read as $lu', ({ code, depuis, valeur, lu }) => {
    expect(lireSaisie(jeu, saisie({ code, depuis, valeur }))).toMatchObject({ code, depuis, valeur: lu })
  })

  test.each`
    change                                            | champ
    ${{ code: 'inconnu' }}                            | ${'code'}
    ${{ valeur: '3,05' }}                             | ${'valeur'}
    ${{ valeur: 'trois' }}                            | ${'valeur'}
    ${{ valeur: '-3 %' }}                             | ${'valeur'}
    ${{ jusqua: '2026-01-01' }}                       | ${'jusqua'}
    ${{ depuis: '1990-01-01', jusqua: '1991-01-01' }} | ${'jusqua'}
    ${{ code: 'temps_partiel.90', valeur: '1/0' }}    | ${'valeur'}
  `('$change is refused at $champ', ({ change, champ }) => {
    expect(Object.keys(refus(change))).toEqual([champ])
  })

  test('a scale is typed as it is read: every scale shipped with the engine comes back the same', () => {
    const baremes = [...jeu.parametres.values()].flatMap((p) =>
      p.valeurs.flatMap((v) => (v.tranches ? [{ code: p.code, v, tranches: v.tranches }] : [])),
    )
    expect(baremes.length).toBeGreaterThan(10)
    for (const { code, v, tranches } of baremes) {
      const lu = lireSaisie(
        jeu,
        saisie({
          code,
          depuis: v.depuis,
          ...(v.jusqua ? { jusqua: v.jusqua } : {}),
          valeur: ecrireTranches(tranches).join('\n'),
        }),
      )
      expect(lu.tranches).toEqual(tranches)
    }
  })

  test.each([
    '28,1 %',
    'jusqu’à 999 : 40 %\njusqu’à 499 : 28 %',
    'au-delà : 3 %\njusqu’à 9 : 4 %',
    'moins de 500 : 3 %',
  ])('a scale written « %s » is refused with its line', (valeur) => {
    expect(refus({ code: 'elu.ca.president', depuis: jour('2027-01-01'), valeur }).valeur).toMatch(/^Ligne \d/)
  })
})

test('the effect is shown on the last month that the value touches, or the first one to come', () => {
  const de = (depuis: string, jusqua?: string) => ({
    depuis: jour(depuis),
    ...(jusqua ? { jusqua: jour(jusqua) } : {}),
  })
  const nov = mois('2025-11')
  expect(moisDeSimulation(nov, [de('2025-01-01')])).toBe('2025-11')
  expect(moisDeSimulation(nov, [de('2026-01-01')])).toBe('2026-01')
  expect(moisDeSimulation(nov, [de('2025-11-15')])).toBe('2025-12')
  expect(moisDeSimulation(nov, [de('2024-01-01', '2025-01-01')])).toBe('2024-12')
  expect(moisDeSimulation(nov, [de('2026-03-01'), de('2025-05-01')])).toBe('2025-11')
})
