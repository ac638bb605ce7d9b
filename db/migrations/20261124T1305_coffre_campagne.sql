-- Campaigns of integrity over everything that is stored: rows of the agency. They name receipts and owners, no content.
create table app.coffre_campagne (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  lancee_par_nom text not null,
  lancee_le timestamptz not null default now(),
  finie_le timestamptz,
  proprietaires integer not null default 0, -- to control
  faits integer not null default 0,
  controles integer not null default 0, -- documents
  dernier text not null default '', -- the last owner controlled: a campaign that was cut goes on from there
  primary key (organisme_id, id)
);
create table app.coffre_campagne_constat (
  organisme_id uuid not null,
  campagne_id uuid not null,
  proprietaire text not null,
  reference text not null, -- the receipt
  constat text not null check (constat in ('corrompu', 'absent')),
  primary key (organisme_id, campagne_id, proprietaire, reference),
  foreign key (organisme_id, campagne_id) references app.coffre_campagne (organisme_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['coffre_campagne', 'coffre_campagne_constat'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant())', t);
    execute format('revoke delete on app.%I from app_user', t);
  end loop;
end
$$;
revoke update on app.coffre_campagne_constat from app_user;
