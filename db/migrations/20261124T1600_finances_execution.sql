-- The expense and income chains -------------------------------------------------------------------------------------
-- What an auditor reads (pieces, lines, numbers of bordereaux, payments, acts) is insert-only: a correction is a new
-- piece. What moves afterwards (state at the comptable, amounts paid) stands in a row beside.

-- People and bodies that are paid or owe -----------------------------------------------------------------------------
create table app.finances_tiers (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  numero bigint not null,
  categorie text not null check (categorie ~ '^[0-9]{2}$'), -- CatTiers
  nature_juridique text not null check (nature_juridique ~ '^[0-9]{2}$'), -- NatJur
  nom text not null check (btrim(nom) <> ''),
  complement text not null default '',
  civilite text not null default '',
  prenom text not null default '',
  siret text check (siret ~ '^[0-9]{14}$'),
  adresse text not null default '',
  complement_adresse text not null default '',
  code_postal text not null default '',
  ville text not null default '',
  pays text not null default '', -- empty: France
  courriel text not null default '',
  telephone text not null default '',
  est_actif boolean not null default true,
  cree_le timestamptz not null default now(),
  primary key (organisme_id, id),
  unique (organisme_id, numero),
  check ((categorie = '01') = (prenom <> '')) -- a person has a first name, a body never has
);
create unique index finances_tiers_siret on app.finances_tiers (organisme_id, siret) where siret is not null;
create index finances_tiers_nom on app.finances_tiers (organisme_id, lower(nom));

-- A bank account pays nobody until a second person has read it: proposed and accepted are two people.
create table app.finances_compte_bancaire (
  organisme_id uuid not null,
  id uuid not null,
  tiers_id uuid not null,
  iban text not null,
  bic text not null default '',
  titulaire text not null,
  origine text not null default '', -- the paper that it was read on
  propose_par uuid,
  propose_par_nom text not null,
  propose_le timestamptz not null default now(),
  etat text not null default 'propose' check (etat in ('propose', 'accepte', 'refuse', 'retire')),
  decide_par uuid,
  decide_par_nom text,
  decide_le timestamptz,
  motif text not null default '',
  primary key (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id),
  check (etat not in ('accepte', 'refuse') or decide_par is null or propose_par is null or decide_par <> propose_par),
  check ((etat in ('accepte', 'refuse')) <= (decide_le is not null))
);
create unique index finances_compte_bancaire_iban on app.finances_compte_bancaire (organisme_id, tiers_id, iban)
  where etat in ('propose', 'accepte');

-- Last number of each series, taken in the transaction that uses it: an abort gives it back, so no gap and no double.
create table app.finances_numero (
  organisme_id uuid not null references app.organisme (id),
  serie text not null, -- 'mandat/<budget>/<year>', …
  dernier bigint not null,
  primary key (organisme_id, serie)
);

-- Engagements --------------------------------------------------------------------------------------------------------
create table app.finances_engagement (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  numero bigint not null,
  objet text not null check (btrim(objet) <> ''),
  tiers_id uuid,
  nature text not null,
  fonction text not null default '',
  operation text not null default '',
  service text not null default '',
  marche text not null default '',
  montant numeric(15, 2) not null check (montant > 0),
  -- what liquidations took of it; never more than the amount
  liquide numeric(15, 2) not null default 0 check (liquide >= 0 and liquide <= montant),
  etat text not null default 'ouvert' check (etat in ('ouvert', 'solde', 'annule')),
  engage_le date not null,
  engage_par text not null,
  primary key (organisme_id, id),
  unique (organisme_id, budget_id, annee, numero),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id)
);
create index finances_engagement_tiers on app.finances_engagement (organisme_id, tiers_id);

-- Invoices -----------------------------------------------------------------------------------------------------------
create table app.finances_facture (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  tiers_id uuid not null,
  numero text not null check (btrim(numero) <> ''), -- the supplier's
  objet text not null default '',
  date_facture date not null,
  recue_le date not null,
  service_fait_le date,
  service_fait_par text,
  ht numeric(15, 2) not null,
  tva numeric(15, 2) not null default 0,
  document_id uuid,
  etat text not null default 'recue' check (etat in ('recue', 'liquidee', 'mandatee', 'rejetee')),
  -- one suspension at most, with its reason
  suspendue_le date,
  reprise_le date check (reprise_le >= suspendue_le),
  motif text not null default '',
  cree_le timestamptz not null default now(),
  primary key (organisme_id, id),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id),
  check (suspendue_le is null or motif <> ''),
  check (ht + tva > 0)
);
-- the same invoice of a supplier is not paid twice
create unique index finances_facture_double on app.finances_facture (organisme_id, tiers_id, numero) where etat <> 'rejetee';
create index finances_facture_etat on app.finances_facture (organisme_id, etat, recue_le);

-- Bordereaux: their life ----------------------------------------------------------------------------------------------
create table app.finances_bordereau (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  sens text not null check (sens in ('D', 'R')),
  type_bordereau text not null check (type_bordereau ~ '^[0-9]{2}$'),
  etat text not null default 'aViser' check (etat in ('aViser', 'renvoye', 'signe', 'transmis', 'accepte', 'refuse')),
  motif text not null default '',
  envoye_par uuid,
  envoye_par_nom text not null,
  envoye_le timestamptz not null default now(),
  transmis_le timestamptz,
  repondu_le timestamptz,
  primary key (organisme_id, id),
  unique (organisme_id, id, budget_id, annee, sens),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee)
);
create index finances_bordereau_etat on app.finances_bordereau (organisme_id, budget_id, annee, etat);

-- What the signature fixed: number, totals, hash of the pieces that were read.
create table app.finances_bordereau_signe (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  sens text not null,
  type_bordereau text not null,
  numero integer not null check (numero > 0),
  date_emission date not null,
  nombre integer not null check (nombre > 0),
  ht numeric(15, 2) not null,
  tva numeric(15, 2) not null,
  cumul_annuel numeric(15, 2) not null,
  empreinte text not null,
  signe_par uuid,
  signe_par_nom text not null,
  signe_le timestamptz not null default now(),
  primary key (organisme_id, id),
  -- unique for each exercice, type of bordereau and budget, in each sense
  unique (organisme_id, budget_id, annee, sens, type_bordereau, numero),
  foreign key (organisme_id, id, budget_id, annee, sens)
    references app.finances_bordereau (organisme_id, id, budget_id, annee, sens)
);

-- Ordre: a mandat and a titre of one amount, both there at every commit ------------------------------------------------
create table app.finances_operation_ordre (
  organisme_id uuid not null,
  id uuid not null,
  libelle text not null,
  montant numeric(15, 2) not null check (montant > 0),
  mandat_id uuid not null,
  titre_id uuid not null,
  primary key (organisme_id, id),
  unique (organisme_id, id, montant)
);

-- Drafts: what is being liquidated, until its signature -----------------------------------------------------------------
create table app.finances_liquidation (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  sens text not null check (sens in ('D', 'R')),
  etat text not null default 'prete' check (etat in ('prete', 'aViser', 'posee', 'abandonnee')),
  tiers_id uuid,
  objet text not null check (btrim(objet) <> ''),
  ht numeric(15, 2) not null check (ht > 0),
  tva numeric(15, 2) not null default 0 check (tva >= 0),
  contenu jsonb not null, -- see src/modules/finances/execution/contract.ts
  facture_id uuid,
  engagement_id uuid,
  origine_id uuid, -- the piece that this one cancels, reduces, completes or issues again
  bordereau_id uuid,
  rang integer not null default 0, -- within the bordereau
  -- 'saisie', or the module that announced it, with its own key: announced twice, entered once
  source text not null default 'saisie',
  source_cle text,
  motif text not null default '',
  liquide_par uuid,
  liquide_par_nom text not null,
  liquide_le timestamptz not null default now(),
  primary key (organisme_id, id),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id),
  foreign key (organisme_id, facture_id) references app.finances_facture (organisme_id, id),
  foreign key (organisme_id, engagement_id) references app.finances_engagement (organisme_id, id),
  foreign key (organisme_id, bordereau_id) references app.finances_bordereau (organisme_id, id),
  check ((etat in ('aViser', 'posee')) = (bordereau_id is not null))
);
create unique index finances_liquidation_source on app.finances_liquidation (organisme_id, source, source_cle)
  where source_cle is not null and etat <> 'abandonnee';
create index finances_liquidation_etat on app.finances_liquidation (organisme_id, budget_id, annee, sens, etat);
create index finances_liquidation_bordereau on app.finances_liquidation (organisme_id, bordereau_id);
create index finances_liquidation_facture on app.finances_liquidation (organisme_id, facture_id);

-- Posted pieces -----------------------------------------------------------------------------------------------------------
create table app.finances_piece (
  organisme_id uuid not null,
  id uuid not null, -- that of its liquidation
  budget_id uuid not null,
  annee smallint not null,
  sens text not null check (sens in ('D', 'R')),
  numero integer not null check (numero between 1 and 99999999),
  bordereau_id uuid not null,
  rang integer not null,
  type_bordereau text not null,
  type_piece text not null,
  nature_piece text not null,
  section text not null check (section in ('F', 'I')),
  mouvement text not null check (mouvement in ('reel', 'entreSections', 'interne')),
  objet text not null,
  tiers_id uuid,
  tiers_nom text not null,
  ht numeric(15, 2) not null check (ht > 0),
  tva numeric(15, 2) not null default 0 check (tva >= 0),
  retenue_garantie numeric(15, 2) not null default 0 check (retenue_garantie >= 0),
  emise_le date not null,
  contenu jsonb not null, -- frozen: tiers, bank, lines as they were signed
  facture_id uuid,
  origine_id uuid, -- the piece that this one cancels, reduces, completes or issues again
  ordre_id uuid,
  primary key (organisme_id, id),
  unique (organisme_id, budget_id, annee, sens, numero),
  foreign key (organisme_id, bordereau_id) references app.finances_bordereau_signe (organisme_id, id),
  foreign key (organisme_id, id) references app.finances_liquidation (organisme_id, id),
  foreign key (organisme_id, origine_id) references app.finances_piece (organisme_id, id),
  -- both pieces of an operation of ordre have its amount
  check ((mouvement = 'reel') = (ordre_id is null)),
  foreign key (organisme_id, ordre_id, ht) references app.finances_operation_ordre (organisme_id, id, montant)
);
alter table app.finances_operation_ordre
  add foreign key (organisme_id, mandat_id) references app.finances_piece (organisme_id, id) deferrable initially deferred,
  add foreign key (organisme_id, titre_id) references app.finances_piece (organisme_id, id) deferrable initially deferred;
create unique index finances_piece_ordre on app.finances_piece (organisme_id, ordre_id, sens) where ordre_id is not null;
create index finances_piece_bordereau on app.finances_piece (organisme_id, bordereau_id);
create index finances_piece_tiers on app.finances_piece (organisme_id, tiers_id, emise_le);
create index finances_piece_origine on app.finances_piece (organisme_id, origine_id) where origine_id is not null;
create index finances_piece_mois on app.finances_piece (organisme_id, budget_id, annee, sens, emise_le);

-- A line is an entry of the books: one amount, the account debited, the account credited. Debits equal credits because
-- there is no way to write one without the other.
create table app.finances_ecriture (
  organisme_id uuid not null,
  piece_id uuid not null,
  ligne integer not null,
  rang integer not null, -- 1 the amount without tax, 2 its tax
  budget_id uuid not null,
  annee smallint not null,
  le date not null,
  journal text not null check (journal in ('mandats', 'titres', 'ordre')),
  compte_debit text not null,
  compte_credit text not null check (compte_credit <> compte_debit),
  montant numeric(15, 2) not null check (montant > 0),
  libelle text not null,
  section text not null check (section in ('F', 'I')),
  chapitre text not null,
  nature text not null,
  fonction text not null default '',
  operation text not null default '',
  service text not null default '',
  -- what the line consumes of its credit: negative for a cancellation, null for the tax and outside of the budget
  credit numeric(15, 2),
  primary key (organisme_id, piece_id, ligne, rang),
  foreign key (organisme_id, piece_id) references app.finances_piece (organisme_id, id)
);
create index finances_ecriture_compte on app.finances_ecriture (organisme_id, budget_id, annee, nature, le);

-- Papers of a piece, and their name for ever in the body (IdUnique of the PES).
create table app.finances_piece_jointe (
  organisme_id uuid not null,
  id uuid not null,
  liquidation_id uuid not null,
  document_id uuid not null,
  id_unique text not null check (id_unique ~ '^[A-Za-z0-9]{1,50}$'),
  type_pj text not null default '',
  nom text not null,
  primary key (organisme_id, id),
  unique (organisme_id, liquidation_id, document_id),
  foreign key (organisme_id, liquidation_id) references app.finances_liquidation (organisme_id, id)
);

-- Where a piece stands at the comptable ------------------------------------------------------------------------------------
create table app.finances_piece_suivi (
  organisme_id uuid not null,
  piece_id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  sens text not null,
  etat text not null check (etat in ('signee', 'transmise', 'priseEnCharge', 'suspendue', 'rejetee', 'partielle', 'soldee', 'annulee')),
  ttc numeric(15, 2) not null,
  regle numeric(15, 2) not null default 0, -- paid, or collected
  annule numeric(15, 2) not null default 0, -- by pieces that cancel or reduce it
  motif text not null default '',
  echeance date,
  maj_le timestamptz not null default now(),
  primary key (organisme_id, piece_id),
  foreign key (organisme_id, piece_id) references app.finances_piece (organisme_id, id),
  check (annule <= ttc)
);
create index finances_piece_suivi_etat on app.finances_piece_suivi (organisme_id, budget_id, annee, sens, etat);
create index finances_piece_suivi_arriere on app.finances_piece_suivi (organisme_id, etat) where etat in ('rejetee', 'suspendue');

-- What the comptable answered, once each: a file read twice changes nothing.
create table app.finances_retour (
  organisme_id uuid not null,
  cle text not null,
  piece_id uuid,
  bordereau_id uuid,
  nature text not null,
  le date not null,
  montant numeric(15, 2),
  motif text not null default '',
  lu_le timestamptz not null default now(),
  primary key (organisme_id, cle),
  foreign key (organisme_id, piece_id) references app.finances_piece (organisme_id, id),
  foreign key (organisme_id, bordereau_id) references app.finances_bordereau (organisme_id, id),
  check ((piece_id is null) <> (bordereau_id is null))
);
create index finances_retour_piece on app.finances_retour (organisme_id, piece_id);

-- Who did what, for ever.
create table app.finances_acte (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  le timestamptz not null default now(),
  personne_id uuid,
  nom text not null,
  objet text not null, -- 'tiers', 'facture', 'liquidation', 'bordereau', …
  objet_id uuid not null,
  acte text not null,
  detail text not null default '',
  primary key (organisme_id, id)
);
create index finances_acte_objet on app.finances_acte (organisme_id, objet_id, le);

-- Expenses that come back: a model and its next date.
create table app.finances_recurrence (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  libelle text not null,
  tiers_id uuid not null,
  contenu jsonb not null,
  mois_entre integer not null check (mois_entre in (1, 2, 3, 6, 12)),
  prochaine date not null,
  derniere date, -- last date of the contract
  est_active boolean not null default true,
  primary key (organisme_id, id),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id)
);

-- Triplets that the body adds to those of the product, as its comptable tells them.
create table app.finances_triplet (
  organisme_id uuid not null references app.organisme (id),
  sens text not null check (sens in ('D', 'R')),
  type_bordereau text not null check (type_bordereau ~ '^[0-9]{2}$'),
  type_piece text not null check (type_piece ~ '^[0-9]{2}$'),
  nature_piece text not null check (nature_piece ~ '^[0-9]{2}$'),
  libelle text not null,
  source text not null check (btrim(source) <> ''),
  ajoute_par text not null,
  ajoute_le timestamptz not null default now(),
  primary key (organisme_id, sens, type_bordereau, type_piece, nature_piece)
);

-- The same books, by account: each entry twice, once on each side.
create view app.finances_grand_livre with (security_invoker = true) as
  select organisme_id, budget_id, annee, piece_id, ligne, rang, le, journal, compte_debit as compte,
    compte_credit as contrepartie, montant as debit, 0::numeric(15, 2) as credit, libelle
  from app.finances_ecriture
  union all
  select organisme_id, budget_id, annee, piece_id, ligne, rang, le, journal, compte_credit, compte_debit,
    0::numeric(15, 2), montant, libelle
  from app.finances_ecriture;

do $$
declare t text;
begin
  foreach t in array array['finances_tiers', 'finances_compte_bancaire', 'finances_numero', 'finances_engagement',
    'finances_facture', 'finances_bordereau', 'finances_bordereau_signe', 'finances_operation_ordre',
    'finances_liquidation', 'finances_piece', 'finances_ecriture', 'finances_piece_jointe', 'finances_piece_suivi',
    'finances_retour', 'finances_acte', 'finances_recurrence', 'finances_triplet'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

revoke update, delete on app.finances_piece, app.finances_ecriture, app.finances_bordereau_signe,
  app.finances_operation_ordre, app.finances_retour, app.finances_acte from app_user;
revoke delete on app.finances_piece_suivi, app.finances_bordereau, app.finances_numero, app.finances_liquidation,
  app.finances_engagement, app.finances_facture, app.finances_tiers, app.finances_compte_bancaire from app_user;
grant select on app.finances_grand_livre to app_user;
