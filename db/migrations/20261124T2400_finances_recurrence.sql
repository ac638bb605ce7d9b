-- Expenses that come back (rents, subscriptions, contracts): a model, its rhythm, its prices. A due date becomes a
-- liquidation of source 'recurrence', whose key names it: it is entered once.
create table app.finances_recurrence (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  tiers_id uuid not null,
  libelle text not null check (btrim(libelle) <> ''),
  reference text not null default '', -- of the contract
  mois_entre smallint not null check (mois_entre in (1, 2, 3, 4, 6, 12)),
  premiere date not null,
  derniere date check (derniere >= premiere), -- last due date of the contract
  contenu jsonb not null, -- see src/modules/finances/execution/http/recurrences/contract.ts
  cree_par_nom text not null,
  cree_le timestamptz not null default now(),
  primary key (organisme_id, id),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id)
);
create index finances_recurrence_budget on app.finances_recurrence (organisme_id, budget_id);
create index finances_recurrence_tiers on app.finances_recurrence (organisme_id, tiers_id);

-- A price holds from its date on; an older due date keeps the price that it had.
create table app.finances_recurrence_prix (
  organisme_id uuid not null,
  recurrence_id uuid not null,
  depuis date not null,
  ht numeric(15, 2) not null check (ht > 0),
  tva numeric(15, 2) not null default 0 check (tva >= 0),
  motif text not null default '',
  saisi_par_nom text not null,
  saisi_le timestamptz not null default now(),
  primary key (organisme_id, recurrence_id, depuis),
  foreign key (organisme_id, recurrence_id) references app.finances_recurrence (organisme_id, id)
);

-- A due date that will not be paid, with its reason.
create table app.finances_recurrence_saut (
  organisme_id uuid not null,
  recurrence_id uuid not null,
  le date not null,
  motif text not null check (btrim(motif) <> ''),
  par_nom text not null,
  note_le timestamptz not null default now(),
  primary key (organisme_id, recurrence_id, le),
  foreign key (organisme_id, recurrence_id) references app.finances_recurrence (organisme_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['finances_recurrence', 'finances_recurrence_prix', 'finances_recurrence_saut'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
revoke delete on app.finances_recurrence from app_user;
revoke update, delete on app.finances_recurrence_prix, app.finances_recurrence_saut from app_user;
