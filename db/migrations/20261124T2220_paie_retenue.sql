-- Deductions that come back each month: seizures, alimonies, covers, loans, acomptes spread. Entered once from a paper;
-- ended by a date or by what remains due, never rewritten.
create table app.paie_retenue (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  carriere_id uuid not null,
  numero integer not null, -- names its line on the payslips
  type text not null check (type in ('pensionAlimentaire', 'saisieAdministrative', 'saisie', 'cession', 'acompte',
    'mutuelle', 'prevoyance', 'autre')),
  libelle text not null check (libelle <> ''),
  creancier text not null default '',
  mensuel numeric(15, 2) check (mensuel > 0),
  total numeric(15, 2) check (total > 0), -- what is due in all; null when it has no end but its date
  personnes_a_charge integer not null default 0 check (personnes_a_charge between 0 and 20),
  part_patronale numeric(15, 2) check (part_patronale > 0),
  depuis date not null,
  jusqua date check (jusqua >= depuis),
  source text not null check (source <> ''),
  piece_id uuid,
  saisie_le timestamptz not null default now(),
  saisie_par text not null,
  finie_le timestamptz,
  finie_par text,
  primary key (organisme_id, id),
  unique (organisme_id, numero),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id),
  foreign key (organisme_id, piece_id) references app.paie_piece (organisme_id, id),
  check (mensuel is not null or total is not null)
);
create index paie_retenue_carriere on app.paie_retenue (organisme_id, carriere_id);
alter table app.paie_retenue enable row level security;
alter table app.paie_retenue force row level security;
create policy organisme on app.paie_retenue using (organisme_id = app.organisme_courant());
revoke delete, update on app.paie_retenue from app_user;
grant update (jusqua, finie_le, finie_par) on app.paie_retenue to app_user;
