-- A person is nobody's employee here: the safe, the account and the careers point at her, whoever employs her.
create table app.acces_personne (
  id uuid primary key,
  nom text not null check (nom <> ''),
  prenom text not null default '',
  courriel text
);

create table app.acces_compte (
  id uuid primary key,
  personne_id uuid not null unique references app.acces_personne (id),
  identifiant text not null unique check (identifiant = lower(identifiant)),
  empreinte text not null, -- argon2id
  est_actif boolean not null default true,
  cree_le timestamptz not null default now()
);

create table app.acces_session (
  -- SHA-256 of the cookie: a copy of this table opens no session
  empreinte text primary key,
  id uuid not null unique,
  compte_id uuid not null references app.acces_compte (id),
  jeton_csrf text not null,
  appareil text not null default '',
  adresse text not null default '',
  creee_le timestamptz not null default now(),
  vue_le timestamptz not null default now(),
  expire_le timestamptz not null,
  revoquee_le timestamptz
);
create index acces_session_compte on app.acces_session (compte_id);

-- Failed sign-ins by identifiant and by address: each failure doubles the wait.
create table app.acces_frein (
  cle text primary key,
  echecs integer not null,
  libre_le timestamptz not null
);

-- A membership is seen from its body, or by the person herself.
create table app.acces_appartenance (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  personne_id uuid not null references app.acces_personne (id),
  role text not null,
  depuis date not null default current_date,
  jusqua date,
  primary key (organisme_id, id),
  unique (organisme_id, personne_id, role, depuis),
  check (jusqua is null or jusqua > depuis)
);
create index acces_appartenance_personne on app.acces_appartenance (personne_id);
alter table app.acces_appartenance enable row level security;
alter table app.acces_appartenance force row level security;
create policy organisme on app.acces_appartenance
  using (organisme_id = app.organisme_courant() or personne_id = app.personne_courante())
  with check (organisme_id = app.organisme_courant());

-- Portfolios of the agency's officers, and their dated replacements: rows of the agency's own body.
create table app.acces_portefeuille (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  nom text not null,
  gestionnaire_id uuid not null references app.acces_personne (id),
  primary key (organisme_id, id)
);
create table app.acces_portefeuille_client (
  organisme_id uuid not null,
  client uuid not null references app.organisme (id),
  portefeuille_id uuid not null,
  primary key (organisme_id, client), -- a body is in one portfolio only
  foreign key (organisme_id, portefeuille_id) references app.acces_portefeuille (organisme_id, id)
);
create table app.acces_remplacement (
  organisme_id uuid not null,
  id uuid not null,
  portefeuille_id uuid not null,
  remplacant_id uuid not null references app.acces_personne (id),
  depuis date not null,
  jusqua date not null check (jusqua > depuis),
  motif text not null default '',
  primary key (organisme_id, id),
  foreign key (organisme_id, portefeuille_id) references app.acces_portefeuille (organisme_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['acces_portefeuille', 'acces_portefeuille_client', 'acces_remplacement'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
