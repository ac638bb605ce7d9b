-- Money received before its titre (P503), and claims that will never be paid ----------------------------------------------
create table app.finances_p503 (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  reference text not null check (reference ~ '^[0-9]{1,13}$'), -- its number at the comptable
  le date not null,
  montant numeric(15, 2) not null check (montant > 0),
  payeur text not null default '',
  libelle text not null default '',
  -- dealt with otherwise (it pays a titre already issued, it was given back…): the reason is told
  ecarte_motif text check (btrim(ecarte_motif) <> ''),
  ecarte_par_nom text,
  source text not null check (source in ('saisie', 'import', 'retour')),
  saisi_par_nom text not null,
  saisi_le timestamptz not null default now(),
  primary key (organisme_id, id),
  unique (organisme_id, budget_id, annee, reference),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  check ((ecarte_motif is null) = (ecarte_par_nom is null))
);

create table app.finances_p503_titre (
  organisme_id uuid not null,
  p503_id uuid not null,
  liquidation_id uuid not null,
  montant numeric(15, 2) not null check (montant > 0),
  primary key (organisme_id, p503_id, liquidation_id),
  foreign key (organisme_id, p503_id) references app.finances_p503 (organisme_id, id),
  foreign key (organisme_id, liquidation_id) references app.finances_liquidation (organisme_id, id)
);
create index finances_p503_titre_piece on app.finances_p503_titre (organisme_id, liquidation_id);

-- The list that the comptable presents; the assembly admits it or not, line by line.
create table app.finances_anv_liste (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  reference text not null check (reference ~ '^[0-9]{1,13}$'),
  recue_le date not null,
  deliberation_numero text,
  deliberation_le date check (deliberation_le >= recue_le),
  mandat_anv_id uuid, -- 6541
  mandat_eteintes_id uuid, -- 6542
  saisie_par_nom text not null,
  primary key (organisme_id, id),
  unique (organisme_id, budget_id, reference),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  foreign key (organisme_id, mandat_anv_id) references app.finances_liquidation (organisme_id, id),
  foreign key (organisme_id, mandat_eteintes_id) references app.finances_liquidation (organisme_id, id),
  check ((deliberation_numero is null) = (deliberation_le is null))
);
create table app.finances_anv_ligne (
  organisme_id uuid not null,
  id uuid not null,
  liste_id uuid not null,
  rang integer not null,
  genre text not null check (genre in ('anv', 'eteinte')),
  exercice smallint not null,
  titre text not null default '',
  debiteur text not null check (btrim(debiteur) <> ''),
  montant numeric(15, 2) not null check (montant > 0),
  motif text not null default '',
  decision text check (decision in ('admise', 'refusee')), -- null until the vote
  primary key (organisme_id, id),
  foreign key (organisme_id, liste_id) references app.finances_anv_liste (organisme_id, id)
);
create index finances_anv_ligne_liste on app.finances_anv_ligne (organisme_id, liste_id, rang);

do $$
declare t text;
begin
  foreach t in array array['finances_p503', 'finances_p503_titre', 'finances_anv_liste', 'finances_anv_ligne'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
revoke update, delete on app.finances_p503_titre from app_user;
revoke delete on app.finances_p503, app.finances_anv_liste, app.finances_anv_ligne from app_user;
