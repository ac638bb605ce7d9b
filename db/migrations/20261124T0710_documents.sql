-- One key per owner of documents (a body, a person), wrapped by the master key, which is not in the database:
-- without it these rows open nothing, so the table needs no row level security. An employer must reach the key of
-- a person to seal a payslip for her; what he may read of her safe is another matter (see coffre_objet).
create table app.document_cle (
  proprietaire text primary key check (proprietaire ~ '^(organisme|personne):[0-9a-f-]{36}$'),
  id uuid not null unique,
  enveloppe text not null,
  creee_le timestamptz not null default now()
);
revoke update, delete on app.document_cle from app_user; -- a lost key is a lost safe

-- The register of what was deposited. The bytes are in the store, at the address (body, SHA-256).
create table app.document (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  taille integer not null check (taille > 0),
  type_mime text not null,
  nom text not null check (length(nom) between 1 and 200),
  recu text not null,
  depose_par uuid, -- the person; null when Bosquet itself made the paper
  depose_par_nom text not null,
  depose_le timestamptz not null,
  sante boolean not null default false, -- health data: every reading is journalled and shown
  primary key (organisme_id, id),
  unique (organisme_id, recu)
);
alter table app.document enable row level security;
alter table app.document force row level security;
create policy document_organisme on app.document
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke update, delete on app.document from app_user; -- what was received stays as received
create index document_empreinte on app.document (organisme_id, empreinte);

create table app.document_lecture (
  organisme_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  lu_par uuid not null,
  lu_par_nom text not null,
  via text not null check (via in ('appartenance', 'portefeuille', 'supervision')),
  acte text not null check (acte in ('consulter', 'telecharger', 'exporter')),
  lu_le timestamptz not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, document_id) references app.document (organisme_id, id)
);
alter table app.document_lecture enable row level security;
alter table app.document_lecture force row level security;
create policy document_lecture_organisme on app.document_lecture
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke update, delete on app.document_lecture from app_user;
create index document_lecture_document on app.document_lecture (organisme_id, document_id, lu_le);

-- A stored file that no longer is what was deposited: found on reading or by a control, never forgotten.
create table app.document_anomalie (
  organisme_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  constat text not null check (constat in ('corrompu', 'absent')),
  constate_le timestamptz not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, document_id) references app.document (organisme_id, id)
);
alter table app.document_anomalie enable row level security;
alter table app.document_anomalie force row level security;
create policy document_anomalie_organisme on app.document_anomalie
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke update, delete on app.document_anomalie from app_user;
