-- The account belongs to the person: a personal address opens it and recovers it when she has left every employer.
alter table app.acces_compte
  -- false until a letter sent there was answered: a mistyped address must recover nothing
  add column identifiant_verifie boolean not null default true,
  add column courriel_personnel text unique check (courriel_personnel = lower(courriel_personnel)),
  add column courriel_verifie_le timestamptz;

create table app.acces_confirmation (
  empreinte text primary key, -- SHA-256 of the link
  compte_id uuid not null references app.acces_compte (id),
  courriel text not null check (courriel = lower(courriel)),
  expire_le timestamptz not null,
  utilise_le timestamptz
);
create index acces_confirmation_compte on app.acces_confirmation (compte_id);

-- The code of a letter: it opens the account of a person who has none, once.
create table app.acces_invitation (
  empreinte text primary key, -- SHA-256 of a code of 80 random bits
  personne_id uuid not null references app.acces_personne (id),
  emise_par uuid not null, -- the body; on purpose without a foreign key, as in the safe
  emise_par_nom text not null,
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  utilise_le timestamptz
);
create index acces_invitation_personne on app.acces_invitation (personne_id);
