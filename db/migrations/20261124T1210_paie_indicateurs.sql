-- Indicators of the service, one row by client and month in the agency's own body: written in the transactions of the
-- acts that change them, so that 24 months of a thousand bodies are read without opening one of them.
create table app.paie_indicateur (
  organisme_id uuid not null references app.organisme (id), -- the agency
  client uuid not null references app.organisme (id),
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  bulletins integer not null default 0,
  depots integer not null default 0,
  depots_a_temps integer not null default 0, -- on the last day of deposits at the latest
  depots_complets integer not null default 0, -- accepted as they came
  renvois integer not null default 0, -- sent back by the ordonnateur
  rappels integer not null default 0, -- elements of earlier months settled in this one
  corriges integer not null default 0, -- payslips of this month corrected after it was paid
  minutes integer, -- work of the officers in the dossier, from its history; null when nobody worked by hand
  maj_le timestamptz not null default now(),
  primary key (organisme_id, mois, client)
);
alter table app.paie_indicateur enable row level security;
alter table app.paie_indicateur force row level security;
create policy organisme on app.paie_indicateur using (organisme_id = app.organisme_courant());

-- the cockpit reads one month of all the clients, and the months that are known
create index paie_suivi_mois on app.paie_suivi (organisme_id, mois);
