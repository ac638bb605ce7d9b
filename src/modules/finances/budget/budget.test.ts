import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Centimes, euros, inEuros, sum } from '#socle/argent.ts'
import { jour } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { enregistrerExercice } from './actions/budgets.ts'
import { type Acteur, creerVersion, lireVersion, saisirLignes, voterVersion } from './actions/versions.ts'
import { consommerCredits, lireDisponible } from './db/credits.ts'
import { getExercice, lireImputation } from './db/exercices.ts'
import { listArticles, listCredits, listLignes } from './db/versions.ts'
import { LIGNES, ouvrirBudget, ouvrirOrganisme, voterBudget } from './essai.ts'

let base: Base
let qui: Acteur
beforeAll(async () => {
  base = await baseDEssai()
  qui = await ouvrirOrganisme(base)
})
afterAll(() => base.close())

/** In a transaction that leaves nothing behind: each test has a budget of its own. */
const essai = <T>(fn: (tx: Tx) => Promise<T>, acteur = qui) => {
  const stop = new Error('rollback')
  let result: T
  return inOrganisme(base, acteur.organismeId, async (tx) => {
    result = await fn(tx)
    throw stop
  }).catch((e) => {
    if (e !== stop) throw e
    return result
  })
}
const refus = (p: Promise<unknown>) =>
  p.then(
    () => 'accepté',
    (e) => e.code ?? String(e),
  )
const achat = (tx: Tx, budgetId: string, nature = '60612') =>
  lireImputation(tx, { budgetId, exercice: 2026, nature, sens: 'D' })
const cents = (s: string) => euros(s)

describe('a vote', () => {
  test('makes credits of its lines and opens the year', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      await voterBudget(tx, qui, budgetId)
      expect((await getExercice(tx, budgetId, 2026)).etat).toBe('ouvert')
      expect(await listCredits(tx, budgetId, 2026)).toHaveLength(LIGNES.length)
      const d = await lireDisponible(tx, budgetId, 2026, await achat(tx, budgetId))
      expect([d!.cle, inEuros(d!.disponible)]).toEqual(['011', '40000.00'])
    }))

  test('is refused when a section is short, and says by how much', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      const vote = voterBudget(tx, qui, budgetId, { lignes: LIGNES.filter((l) => l.nature !== '73111') })
      await expect(vote).rejects.toThrow('Il manque 125\u202f000,00')
    }))

  test('frozen, it takes no more line, and is not voted twice', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      const id = await voterBudget(tx, qui, budgetId)
      expect(await refus(saisirLignes(tx, qui, id, [LIGNES[0]!]))).toBe('vote.fige')
      expect(
        await refus(voterVersion(tx, qui, id, { deliberationNumero: '1', deliberationDate: jour('2026-04-01') })),
      ).toBe('vote.fige')
    }))

  test('what was voted is insert-only for the application', async () => {
    const ordres = ['update app.finances_credit set montant = 1', 'delete from app.finances_credit']
    for (const o of ordres)
      await expect(inOrganisme(base, qui.organismeId, (tx) => sql.raw(o).execute(tx))).rejects.toThrow(
        'permission denied',
      )
  })

  test('a decision modifies the credits, never under what is spent', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      await voterBudget(tx, qui, budgetId)
      await consommerCredits(tx, { organismeId: qui.organismeId, budgetId, exercice: 2026 }, [
        { imputation: await achat(tx, budgetId), engage: cents('10000'), mandate: cents('25000') },
      ])
      const dm = (moins: string) =>
        voterBudget(tx, qui, budgetId, {
          genre: 'DM',
          lignes: [
            { nature: '60612', sens: 'D', montant: `-${moins}` },
            { nature: '6411', sens: 'D', montant: moins },
          ],
        })
      expect(await refus(dm('5000.01'))).toBe('credit.depasse')
      await tx.updateTable('app.finances_vote').set({ etat: 'abandonne' }).where('etat', '=', 'preparation').execute()
    }))

  test('a budget of this year copies last year, results and provisional credits apart', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui, { annee: 2025 })
      await voterBudget(tx, qui, budgetId, { annee: 2025 })
      await enregistrerExercice(tx, qui, {
        budgetId,
        annee: 2026,
        plan: 'M57_A',
        niveauF: 'chapitre',
        niveauI: 'chapitre',
        fongibiliteF: '7.5',
        fongibiliteI: '7.5',
      })
      const provisoire = newId()
      await creerVersion(tx, qui, {
        id: provisoire,
        budgetId,
        annee: 2026,
        genre: 'provisoire',
        source: 'provisoireInvestissement',
      })
      await voterVersion(tx, qui, provisoire, { deliberationNumero: '2026-1', deliberationDate: jour('2026-01-10') })
      const disponible = async (nature: string) =>
        inEuros((await lireDisponible(tx, budgetId, 2026, await achat(tx, budgetId, nature)))!.disponible)
      expect([await disponible('60612'), await disponible('2151'), await disponible('1641')]).toEqual([
        '40000.00',
        '8250.00',
        '12000.00',
      ])
      const bp = newId()
      await creerVersion(tx, qui, { id: bp, budgetId, annee: 2026, genre: 'BP', source: 'exercicePrecedent' })
      expect(await listLignes(tx, bp)).toHaveLength(LIGNES.length)
      await voterVersion(tx, qui, bp, { deliberationNumero: '2026-9', deliberationDate: jour('2026-04-10') })
      // the budget takes the place of what was open before it
      expect([await disponible('60612'), await disponible('2151')]).toEqual(['40000.00', '33000.00'])
    }))

  test('a virement stays under 7.5 % and never touches staff', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      await voterBudget(tx, qui, budgetId)
      const vc = newId()
      await creerVersion(tx, qui, { id: vc, budgetId, annee: 2026, genre: 'VC', source: 'vide' })
      await saisirLignes(tx, qui, vc, [
        { nature: '60612', sens: 'D', montant: '-7500.01' },
        { nature: '65888', sens: 'D', montant: '7500.01' },
      ])
      expect((await lireVersion(tx, vc)).anomalies.map((a) => a.code)).toEqual(['virement.plafond'])
      await saisirLignes(tx, qui, vc, [
        { nature: '60612', sens: 'D', montant: '-7500' },
        { nature: '65888', sens: 'D', montant: '7500' },
      ])
      await voterVersion(tx, qui, vc, { deliberationNumero: '', deliberationDate: jour('2026-06-01') })
      const d = await lireDisponible(tx, budgetId, 2026, await achat(tx, budgetId, '65888'))
      expect(inEuros(d!.disponible)).toBe('7500.00')
    }))

  test('an account of another plan, a mother account, a suppressed one are refused with their reason', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      const id = newId()
      await creerVersion(tx, qui, { id, budgetId, annee: 2026, genre: 'BP', source: 'vide' })
      const saisir = (nature: string, plus: object = {}) =>
        refus(saisirLignes(tx, qui, id, [{ nature, sens: 'D', montant: '1', ...plus }]))
      expect(await saisir('99999')).toBe('nature.inconnue')
      expect(await saisir('6061')).toBe('nature.nonFeuille')
      expect(await saisir('6588')).toBe('nature.supprimee')
      expect(await saisir('73111')).toBe('nature.sens')
      expect(await saisir('2151', { operation: '12' })).toBe('operation.inconnue')
      expect(await saisir('60612', { service: 'VOIRIE' })).toBe('service.inconnu')
      expect(await saisir('60612', { fonction: '999' })).toBe('fonction.inconnue')
    }))
})

describe('the available credit', () => {
  test('by article when the vote is by article', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui, { niveau: 'article' })
      await voterBudget(tx, qui, budgetId)
      expect((await lireDisponible(tx, budgetId, 2026, await achat(tx, budgetId)))!.cle).toBe('011/60612')
      expect(
        await refus(
          consommerCredits(tx, { organismeId: qui.organismeId, budgetId, exercice: 2026 }, [
            { imputation: await achat(tx, budgetId, '60622'), engage: cents('1'), mandate: cents('0') },
          ]),
        ),
      ).toBe('credit.absent')
    }))

  test('by article where the assembly set it apart, by chapter around it', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      const regler = (articlesSpecialises: string[]) =>
        refus(
          enregistrerExercice(tx, qui, {
            budgetId,
            annee: 2026,
            plan: 'M57_A',
            niveauF: 'chapitre',
            niveauI: 'chapitre',
            articlesSpecialises,
            fongibiliteF: '7.5',
            fongibiliteI: '7.5',
          }),
        )
      expect(await regler(['6061'])).toBe('exercice.specialise')
      expect(await regler(['60612'])).toBe('accepté')
      await voterBudget(tx, qui, budgetId)
      expect((await lireDisponible(tx, budgetId, 2026, await achat(tx, budgetId)))!.cle).toBe('011/60612')
      // what was voted for electricity does not buy anything else
      expect(
        await refus(
          consommerCredits(tx, { organismeId: qui.organismeId, budgetId, exercice: 2026 }, [
            { imputation: await achat(tx, budgetId, '60622'), engage: cents('1'), mandate: cents('0') },
          ]),
        ),
      ).toBe('credit.absent')
    }))

  test('a forecast line takes no piece, an exercice in preparation neither', () =>
    essai(async (tx) => {
      const budgetId = await ouvrirBudget(tx, qui)
      const consommer = async (nature: string) =>
        refus(
          consommerCredits(tx, { organismeId: qui.organismeId, budgetId, exercice: 2026 }, [
            { imputation: await achat(tx, budgetId, nature), engage: cents('0'), mandate: cents('1') },
          ]),
        )
      expect(await consommer('60612')).toBe('exercice.ferme')
      await voterBudget(tx, qui, budgetId)
      expect(await consommer('023')).toBe('chapitre.sansExecution')
    }))

  test('whatever is asked, in whatever order, engaged and mandated never go over the vote', async () => {
    const budgetId = await inOrganisme(base, qui.organismeId, async (tx) => {
      const id = await ouvrirBudget(tx, qui)
      await voterBudget(tx, qui, id)
      return id
    })
    const i = await inOrganisme(base, qui.organismeId, (tx) => achat(tx, budgetId))
    const demande = fc.record({
      engage: fc.integer({ min: -1_500_000, max: 2_500_000 }),
      mandate: fc.integer({ min: -1_500_000, max: 2_500_000 }),
    })
    let accepted = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(demande, { minLength: 2, maxLength: 5 }), async (demandes) => {
        // several writers at once, each in its own transaction
        const done = await Promise.all(
          demandes.map(async (d) => {
            const r = await refus(
              inOrganisme(base, qui.organismeId, (tx) =>
                consommerCredits(tx, { organismeId: qui.organismeId, budgetId, exercice: 2026 }, [
                  { imputation: i, engage: BigInt(d.engage) as Centimes, mandate: BigInt(d.mandate) as Centimes },
                ]),
              ),
            )
            return r === 'accepté'
          }),
        )
        accepted += done.filter(Boolean).length
        refused += done.filter((x) => !x).length
        const d = await inOrganisme(base, qui.organismeId, (tx) => lireDisponible(tx, budgetId, 2026, i))
        expect(d!.disponible >= 0n).toBe(true)
        const articles = await inOrganisme(base, qui.organismeId, (tx) => listArticles(tx, budgetId, 2026))
        const chapitre = articles.filter((a) => a.chapitre === '011' && a.sens === 'D')
        expect(sum(chapitre.map((a) => a.engage))).toBe(d!.engage)
        expect(sum(chapitre.map((a) => a.mandate))).toBe(d!.mandate)
      }),
      { numRuns: 30 },
    )
    console.log(`crédits : ${accepted} mouvements acceptés, ${refused} refusés, jamais un dépassement`)
    expect(Math.min(accepted, refused)).toBeGreaterThan(1)
  })
})

describe('after any sequence of decisions', () => {
  const NATURES = ['60612', '60622', '65888', '6411', '2151', '2188'] as const
  const decision = fc.record({
    genre: fc.constantFrom('DM' as const, 'VC' as const),
    de: fc.constantFrom(...NATURES),
    vers: fc.constantFrom(...NATURES),
    montant: fc.integer({ min: 1, max: 900_000 }),
  })

  test('the sums are those of the credits, both sections stay balanced, no decision that is refused leaves a trace', async () => {
    const autre = await ouvrirOrganisme(base)
    let accepted = 0
    const refusals = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(decision, { minLength: 1, maxLength: 6 }), (decisions) =>
        essai(async (tx) => {
          const budgetId = await ouvrirBudget(tx, autre)
          await voterBudget(tx, autre, budgetId)
          for (const d of decisions) {
            const montant = inEuros(BigInt(d.montant) as Centimes)
            await sql`savepoint decision`.execute(tx)
            const code = await refus(
              voterBudget(tx, autre, budgetId, {
                genre: d.genre,
                lignes:
                  d.de === d.vers
                    ? [{ nature: d.de, sens: 'D', montant }]
                    : [
                        { nature: d.de, sens: 'D', montant: `-${montant}` },
                        { nature: d.vers, sens: 'D', montant },
                      ],
              }),
            )
            if (code === 'accepté') accepted++
            else {
              refusals.set(code, (refusals.get(code) ?? 0) + 1)
              await sql`rollback to savepoint decision`.execute(tx)
            }
          }
          const credits = await listCredits(tx, budgetId, 2026)
          const solde = (s: 'F' | 'I') =>
            sum(
              credits.filter((c) => c.section === s).map((c) => (c.sens === 'R' ? c.montant : -c.montant) as Centimes),
            )
          expect([solde('F'), solde('I')]).toEqual([0n, 0n])
          const { rows } = await sql<{ ecarts: number }>`
            with c as (select section, sens, chapitre, nature, sum(montant) as vote from app.finances_credit
                where budget_id = ${budgetId} group by 1, 2, 3, 4),
              a as (select section, sens, chapitre, nature, sum(vote) as vote from app.finances_article
                where budget_id = ${budgetId} group by 1, 2, 3, 4),
              k as (select section, sens, cle as chapitre, vote from app.finances_controle where budget_id = ${budgetId})
            select ((select count(*) from c full join a using (section, sens, chapitre, nature)
                where coalesce(c.vote, 0) <> coalesce(a.vote, 0))
              + (select count(*) from k full join
                (select section, sens, chapitre, sum(vote) as vote from c group by 1, 2, 3) x using (section, sens, chapitre)
                where coalesce(k.vote, 0) <> coalesce(x.vote, 0)))::int as ecarts`.execute(tx)
          expect(rows[0]!.ecarts).toBe(0)
        }, autre),
      ),
      { numRuns: 20 },
    )
    console.log(`décisions : ${accepted} acceptées, refus ${JSON.stringify(Object.fromEntries(refusals))}`)
    expect(accepted).toBeGreaterThan(3)
    expect([...refusals.keys()]).toEqual(expect.arrayContaining(['version.bloquee']))
  })
})
