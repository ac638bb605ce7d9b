-- Bodies are public facts (name, SIREN, population): reference tables, without a tenant.
create table app.organisme (
  id uuid primary key,
  type text not null check (type in ('agence', 'commune', 'cc', 'ca', 'ccas', 'cias', 'ehpad', 'sad', 'ssiad', 'syndicat')),
  nom text not null check (nom <> ''),
  siren text not null unique check (siren ~ '^[0-9]{9}$'),
  siret text not null unique check (siret ~ '^[0-9]{14}$' and left(siret, 9) = siren),
  code_insee text not null check (code_insee ~ '^[0-9AB]{5}$'),
  adresse text not null default '',
  code_postal text not null default '',
  ville text not null default '',
  courriel text not null default '',
  telephone text not null default '',
  -- EPCI à fiscalité propre of a commune; body to which a CCAS, a CIAS or an EHPAD is attached
  epci uuid references app.organisme (id),
  rattachement uuid references app.organisme (id),
  est_fictif boolean not null default false,
  cree_le timestamptz not null default now()
);
-- one agency runs the platform
create unique index organisme_agence on app.organisme ((true)) where type = 'agence';
create index organisme_epci on app.organisme (epci);

create table app.organisme_membre (
  syndicat uuid not null references app.organisme (id),
  membre uuid not null references app.organisme (id),
  primary key (syndicat, membre)
);

create table app.population_legale (
  organisme uuid not null references app.organisme (id),
  annee smallint not null,
  municipale integer not null check (municipale >= 0),
  totale integer not null check (totale >= municipale),
  source text not null,
  primary key (organisme, annee)
);
