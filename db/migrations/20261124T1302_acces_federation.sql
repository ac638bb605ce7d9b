-- Identity providers of the installation: ProConnect for those who work, FranceConnect for the holders of safes.
create table app.acces_fournisseur (
  nature text primary key check (nature in ('proconnect', 'franceconnect')),
  emetteur text not null check (emetteur ~ '^https?://'),
  client_id text not null check (client_id <> ''),
  secret text not null, -- sealed by the key of the installation
  niveaux text[] not null default '{}', -- acr values that are worth a second factor
  userinfo_signe boolean not null default false,
  est_actif boolean not null default false,
  modifie_le timestamptz not null default now(),
  modifie_par_nom text not null
);

-- Who a person is for a provider. The memberships are ours: what a provider says of an employer is a hint only.
create table app.acces_identite (
  fournisseur text not null references app.acces_fournisseur (nature),
  sujet text not null,
  compte_id uuid not null references app.acces_compte (id),
  courriel text,
  siret text,
  cree_le timestamptz not null default now(),
  vue_le timestamptz not null default now(),
  primary key (fournisseur, sujet),
  unique (fournisseur, compte_id)
);
create index acces_identite_compte on app.acces_identite (compte_id);

-- A sign-in that has left for a provider and is not back: it belongs to one browser, and serves once.
create table app.acces_depart (
  empreinte text primary key, -- SHA-256 of a cookie of that browser
  fournisseur text not null references app.acces_fournisseur (nature),
  etat text not null,
  nonce text not null,
  verificateur text not null, -- PKCE
  retour text not null, -- redirect_uri
  suite text not null,
  compte_id uuid references app.acces_compte (id), -- who links this provider to her account
  expire_le timestamptz not null
);

-- What the provider needs to close its own session with ours.
alter table app.acces_session
  add column fournisseur text references app.acces_fournisseur (nature),
  add column jeton_identite text; -- the ID token, sealed
