-- A flux of many pieces is written by a job: where it is, for the screen that waits.
create table app.finances_generation (
  organisme_id uuid not null,
  bordereau_id uuid not null,
  etat text not null default 'attente' check (etat in ('attente', 'enCours', 'fait', 'echec')),
  fait integer not null default 0,
  total integer not null default 0,
  message text not null default '',
  demande_par uuid,
  demande_par_nom text not null,
  demande_le timestamptz not null default now(),
  primary key (organisme_id, bordereau_id),
  foreign key (organisme_id, bordereau_id) references app.finances_bordereau (organisme_id, id)
);
alter table app.finances_generation enable row level security;
alter table app.finances_generation force row level security;
create policy organisme on app.finances_generation using (organisme_id = app.organisme_courant());
revoke delete on app.finances_generation from app_user;
