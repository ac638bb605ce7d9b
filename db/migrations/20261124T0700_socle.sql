-- The application role: it owns nothing, bypasses nothing. Roles belong to the whole server,
-- so another Bosquet database beside this one may have created it already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'app_user') then
    create role app_user nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  execute format('grant app_user to %I', current_user);
exception when others then null; -- a superuser needs no grant
end
$$;

create extension if not exists btree_gist; -- exclusion constraints on (uuid, daterange)

grant usage on schema app to app_user;
alter default privileges in schema app grant select, insert, update, delete on tables to app_user;
alter default privileges in schema app grant usage on sequences to app_user;

-- The three contexts that row level security reads. Absent or empty gives null, and null shows no row.
create function app.organisme_courant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.organisme_id', true), '')::uuid $$;
create function app.personne_courante() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.personne_id', true), '')::uuid $$;
