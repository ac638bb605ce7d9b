-- Who asked the employer for paper, and until when: kept with its dates as a proof (code du travail D.3243-7).
create table app.coffre_opposition (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  personne_id uuid not null references app.acces_personne (id),
  recue_le date not null,
  effet_le date not null, -- three months after its receipt at the latest
  saisie_par_nom text not null,
  saisie_le timestamptz not null default now(),
  levee_le date,
  levee_par_nom text,
  primary key (organisme_id, id),
  check (effet_le >= recue_le and effet_le <= recue_le + interval '3 months'),
  check ((levee_le is null) = (levee_par_nom is null)),
  check (levee_le is null or levee_le >= recue_le),
  exclude using gist (organisme_id with =, personne_id with =, daterange(recue_le, levee_le) with &&)
);
alter table app.coffre_opposition enable row level security;
alter table app.coffre_opposition force row level security;
create policy organisme on app.coffre_opposition
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke delete on app.coffre_opposition from app_user;
