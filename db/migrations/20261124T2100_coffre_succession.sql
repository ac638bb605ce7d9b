-- Nobody signs in for a person whose death was declared, whatever he knows of her.
alter table app.acces_personne add column gelee_le timestamptz;

-- A death that the agency was told of, with its paper: the safe is frozen until its papers are handed to whoever inherits
-- them, or until the death is found to be an error. Rows of the agency; what is in the safe is not among them.
create table app.coffre_succession (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  personne_id uuid not null references app.acces_personne (id),
  decedee_le date not null,
  motif text not null check (motif <> ''), -- who told it, and how
  document_id uuid not null, -- the certificate
  declaree_par uuid not null,
  declaree_par_nom text not null,
  declaree_le timestamptz not null default now(),
  levee_le timestamptz,
  levee_par_nom text,
  levee_motif text,
  primary key (organisme_id, id),
  foreign key (organisme_id, document_id) references app.document (organisme_id, id),
  check ((levee_le is null) = (levee_par_nom is null) and (levee_le is null) = (levee_motif is null))
);
create unique index coffre_succession_une on app.coffre_succession (organisme_id, personne_id) where levee_le is null;
alter table app.coffre_succession enable row level security;
alter table app.coffre_succession force row level security;
create policy organisme on app.coffre_succession
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke delete on app.coffre_succession from app_user;

-- Four eyes: one prepares the handing over with its proof, another one agrees. The database knows it too.
create table app.coffre_remise (
  organisme_id uuid not null,
  id uuid not null,
  succession_id uuid not null,
  beneficiaire text not null check (beneficiaire <> ''),
  qualite text not null check (qualite in ('heritier', 'notaire')),
  motif text not null check (motif <> ''),
  document_id uuid not null, -- what proves the quality
  preparee_par uuid not null,
  preparee_par_nom text not null,
  preparee_le timestamptz not null default now(),
  decidee_par uuid,
  decidee_par_nom text,
  decidee_le timestamptz,
  accord boolean,
  refus_motif text,
  remise_le timestamptz, -- the first time that the archive left
  primary key (organisme_id, id),
  foreign key (organisme_id, succession_id) references app.coffre_succession (organisme_id, id),
  foreign key (organisme_id, document_id) references app.document (organisme_id, id),
  check (decidee_par <> preparee_par),
  check ((decidee_le is null) = (decidee_par is null) and (decidee_le is null) = (accord is null)),
  check (remise_le is null or accord)
);
create index coffre_remise_succession on app.coffre_remise (organisme_id, succession_id);
alter table app.coffre_remise enable row level security;
alter table app.coffre_remise force row level security;
create policy organisme on app.coffre_remise
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke delete on app.coffre_remise from app_user;
