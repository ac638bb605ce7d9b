import { sql } from 'kysely'
import { euros } from '#socle/argent.ts'
import { type Jour, jour } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { organismeDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { ouvrirCredits } from '../budget/db/credits.ts'
import { lireImputation } from '../budget/db/exercices.ts'
import { empreinteOf, envoyerBordereau, lockBordereau, signerBordereau } from './actions/bordereaux.ts'
import { liquider } from './actions/liquider.ts'
import { deciderCompte, enregistrerTiers, proposerCompte } from './actions/tiers.ts'
import { type LiquidationSaisie, zContenu, zTiersSaisi } from './contract.ts'
import type { Auteur } from './db/commun.ts'
import { listOfBordereau } from './db/contexte.ts'
import type { Sens } from './domain/controler.ts'

export const LE = jour('2025-03-10')
export type Commune = Awaited<ReturnType<typeof installCommune>>

/** One body with a budget of 2025 and its credits: what the tests of the chain start from. */
export async function installCommune(base: Base, credits: Record<string, string> = { '60612': '10000.00' }) {
  const organismeId = await organismeDEssai(base)
  const budgetId = newId<'Budget'>()
  const auteur: Auteur = { organismeId, personneId: newId(), nom: 'Secrétaire' }
  const second: Auteur = { organismeId, personneId: newId(), nom: 'Adjointe' }
  const tiersId = newId<'Tiers'>()
  const compteId = newId<'CompteBancaire'>()
  const cadre = { budgetId: budgetId as string, annee: 2025 }
  const run = <T>(fn: (tx: Tx) => Promise<T>) => inOrganisme(base, organismeId, fn)
  await run(async (tx) => {
    await sql`insert into app.finances_budget (organisme_id, id, code, libelle, est_principal, siret)
      values (${organismeId}, ${budgetId}, '00', 'Budget principal', true, '21400001000014')`.execute(tx)
    await sql`insert into app.finances_exercice (organisme_id, budget_id, annee, plan, plan_annee, etat)
      values (${organismeId}, ${budgetId}, 2025, 'M57_A', 2024, 'ouvert')`.execute(tx)
    const lignes = await Promise.all(
      Object.entries(credits).map(async ([nature, vote]) => ({
        imputation: await lireImputation(tx, { budgetId, exercice: 2025, nature, sens: 'D' }),
        vote: euros(vote),
      })),
    )
    await ouvrirCredits(tx, { organismeId, budgetId, exercice: 2025 }, lignes)
    await enregistrerTiers(
      tx,
      auteur,
      tiersId,
      zTiersSaisi.parse({
        categorie: '60',
        natureJuridique: '03',
        nom: 'Électricité des pins',
        siret: '214 000 010 00014',
        codePostal: '40000',
        ville: 'Mont-de-Marsan',
      }),
    )
    await proposerCompte(tx, auteur, tiersId, {
      id: compteId,
      iban: 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      titulaire: 'Électricité des pins',
      origine: 'RIB',
    })
    await deciderCompte(tx, second, compteId, { acte: 'accepter', motif: '' })
  })
  const piece = (
    montant: string,
    change: Partial<Omit<LiquidationSaisie, 'contenu'>> & { contenu?: object } = {},
  ): LiquidationSaisie => ({
    id: newId<'Liquidation'>(),
    objet: 'Électricité de la mairie',
    tiersId,
    ...change,
    contenu: zContenu.parse({
      compteBancaireId: compteId,
      lignes: [{ nature: '60612', ht: montant }],
      ...change.contenu,
    }),
  })
  return {
    organismeId,
    budgetId,
    auteur,
    second,
    tiersId,
    compteId,
    cadre,
    run,
    piece,
    /** From the entry to the signature. */
    async poser(pieces: LiquidationSaisie[], { sens = 'D', le = LE }: { sens?: Sens; le?: Jour } = {}) {
      const id = newId<'Bordereau'>()
      await run(async (tx) => {
        await liquider(tx, auteur, cadre, sens, pieces)
        await envoyerBordereau(
          tx,
          auteur,
          id,
          pieces.map((p) => p.id),
          le,
        )
      })
      return { id, ...(await signer(run, auteur, id, le)) }
    },
    signer: (id: string, le = LE) => signer(run, auteur, id, le),
    async credit(cle = '011') {
      const { rows } = await run((tx) =>
        sql<{ vote: string; engage: string; mandate: string }>`
        select vote, engage, mandate from app.finances_controle where cle = ${cle} and sens = 'D'`.execute(tx),
      )
      return rows[0]
    },
  }
}
const signer = (run: <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>, auteur: Auteur, id: string, le: Jour) =>
  run(async (tx) => {
    const b = await lockBordereau(tx, id)
    return signerBordereau(tx, auteur, id, { empreinte: empreinteOf(b, await listOfBordereau(tx, id)), le })
  })
