-- Who must agree before an expense is engaged, by its amount; null: nobody else than who engages.
alter table app.finances_reglage
  add column seuil_finances numeric(15, 2) check (seuil_finances >= 0),
  add column seuil_ordonnateur numeric(15, 2) check (seuil_ordonnateur >= 0);

-- What a service asks to engage: its credit is reserved, and its number given, when it is granted.
create table app.finances_demande (
  organisme_id uuid not null,
  id uuid not null, -- that of the engagement once it is granted
  budget_id uuid not null,
  annee smallint not null,
  niveau text not null check (niveau in ('finances', 'ordonnateur')),
  etat text not null default 'demande' check (etat in ('demande', 'accorde', 'refuse')),
  montant numeric(15, 2) not null check (montant > 0),
  contenu jsonb not null, -- an engagement, see src/modules/finances/execution/contract.ts
  demande_par uuid,
  demande_par_nom text not null,
  demande_le timestamptz not null default now(),
  decide_par_nom text,
  decide_le timestamptz,
  motif text not null default '',
  primary key (organisme_id, id),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  check ((etat = 'demande') = (decide_le is null))
);
create index finances_demande_etat on app.finances_demande (organisme_id, etat) where etat = 'demande';
alter table app.finances_demande enable row level security;
alter table app.finances_demande force row level security;
create policy organisme on app.finances_demande using (organisme_id = app.organisme_courant());
revoke delete on app.finances_demande from app_user;
