-- Régies ------------------------------------------------------------------------------------------------------------------
-- A régisseur holds money of the body in his own name. His journal is insert-only and without gap: a mistake is
-- cancelled by another entry, never erased.
create table app.finances_regie (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  code text not null check (code ~ '^[0-9A-Za-z]{1,10}$'), -- IdRegie
  libelle text not null check (btrim(libelle) <> ''),
  genre text not null check (genre in ('recettes', 'avances', 'mixte')),
  acte text not null default '', -- number of the arrêté or of the décision
  acte_le date,
  -- most that may be held before it goes to the comptable
  encaisse_max numeric(15, 2) not null default 0 check (encaisse_max >= 0),
  fonds_caisse numeric(15, 2) not null default 0 check (fonds_caisse >= 0),
  avance_max numeric(15, 2) not null default 0 check (avance_max >= 0),
  jours_versement integer not null default 31 check (jours_versement between 1 and 366),
  -- who is paid when an avance is made up again
  tiers_id uuid,
  est_active boolean not null default true,
  primary key (organisme_id, id),
  unique (organisme_id, code),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id),
  check (genre = 'avances' or encaisse_max > 0),
  check (genre = 'recettes' or avance_max > 0)
);

create table app.finances_regie_agent (
  organisme_id uuid not null,
  id uuid not null,
  regie_id uuid not null,
  nom text not null check (btrim(nom) <> ''),
  qualite text not null check (qualite in ('regisseur', 'suppleant', 'mandataire')),
  acte text not null default '',
  depuis date not null,
  jusqua date check (jusqua > depuis), -- excluded
  primary key (organisme_id, id),
  foreign key (organisme_id, regie_id) references app.finances_regie (organisme_id, id)
);
create index finances_regie_agent_regie on app.finances_regie_agent (organisme_id, regie_id);

-- What a régie may collect or pay, and the account that it ends in.
create table app.finances_regie_produit (
  organisme_id uuid not null,
  id uuid not null,
  regie_id uuid not null,
  caisse text not null check (caisse in ('recettes', 'avances')),
  libelle text not null check (btrim(libelle) <> ''),
  nature text not null check (nature ~ '^[0-9]{2,12}$'),
  fonction text not null default '',
  tarif numeric(15, 2) check (tarif > 0),
  est_actif boolean not null default true,
  primary key (organisme_id, id),
  unique (organisme_id, id, regie_id),
  foreign key (organisme_id, regie_id) references app.finances_regie (organisme_id, id)
);

create table app.finances_regie_operation (
  organisme_id uuid not null,
  id uuid not null,
  regie_id uuid not null,
  annee smallint not null,
  numero bigint not null check (numero > 0),
  le date not null,
  caisse text not null check (caisse in ('recettes', 'avances')),
  genre text not null check (genre in ('encaissement', 'depense', 'versement', 'avance', 'annulation')),
  -- number of the quittance, or of the versement
  piece bigint,
  moyen text not null check (moyen in ('especes', 'cheque', 'carte', 'virement', 'enLigne')),
  -- what it does to the money held: collected and received above zero, paid and handed over below
  montant numeric(15, 2) not null check (montant <> 0),
  produit_id uuid,
  qui text not null default '', -- who paid, or was paid
  objet text not null default '',
  annule_id uuid,
  saisi_par_nom text not null,
  saisi_le timestamptz not null default now(),
  primary key (organisme_id, id),
  unique (organisme_id, regie_id, annee, numero),
  unique (organisme_id, regie_id, annee, genre, piece),
  unique (organisme_id, annule_id),
  foreign key (organisme_id, regie_id) references app.finances_regie (organisme_id, id),
  foreign key (organisme_id, produit_id, regie_id) references app.finances_regie_produit (organisme_id, id, regie_id),
  foreign key (organisme_id, annule_id) references app.finances_regie_operation (organisme_id, id),
  check ((genre = 'annulation') = (annule_id is not null)),
  check (genre = 'annulation' or (montant > 0) = (genre in ('encaissement', 'avance'))),
  check ((genre in ('encaissement', 'versement')) = (piece is not null)),
  check (genre not in ('encaissement', 'depense') or produit_id is not null)
);
create index finances_regie_operation_caisse on app.finances_regie_operation (organisme_id, regie_id, caisse, le);

-- Which piece of the budget an operation ended in; a piece that is given up or refused leaves it free again.
create table app.finances_regie_regularisation (
  organisme_id uuid not null,
  operation_id uuid not null,
  liquidation_id uuid not null,
  primary key (organisme_id, operation_id, liquidation_id),
  foreign key (organisme_id, operation_id) references app.finances_regie_operation (organisme_id, id),
  foreign key (organisme_id, liquidation_id) references app.finances_liquidation (organisme_id, id)
);
create index finances_regie_regularisation_piece on app.finances_regie_regularisation (organisme_id, liquidation_id);

-- The cash, counted in front of somebody.
create table app.finances_regie_controle (
  organisme_id uuid not null,
  id uuid not null,
  regie_id uuid not null,
  le date not null,
  coupures jsonb not null, -- { "20.00": 3, … }
  theorique numeric(15, 2) not null,
  constate numeric(15, 2) not null,
  par_nom text not null,
  observation text not null default '',
  saisi_le timestamptz not null default now(),
  primary key (organisme_id, id),
  foreign key (organisme_id, regie_id) references app.finances_regie (organisme_id, id),
  check (theorique = constate or btrim(observation) <> '')
);
create index finances_regie_controle_regie on app.finances_regie_controle (organisme_id, regie_id, le);

do $$
declare t text;
begin
  foreach t in array array['finances_regie', 'finances_regie_agent', 'finances_regie_produit', 'finances_regie_operation',
    'finances_regie_regularisation', 'finances_regie_controle'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

revoke update, delete on app.finances_regie_operation, app.finances_regie_regularisation, app.finances_regie_controle
  from app_user;
revoke delete on app.finances_regie, app.finances_regie_agent, app.finances_regie_produit from app_user;
