-- Who held which portfolio, and which body was in it, from when to when. The tables of before say what is true today.
create table app.acces_portefeuille_tenue (
  organisme_id uuid not null,
  id uuid not null,
  portefeuille_id uuid not null,
  gestionnaire_id uuid references app.acces_personne (id), -- held by this officer
  client uuid references app.organisme (id), -- or: this body was in it
  depuis date, -- null: since before this table
  jusqua date,
  par_nom text not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, portefeuille_id) references app.acces_portefeuille (organisme_id, id),
  check ((gestionnaire_id is null) <> (client is null)),
  check (jusqua is null or jusqua >= depuis)
);
create unique index acces_portefeuille_tenue_gestionnaire on app.acces_portefeuille_tenue (organisme_id, portefeuille_id)
  where jusqua is null and client is null;
create unique index acces_portefeuille_tenue_client on app.acces_portefeuille_tenue (organisme_id, client)
  where jusqua is null and client is not null;
alter table app.acces_portefeuille_tenue enable row level security;
alter table app.acces_portefeuille_tenue force row level security;
create policy organisme on app.acces_portefeuille_tenue
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke delete on app.acces_portefeuille_tenue from app_user;
