import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openCleMaitre, openDepot } from '#modules/documents/index.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { deuxClients, reduireDemonstration } from '../../../../test/plateforme.ts'
import { completeDemonstration, installDemonstration } from '../actions/installer.ts'
import { organismesDesFinances } from './index.ts'

test('a year of operations in the commune and the communauté: balanced, answered, some still to do, made once', async () => {
  const donnees = mkdtempSync(join(tmpdir(), 'bosquet-annee-'))
  const base = await baseDEssai()
  const depot = openDepot({ dossier: join(donnees, 'documents'), cleMaitre: openCleMaitre(donnees).secret, seul: true })
  const d = reduireDemonstration(deuxClients)
  await installDemonstration(base, depot, { build: () => d })
  const suite = { base, depot, courrier: {} as never }
  expect(await completeDemonstration(suite, 'demonstration.finances')).toBe(true)

  const lire = (organismeId: string) =>
    inOrganisme(base, organismeId, async (tx) => {
      const { rows } = await sql<Record<string, number>>`select
        (select count(*)::int from app.finances_piece) as pieces,
        (select count(distinct type_bordereau)::int from app.finances_bordereau) as sortes,
        (select count(*)::int from app.finances_bordereau where etat = 'aViser') as "aViser",
        (select count(*)::int from app.finances_bordereau where etat = 'accepte') as acceptes,
        (select count(*)::int from app.finances_recurrence) as contrats,
        (select count(*)::int from app.finances_retenue where recue_le is not null) as retenues,
        (select count(*)::int from app.finances_ordre_prepare where etat = 'prepare') as ordres,
        (select count(*)::int from app.finances_dette_suivi where etat = 'soldee') as "dettesPayees",
        (select count(*)::int from app.finances_role where etat = 'aViser') as "rolesASigner",
        (select count(*)::int from app.finances_piece_suivi where regle > ttc) as "tropRegle",
        (select count(*)::int from app.finances_facture where etat = 'recue') as "facturesEnAttente"`.execute(tx)
      return rows[0]!
    })
  const organismes = organismesDesFinances(d).map((o) => o.organisme.id)
  const lus = await Promise.all(organismes.map(lire))
  expect(lus).toHaveLength(2)
  for (const o of lus) {
    expect(o.pieces).toBeGreaterThan(300)
    expect(o.aViser).toBeGreaterThan(0)
    expect(o.acceptes).toBeGreaterThan(20)
    expect(o.facturesEnAttente).toBeGreaterThanOrEqual(5)
    expect(o.dettesPayees).toBeGreaterThanOrEqual(10)
    expect([o.rolesASigner, o.tropRegle]).toEqual([1, 0])
    expect(o.contrats).toBeGreaterThan(1)
    expect(o.retenues).toBe(1)
    expect(o.ordres).toBeGreaterThan(0)
  }
  expect(await completeDemonstration(suite, 'demonstration.finances')).toBe(false)
  expect(await Promise.all(organismes.map(lire))).toEqual(lus)
  await base.close()
  rmSync(donnees, { recursive: true, force: true })
}, 180_000)
