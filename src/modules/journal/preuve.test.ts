import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import { baseDEssai, organismeDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { readPreuves } from './actions/exporter.ts'
import { scellerJournaux } from './actions/sceller.ts'
import { verifierJournal } from './actions/verifier.ts'
import { openAutorite } from './essai/autorite.ts'
import { SECRETAIRE } from './essai/personnes.ts'
import { horodater, lireJeton } from './exchange/horodatage.ts'
import { inscrire } from './index.ts'

let autorite: Awaited<ReturnType<typeof openAutorite>>
beforeAll(async () => {
  autorite = await openAutorite()
})
afterAll(() => autorite.fermer())

let base: Base
const [agence, commune] = [newId<'Organisme'>(), newId<'Organisme'>()]
beforeEach(async () => {
  base = await baseDEssai()
  await organismeDEssai(base, { id: agence, type: 'agence' })
  await organismeDEssai(base, { id: commune })
  for (const organisme of [agence, commune]) await ecrire(organisme, 6)
})
afterEach(() => base.close())

const ecrire = (organisme: string, combien: number) =>
  inOrganisme(base, organisme, async (tx) => {
    for (let i = 0; i < combien; i++)
      await inscrire(tx, organisme, SECRETAIRE, { acte: 'agent.modifier', detail: { nom: `Éloïse n° ${i}` } })
  })

/** Somebody who owns the database, and every right in it. */
async function alterer(ordre: string): Promise<void> {
  await sql.raw('alter table app.journal_ecriture no force row level security').execute(base.kysely)
  await sql.raw('alter table app.journal_tete no force row level security').execute(base.kysely)
  await sql.raw(ordre.replaceAll(':commune', `'${commune}'`)).execute(base.kysely)
  await sql.raw('alter table app.journal_ecriture force row level security').execute(base.kysely)
  await sql.raw('alter table app.journal_tete force row level security').execute(base.kysely)
}
const ruptures = async () => (await verifierJournal(base)).ruptures.map((r) => [r.nature, r.numero])

test('an untouched journal has nothing to tell', async () => {
  await scellerJournaux(base, autorite.url)
  expect(await verifierJournal(base)).toMatchObject({ organismes: 2, ecritures: 12, bordereaux: 1, ruptures: [] })
})

describe('somebody who owns the database is caught', () => {
  test.each([
    [
      'a change',
      `update app.journal_ecriture set evenement = replace(evenement, 'n° 2', 'n° 9') where organisme_id = :commune and numero = 3`,
      [['modifiee', 3]],
    ],
    [
      'a removal',
      'delete from app.journal_ecriture where organisme_id = :commune and numero in (2, 3)',
      [['absente', 2]],
    ],
    [
      'the removal of the last',
      'delete from app.journal_ecriture where organisme_id = :commune and numero > 4',
      [['absente', 5]],
    ],
    [
      'an insertion at the end',
      `insert into app.journal_ecriture (organisme_id, numero, evenement, empreinte)
       select organisme_id, 7, evenement, empreinte from app.journal_ecriture where organisme_id = :commune and numero = 6`,
      [
        ['modifiee', 7],
        ['ajoutee', 7],
      ],
    ],
    [
      'an insertion in the middle, the rest pushed down',
      `update app.journal_ecriture set numero = numero + 100 where organisme_id = :commune and numero > 3;
       update app.journal_ecriture set numero = numero - 99 where organisme_id = :commune and numero > 100;
       insert into app.journal_ecriture (organisme_id, numero, evenement, empreinte)
       select organisme_id, 4, evenement, empreinte from app.journal_ecriture where organisme_id = :commune and numero = 1`,
      [
        ['modifiee', 4],
        ['modifiee', 5],
        ['ajoutee', 7],
      ],
    ],
    [
      'two entries exchanged',
      `update app.journal_ecriture set numero = 7 - numero + 100 where organisme_id = :commune and numero in (3, 4);
       update app.journal_ecriture set numero = numero - 100 where organisme_id = :commune and numero > 100`,
      [
        ['modifiee', 3],
        ['modifiee', 4],
        ['modifiee', 5],
      ],
    ],
    [
      'a column that says something else',
      `alter table app.journal_ecriture alter column nom drop expression;
       update app.journal_ecriture set nom = 'Un autre' where organisme_id = :commune and numero = 2`,
      [['colonnes', 2]],
    ],
    [
      'a whole journal removed, head included',
      'delete from app.journal_ecriture where organisme_id = :commune; delete from app.journal_tete where organisme_id = :commune',
      [['scellement', 6]],
    ],
    [
      'the whole chain computed again after a change',
      `do $$
       declare e record; h text := repeat('0', 64);
       begin
         update app.journal_ecriture set evenement = replace(evenement, 'n° 2', 'n° 9') where organisme_id = :commune;
         for e in select * from app.journal_ecriture where organisme_id = :commune order by numero loop
           h := encode(sha256(convert_to(h || E'\\n' || e.evenement, 'UTF8')), 'hex');
           update app.journal_ecriture set empreinte = h where organisme_id = :commune and numero = e.numero;
         end loop;
         update app.journal_tete set empreinte = h where organisme_id = :commune;
       end $$`,
      [['scellement', 6]],
    ],
  ])('%s', async (_, ordre, attendu) => {
    await scellerJournaux(base, autorite.url)
    for (const o of ordre.startsWith('do $$') ? [ordre] : ordre.split(';')) await alterer(o)
    const trouve = await ruptures()
    for (const a of attendu) expect(trouve).toContainEqual(a)
  })

  test('a seal removed, changed, or given another time', async () => {
    await scellerJournaux(base, autorite.url)
    await ecrire(commune, 1)
    await scellerJournaux(base, autorite.url)
    expect(await ruptures()).toEqual([])
    await sql`update app.journal_bordereau set date_le = date_le - interval '1 day' where rang = 2`.execute(base.kysely)
    expect(await ruptures()).toEqual([['jeton', 2]])
    await sql`update app.journal_bordereau set texte = texte || ' ' where rang = 2`.execute(base.kysely)
    expect(await ruptures()).toEqual([
      ['modifiee', 2],
      ['jeton', 2],
    ])
    await sql`delete from app.journal_bordereau where rang = 1`.execute(base.kysely)
    expect((await ruptures())[0]).toEqual(['absente', 2])
  })
})

describe('the daily seal', () => {
  test('asks once for all the bodies, and not at all when nothing moved', async () => {
    const avant = autorite.demandes()
    const premier = await scellerJournaux(base, autorite.url)
    expect(premier!.texte.split('\n').slice(3, -1)).toHaveLength(2)
    expect(await scellerJournaux(base, autorite.url)).toBeUndefined()
    await ecrire(commune, 1)
    const second = await scellerJournaux(base, autorite.url)
    expect(second!.texte).toContain(`precedent ${premier!.empreinte}`)
    expect(autorite.demandes() - avant).toBe(2)
  })

  test('an authority that does not answer, or answers something else, leaves no seal', async () => {
    await expect(scellerJournaux(base, 'http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'journal.horodatage' })
    const { jeton } = await horodater(autorite.url, Buffer.from('un texte'))
    await expect(lireJeton(jeton, Buffer.from('un autre texte'))).rejects.toThrow(/autre texte/)
    const abime = Buffer.from(jeton)
    abime[abime.length - 5]! ^= 1
    await expect(lireJeton(abime, Buffer.from('un texte'))).rejects.toMatchObject({ code: 'journal.horodatage' })
    await expect(lireJeton(Buffer.from('bonjour'), Buffer.from('un texte'))).rejects.toThrow(/illisible/)
    expect((await verifierJournal(base)).bordereaux).toBe(0)
  })
})

describe('the export is verified by openssl alone', () => {
  const dossiers: string[] = []
  afterAll(() => {
    for (const d of dossiers) rmSync(d, { recursive: true, force: true })
  })
  async function exporter(plage?: { de?: number; a?: number }) {
    const dossier = mkdtempSync(join(tmpdir(), 'bosquet-export-'))
    dossiers.push(dossier)
    for (const f of await readPreuves(base, commune, plage)) {
      mkdirSync(dirname(join(dossier, f.chemin)), { recursive: true })
      writeFileSync(join(dossier, f.chemin), f.octets)
    }
    return dossier
  }
  const verifier = (dossier: string, ...args: string[]) => {
    const r = spawnSync('sh', [join(dossier, 'verifier.sh'), ...args], { encoding: 'utf8' })
    return { code: r.status, sortie: r.stdout }
  }

  test('whole, or from the middle, with its timestamp', async () => {
    await scellerJournaux(base, autorite.url)
    for (const plage of [undefined, { de: 4 }, { de: 2, a: 6 }])
      expect(verifier(await exporter(plage), autorite.racine)).toMatchObject({ code: 0 })
    const sans = verifier(await exporter())
    expect(sans).toMatchObject({ code: 0 })
    expect(sans.sortie).toMatch(/Time stamp: .*20\d\d/)
    const direct = execFileSync(
      'openssl',
      ['ts', '-verify', '-data', '000001.txt', '-in', '000001.tsr', '-CAfile', autorite.racine],
      { cwd: join(await exporter(), 'bordereaux'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    )
    expect(direct).toContain('Verification: OK')
  })

  test('a change, a removal, an insertion, a false seal are found', async () => {
    await scellerJournaux(base, autorite.url)
    const fausser = async (fichier: string, change: (texte: string) => string) => {
      const dossier = await exporter()
      const chemin = join(dossier, fichier)
      writeFileSync(chemin, change(readFileSync(chemin, 'utf8')))
      return verifier(dossier, autorite.racine)
    }
    const sansLigne = (n: number) => (t: string) =>
      t
        .split('\n')
        .filter((_, i) => i !== n)
        .join('\n')
    for (const [fichier, change] of [
      ['journal.jsonl', (t: string) => t.replace('n° 3', 'n° 8')],
      ['journal.jsonl', sansLigne(2)],
      ['journal.jsonl', (t: string) => `${t}${t.split('\n')[0]}\n`],
      ['empreintes.txt', sansLigne(5)],
      ['depart.txt', (t: string) => t.replace('0', '1')],
      ['bordereaux/000001.txt', (t: string) => t.replace(/6 [0-9a-f]/, '5 0')],
    ] as const) {
      const r = await fausser(fichier, change)
      expect([fichier, r.code, r.sortie]).toEqual([fichier, 1, expect.stringContaining('FAUTE')])
    }
  })
})
