-- A session has a level: 1 by the password, 2 once a second factor was given. It also has an idle lock of its own.
alter table app.acces_session
  add column second_facteur_le timestamptz,
  add column second_facteur text check (second_facteur in ('totp', 'cle', 'secours', 'demonstration', 'federation')),
  add column defi text, -- the WebAuthn challenge that this session waits for
  add column defi_expire_le timestamptz,
  add column active_le timestamptz not null default now(), -- the last act of a person, not the last poll of a page
  add column verrouillee_le timestamptz,
  add column verrou_minutes integer not null default 30 check (verrou_minutes between 1 and 720),
  add column essais_verrou integer not null default 0;

-- Unlocks a session that is already there, on its own device; it never opens one.
alter table app.acces_compte add column code_verrou text; -- argon2id

create table app.acces_facteur (
  id uuid primary key,
  compte_id uuid not null references app.acces_compte (id),
  nature text not null check (nature in ('totp', 'cle')),
  nom text not null check (nom <> ''),
  secret text, -- TOTP: sealed by the key of the installation
  dernier_pas bigint, -- TOTP: the last step that was accepted; the same code never serves twice
  cle_id text unique, -- passkey: its credential id
  cle_publique text,
  compteur bigint not null default 0,
  transports text[] not null default '{}',
  cree_le timestamptz not null default now(),
  confirme_le timestamptz,
  utilise_le timestamptz,
  check ((nature = 'totp') = (secret is not null)),
  check ((nature = 'cle') = (cle_id is not null and cle_publique is not null))
);
create index acces_facteur_compte on app.acces_facteur (compte_id);

create table app.acces_code_secours (
  compte_id uuid not null references app.acces_compte (id),
  empreinte text not null, -- SHA-256 of a code of 80 random bits
  cree_le timestamptz not null default now(),
  utilise_le timestamptz,
  primary key (compte_id, empreinte)
);
