-- A variable entered in one month may belong to an earlier one, already paid: that month is computed again, and the
-- difference is paid in the month of entry, on lines that name the month of origin.
alter table app.paie_variable add column effet text
  check (effet is null or (effet ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' and effet < mois));
create index paie_variable_effet on app.paie_variable (organisme_id, effet, carriere_id) where effet is not null;

-- What the past owes to a later month: a paper that came after the cut-off, a career corrected after the pay.
create table app.paie_rappel (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'), -- month of pay that settles it; may not be open yet
  effet date not null,
  origine text not null check (origine in ('depotTardif', 'carriere', 'gestionnaire')),
  libelle text not null,
  piece_id uuid,
  etat text not null check (etat in ('aTraiter', 'saisi', 'recalcul', 'dansLeMois', 'sansSuite')),
  note text not null default '',
  ouvert_le timestamptz not null default now(),
  ouvert_par text not null,
  traite_le timestamptz,
  traite_par text,
  primary key (organisme_id, id),
  foreign key (organisme_id, piece_id) references app.paie_piece (organisme_id, id)
);
create index paie_rappel_mois on app.paie_rappel (organisme_id, mois);
create index paie_rappel_piece on app.paie_rappel (organisme_id, piece_id);
create table app.paie_rappel_carriere (
  organisme_id uuid not null,
  rappel_id uuid not null,
  carriere_id uuid not null,
  primary key (organisme_id, rappel_id, carriere_id),
  foreign key (organisme_id, rappel_id) references app.paie_rappel (organisme_id, id),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['paie_rappel', 'paie_rappel_carriere'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
revoke delete on app.paie_rappel, app.paie_rappel_carriere from app_user;
