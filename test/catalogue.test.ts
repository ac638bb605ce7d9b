import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { baseDEssai } from '#socle/db/essai.ts'

const base = await baseDEssai()
afterAll(() => base.close())

/** The rules of a shared database, read in the catalog: isolation today, distribution by body tomorrow. */
const RULES: Record<string, string> = {
  'key or exclusion without organisme_id': `select d.relname || '.' || k.conname from d join pg_constraint k
    on k.conrelid = d.oid and k.contype in ('p', 'u', 'x') where not (d.attnum = any (k.conkey))`,
  'unique index without organisme_id': `select d.relname || '.' || i.indexrelid::regclass from d join pg_index i
    on i.indrelid = d.oid and i.indisunique where not (d.attnum = any (i.indkey::int2[]))
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
  'foreign key between tenant tables without organisme_id on both sides': `select d.relname || '.' || k.conname
    from d join pg_constraint k on k.conrelid = d.oid and k.contype = 'f' join d r on r.oid = k.confrelid
    where not exists (select from unnest(k.conkey, k.confkey) u(a, b) where a = d.attnum and b = r.attnum)`,
  'foreign key action that would change organisme_id': `select d.relname || '.' || k.conname from d join pg_constraint k
    on k.conrelid = d.oid and k.contype = 'f' and d.attnum = any (k.conkey)
    where k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd', 'c')`,
  'reference table that points at a tenant table': `select k.conrelid::regclass || '.' || k.conname from pg_constraint k
    join d r on r.oid = k.confrelid join t on t.oid = k.conrelid and t.attnum is null where k.contype = 'f'`,
  'row level security not enabled and forced': `select relname::text from d where not (relrowsecurity and relforcerowsecurity)`,
  'no policy': `select relname::text from d where not exists (select from pg_policy p where p.polrelid = d.oid)`,
  'policy with a subquery': `select d.relname || '.' || p.polname from d join pg_policy p on p.polrelid = d.oid
    where coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') ~* '\\mselect\\M'`,
  'trigger on a tenant table': `select d.relname || '.' || g.tgname from d join pg_trigger g on g.tgrelid = d.oid and not g.tgisinternal`,
  'organisme_id of another type': `select relname::text from d where atttypid <> 'uuid'::regtype`,
  'view without security_invoker': `select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    and n.nspname = 'app' where c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)`,
  'materialized view': `select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    and n.nspname = 'app' where c.relkind = 'm'`,
  'security definer function': `select p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    and n.nspname = 'app' where p.prosecdef`,
  'short sequence on a tenant table': `select d.relname || '.' || a.attname from d join pg_attribute a on a.attrelid = d.oid
    and a.attnum > 0 and a.atttypid in ('int2'::regtype, 'int4'::regtype) where a.attidentity <> ''
    or exists (select from pg_attrdef f where f.adrelid = d.oid and f.adnum = a.attnum and pg_get_expr(f.adbin, f.adrelid) like 'nextval%')`,
  'application role too strong': `select r.rolname::text from pg_roles r where r.rolname = 'app_user' and (r.rolsuper
    or r.rolbypassrls or exists (select from pg_class c join t on t.oid = c.oid where c.relowner = r.oid)
    or exists (select from t where has_table_privilege('app_user', t.oid, 'TRUNCATE')))`,
  'table of a person without forced row level security': `select c.relname::text from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'app' where c.relkind = 'r' and c.relname like 'coffre%'
    and not (c.relrowsecurity and c.relforcerowsecurity)`,
}

const WITH = `with t as (
  select c.oid, c.relname, c.relowner, c.relrowsecurity, c.relforcerowsecurity, a.attnum, a.atttypid from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisme_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and n.nspname = 'app'),
  d as (select * from t where attnum is not null)`

test('there are tenant tables to read', async () => {
  const { rows } = await sql.raw<{ n: number }>(`${WITH} select count(*)::int as n from d`).execute(base.kysely)
  expect(rows[0]!.n).toBeGreaterThan(25)
})

test.each(Object.entries(RULES))('no %s', async (_, rule) => {
  const { rows } = await sql.raw<Record<string, string>>(`${WITH} ${rule}`).execute(base.kysely)
  expect(rows.map((r) => Object.values(r)[0])).toEqual([])
})
