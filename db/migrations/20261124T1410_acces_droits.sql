-- A technician of the agency enters a member's data only by this: asked with a reason, given by the member for a time,
-- ended by either. He sees his own, the member sees those of its body.
create table app.acces_soutien (
  organisme_id uuid not null references app.organisme (id), -- the member
  id uuid not null,
  technicien_id uuid not null references app.acces_personne (id),
  technicien_nom text not null,
  motif text not null check (motif <> ''),
  etendue text not null check (etendue in ('lecture', 'saisie')),
  heures integer not null check (heures between 1 and 168),
  demande_le timestamptz not null default now(),
  accorde_le timestamptz,
  accorde_par_nom text,
  jusqua timestamptz,
  termine_le timestamptz,
  termine_par_nom text,
  primary key (organisme_id, id),
  check ((accorde_le is null) = (jusqua is null)),
  check ((accorde_le is null) = (accorde_par_nom is null))
);
create index acces_soutien_technicien on app.acces_soutien (technicien_id);
alter table app.acces_soutien enable row level security;
alter table app.acces_soutien force row level security;
create policy organisme on app.acces_soutien
  using (organisme_id = app.organisme_courant() or technicien_id = app.personne_courante())
  with check (organisme_id = app.organisme_courant()); -- he reads his own, and writes only in the body
revoke delete on app.acces_soutien from app_user;

-- What a program may do in one body, instead of a person: shown once, kept as a fingerprint, always with an end.
create table app.acces_jeton (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  nom text not null check (nom <> ''),
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  droits text[] not null check (cardinality(droits) > 0),
  ecriture boolean not null,
  cree_le timestamptz not null default now(),
  -- the program acts in the name of who made it: what he may not do alone, it may not either
  cree_par uuid not null references app.acces_personne (id),
  cree_par_nom text not null,
  expire_le timestamptz not null check (expire_le > cree_le),
  utilise_le timestamptz,
  revoque_le timestamptz,
  primary key (organisme_id, id),
  unique (organisme_id, empreinte)
);
alter table app.acces_jeton enable row level security;
alter table app.acces_jeton force row level security;
create policy organisme on app.acces_jeton
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke delete on app.acces_jeton from app_user;

-- Who gave a role, and who took it back: a membership is ended, never erased.
alter table app.acces_appartenance
  add column donne_par_nom text not null default '',
  add column retire_le timestamptz,
  add column retire_par_nom text;
revoke delete on app.acces_appartenance from app_user;

-- A person who came by a grant, and a program, read documents too.
alter table app.document_lecture drop constraint document_lecture_via_check;
alter table app.document_lecture add constraint document_lecture_via_check
  check (via in ('appartenance', 'portefeuille', 'supervision', 'soutien', 'jeton'));
