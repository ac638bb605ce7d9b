-- Exchanges with the comptable ---------------------------------------------------------------------------------------
-- What was sent is kept as sent, with its hash; what was received too. Both are insert-only; what becomes of a flux
-- stands in a row beside.

create table app.finances_echange_reglage (
  organisme_id uuid not null references app.organisme (id) primary key,
  -- version of the schemas that the comptable expects
  version_pes text not null check (version_pes in ('5.17', '5.24')),
  -- signed electronically: the flux then waits for its XAdES signature
  est_dematerialise boolean not null
);

create table app.finances_flux (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  budget_id uuid not null,
  bordereau_id uuid not null,
  annee smallint not null,
  sens text not null check (sens in ('D', 'R')),
  type_bordereau text not null,
  numero_bordereau integer not null,
  -- a bordereau is generated again when its first flux had a fault; what was handed over is not
  essai smallint not null check (essai > 0),
  nom text not null check (btrim(nom) <> ''), -- NomFic: the key of the ACQUIT
  version_pes text not null,
  document_id uuid not null,
  empreinte text not null,
  pieces integer not null,
  anomalies jsonb not null,
  genere_par_nom text not null,
  genere_le timestamptz not null default now(),
  primary key (organisme_id, id),
  unique (organisme_id, nom),
  unique (organisme_id, bordereau_id, essai),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id),
  foreign key (organisme_id, bordereau_id) references app.finances_bordereau_signe (organisme_id, id),
  foreign key (organisme_id, document_id) references app.document (organisme_id, id)
);

create table app.finances_flux_suivi (
  organisme_id uuid not null,
  flux_id uuid not null,
  etat text not null check (etat in ('aCorriger', 'pret', 'remplace', 'remis', 'accepte', 'refuse')),
  remis_le timestamptz,
  remis_par_nom text not null default '',
  repondu_le date,
  motif text not null default '',
  primary key (organisme_id, flux_id),
  foreign key (organisme_id, flux_id) references app.finances_flux (organisme_id, id),
  check ((etat in ('remis', 'accepte', 'refuse')) = (remis_le is not null))
);
create index finances_flux_suivi_etat on app.finances_flux_suivi (organisme_id, etat);

-- An IdUnique is unique for ever in the body: it is taken when its flux is handed over.
create table app.finances_flux_pj (
  organisme_id uuid not null,
  id_unique text not null check (id_unique ~ '^[0-9a-zA-Z]{1,50}$'),
  flux_id uuid not null,
  primary key (organisme_id, id_unique),
  foreign key (organisme_id, flux_id) references app.finances_flux (organisme_id, id)
);

create table app.finances_reponse (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  genre text not null check (genre in ('acquit', 'retour')),
  nom text not null,
  document_id uuid not null,
  empreinte text not null,
  emise_le date,
  appliques integer not null,
  deja integer not null,
  mis_a_part integer not null,
  recue_par_nom text not null,
  recue_le timestamptz not null default now(),
  primary key (organisme_id, id),
  unique (organisme_id, empreinte), -- the same file is read once
  foreign key (organisme_id, document_id) references app.document (organisme_id, id)
);

-- What an answer names and nothing here knows: kept aside and shown, until a person has dealt with it.
create table app.finances_a_part (
  organisme_id uuid not null,
  id uuid not null,
  reponse_id uuid not null,
  cle text not null,
  genre text not null check (genre in ('fluxInconnu', 'pieceInconnue', 'budgetInconnu', 'aEmettre', 'pjRefusee', 'reglementEnBaisse')),
  sens text check (sens in ('D', 'R')),
  libelle text not null,
  montant numeric(15, 2),
  detail text not null default '',
  traite_le timestamptz,
  traite_par_nom text,
  note text not null default '',
  primary key (organisme_id, id),
  unique (organisme_id, cle),
  foreign key (organisme_id, reponse_id) references app.finances_reponse (organisme_id, id),
  check ((traite_le is null) = (traite_par_nom is null))
);
create index finances_a_part_ouvert on app.finances_a_part (organisme_id, genre) where traite_le is null;

-- PES Retour client: what each debtor still owes, at its last computation.
create table app.finances_reste_client (
  organisme_id uuid not null,
  tiers text not null, -- RefTiers
  produit text not null, -- CodProdLoc
  reste numeric(15, 2) not null,
  frais numeric(15, 2) not null,
  calcule_le date not null,
  reponse_id uuid not null,
  primary key (organisme_id, tiers, produit),
  foreign key (organisme_id, reponse_id) references app.finances_reponse (organisme_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['finances_echange_reglage', 'finances_flux', 'finances_flux_suivi', 'finances_flux_pj',
    'finances_reponse', 'finances_a_part', 'finances_reste_client'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

revoke update, delete on app.finances_flux, app.finances_flux_pj, app.finances_reponse from app_user;
revoke delete on app.finances_flux_suivi, app.finances_a_part, app.finances_reste_client, app.finances_echange_reglage
  from app_user;
