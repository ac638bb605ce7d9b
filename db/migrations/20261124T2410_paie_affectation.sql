-- Where the pay of a post is charged from a month on: shares of a budget and a function that make one hundred percent.
-- A post without a row is charged to the main budget.
create table app.paie_affectation (
  organisme_id uuid not null,
  carriere_id uuid not null,
  depuis text not null check (depuis ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  parts jsonb not null check (jsonb_typeof(parts) = 'array' and jsonb_array_length(parts) > 0),
  saisie_par_nom text not null,
  saisie_le timestamptz not null default now(),
  primary key (organisme_id, carriere_id, depuis),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id)
);
alter table app.paie_affectation enable row level security;
alter table app.paie_affectation force row level security;
create policy organisme on app.paie_affectation using (organisme_id = app.organisme_courant());
revoke delete on app.paie_affectation from app_user;
