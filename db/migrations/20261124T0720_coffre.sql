-- The safe belongs to the person. Nothing in it has a foreign key to a table of a body: the name and the SIREN of the
-- employer are copied, so that the safe outlives the contract and the employer.
create table app.coffre_objet (
  personne_id uuid not null references app.acces_personne (id),
  id uuid not null,
  employeur_id uuid not null, -- who deposited; on purpose without a foreign key
  employeur_nom text not null,
  employeur_siren text not null check (employeur_siren ~ '^[0-9]{9}$'),
  nature text not null check (nature in ('bulletin')),
  reference text not null check (length(reference) between 1 and 100),
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  titre text not null,
  net_a_payer numeric(15, 2),
  type_mime text not null,
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  taille integer not null check (taille > 0),
  recu text not null,
  depose_le timestamptz not null,
  primary key (personne_id, id),
  unique (personne_id, employeur_id, nature, reference)
);
alter table app.coffre_objet enable row level security;
alter table app.coffre_objet force row level security;
-- A letter box: an employer may drop a paper in, under his own name; only the holder sees what is inside.
create policy coffre_objet_titulaire on app.coffre_objet for select
  using (personne_id = app.personne_courante());
create policy coffre_objet_depot on app.coffre_objet for insert
  with check (employeur_id = app.organisme_courant());
revoke update, delete on app.coffre_objet from app_user;

create table app.coffre_journal (
  personne_id uuid not null references app.acces_personne (id),
  id uuid not null,
  acte text not null check (acte in ('deposer', 'lire', 'lireRecu', 'telecharger', 'lister', 'exporter', 'controler')),
  objet_id uuid,
  auteur text not null, -- the holder's name, or the employer's
  employeur_id uuid, -- set on a deposit only
  nombre integer,
  constat text check (constat in ('corrompu', 'absent')),
  fait_le timestamptz not null,
  primary key (personne_id, id)
);
alter table app.coffre_journal enable row level security;
alter table app.coffre_journal force row level security;
create policy coffre_journal_titulaire on app.coffre_journal for select
  using (personne_id = app.personne_courante());
create policy coffre_journal_acte on app.coffre_journal for insert
  with check (
    (personne_id = app.personne_courante() and acte <> 'deposer' and employeur_id is null)
    or (acte = 'deposer' and employeur_id = app.organisme_courant())
  );
revoke update, delete on app.coffre_journal from app_user;
create index coffre_journal_date on app.coffre_journal (personne_id, fait_le desc);

-- The employer's side: his receipt and his double, kept with him.
create table app.coffre_recu (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  personne_id uuid not null references app.acces_personne (id),
  nature text not null check (nature in ('bulletin')),
  reference text not null,
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  numero text not null,
  document_id uuid not null,
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  depose_le timestamptz not null,
  primary key (organisme_id, id),
  unique (organisme_id, personne_id, nature, reference),
  unique (organisme_id, numero),
  foreign key (organisme_id, document_id) references app.document (organisme_id, id)
);
alter table app.coffre_recu enable row level security;
alter table app.coffre_recu force row level security;
create policy coffre_recu_organisme on app.coffre_recu
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke update, delete on app.coffre_recu from app_user;
create index coffre_recu_mois on app.coffre_recu (organisme_id, mois);
