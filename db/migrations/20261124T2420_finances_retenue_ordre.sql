-- Guarantee kept on the payments of a contract: a mandat of its own (NatPce 12), paid when it is released or when a bank
-- guarantee takes its place.
create table app.finances_retenue (
  organisme_id uuid not null,
  id uuid not null, -- that of the liquidation of the guarantee
  principale_id uuid not null, -- the piece that it was kept on
  tiers_id uuid not null,
  marche text not null,
  montant numeric(15, 2) not null check (montant > 0),
  etat text not null default 'retenue' check (etat in ('retenue', 'liberee', 'substituee')),
  recue_le date, -- reception of the works
  garant text not null default '',
  reference text not null default '',
  motif text not null default '',
  decide_le date,
  decide_par_nom text,
  primary key (organisme_id, id),
  foreign key (organisme_id, id) references app.finances_liquidation (organisme_id, id),
  foreign key (organisme_id, principale_id) references app.finances_liquidation (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id),
  check ((etat = 'retenue') = (decide_le is null)),
  check (etat <> 'substituee' or (garant <> '' and reference <> ''))
);

-- An operation of ordre that waits for the signature of the ordonnateur: its two pieces are made then, together.
create table app.finances_ordre_prepare (
  organisme_id uuid not null,
  id uuid not null, -- that of the operation once it is signed
  budget_id uuid not null,
  annee smallint not null,
  etat text not null default 'prepare' check (etat in ('prepare', 'passe', 'abandonne')),
  contenu jsonb not null, -- see src/modules/finances/execution/http/ordre/contract.ts
  prepare_par_nom text not null,
  prepare_le timestamptz not null default now(),
  primary key (organisme_id, id),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee)
);

do $$
declare t text;
begin
  foreach t in array array['finances_retenue', 'finances_ordre_prepare'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
    execute format('revoke delete on app.%I from app_user', t);
  end loop;
end
$$;
