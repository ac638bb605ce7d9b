-- A link to choose a new password: sent to the address of the account, it serves once, and for thirty minutes.
create table app.acces_reinitialisation (
  empreinte text primary key, -- SHA-256: a copy of this table opens nothing
  compte_id uuid not null references app.acces_compte (id),
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  utilise_le timestamptz
);
create index acces_reinitialisation_compte on app.acces_reinitialisation (compte_id);
