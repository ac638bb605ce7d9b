-- The audit journal of each body: one chain of entries. The event is kept as the very text that was hashed; the columns
-- that are searched are generated from it, so that they cannot say something else.
create table app.journal_ecriture (
  organisme_id uuid not null references app.organisme (id),
  numero bigint not null check (numero > 0),
  evenement text not null,
  -- SHA-256 of: fingerprint of the entry before, a line feed, the event
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  le text not null generated always as ((evenement::jsonb) ->> 'le') stored,
  acte text not null generated always as ((evenement::jsonb) ->> 'acte') stored,
  nom text not null generated always as ((evenement::jsonb) -> 'qui' ->> 'nom') stored,
  personne_id text generated always as ((evenement::jsonb) -> 'qui' ->> 'personne') stored,
  sensible text generated always as ((evenement::jsonb) ->> 'sensible') stored,
  primary key (organisme_id, numero)
);
create index journal_ecriture_le on app.journal_ecriture (organisme_id, le);
create index journal_ecriture_personne on app.journal_ecriture (organisme_id, personne_id, numero);

-- Where each chain stands. Its row is the lock of the writers, and tells the verifier how many entries there must be.
create table app.journal_tete (
  organisme_id uuid not null references app.organisme (id) primary key,
  numero bigint not null check (numero > 0),
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$')
);

alter table app.journal_ecriture enable row level security;
alter table app.journal_ecriture force row level security;
create policy organisme on app.journal_ecriture
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
alter table app.journal_tete enable row level security;
alter table app.journal_tete force row level security;
create policy organisme on app.journal_tete
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());

-- Once a day, the heads of all the chains in one text, dated by a timestamping authority (RFC 3161). It belongs to no
-- body: it holds identifiers, numbers and fingerprints only. Each text names the fingerprint of the one before.
create table app.journal_bordereau (
  rang bigint primary key check (rang > 0),
  texte text not null,
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  autorite text not null,
  jeton text not null, -- the whole reply of the authority, DER in base64
  date_le timestamptz not null -- the time that the authority certifies
);

revoke update, delete on app.journal_ecriture, app.journal_bordereau from app_user;
revoke delete on app.journal_tete from app_user;
