-- Rôles, direct debits, references of payment ---------------------------------------------------------------------------
-- A rôle is a list of small debts of many people, prepared then signed in one act: its bordereau ORMC, one piece for
-- each debtor, and the titre that books their total. What was signed is insert-only, as every piece.

-- What the comptable told a budget about its incomes.
create table app.finances_recette_reglage (
  organisme_id uuid not null,
  budget_id uuid not null,
  -- PayFiP: number of the body as creditor (numcli); empty, no payment online
  payfip_numcli text not null default '' check (payfip_numcli ~ '^([0-9]{6})?$'),
  payfip_adresse text not null default 'www.payfip.gouv.fr',
  -- how the reference of a debt is written there, see src/modules/finances/recettes/payfip/reference.ts
  payfip_titre text not null,
  payfip_role text not null,
  -- second operand of Cle1: empty, the number of the bordereau; else the code that the comptable gave
  ormc_operande text not null default '' check (ormc_operande ~ '^[0-9]{0,7}$'),
  ics text not null default '' check (ics ~ '^([A-Z]{2}[0-9]{2}[0-9A-Z]{9})?$'),
  primary key (organisme_id, budget_id),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id)
);

-- Mandat de prélèvement SEPA: its account debits nobody until a second person has read the paper.
create table app.finances_mandat_sepa (
  organisme_id uuid not null,
  id uuid not null,
  tiers_id uuid not null,
  rum text not null check (rum ~ '^[0-9a-zA-Z/?:().,+ ''-]{1,35}$'),
  iban text not null,
  bic text not null default '',
  titulaire text not null check (btrim(titulaire) <> ''),
  signe_le date not null,
  est_recurrent boolean not null default true,
  origine text not null default '', -- where the signed paper is kept
  -- the account debited until now, told to the bank at the next debit
  ancien_iban text,
  etat text not null default 'propose' check (etat in ('propose', 'actif', 'refuse', 'revoque')),
  propose_par uuid,
  propose_par_nom text not null,
  propose_le timestamptz not null default now(),
  decide_par uuid,
  decide_par_nom text,
  decide_le timestamptz,
  motif text not null default '',
  primary key (organisme_id, id),
  unique (organisme_id, rum),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id),
  check (etat not in ('actif', 'refuse') or decide_le is not null),
  check (decide_par is null or propose_par is null or decide_par <> propose_par or etat = 'revoque')
);
-- one mandate debits a debtor at a time
create unique index finances_mandat_sepa_vivant on app.finances_mandat_sepa (organisme_id, tiers_id)
  where etat in ('propose', 'actif');

create table app.finances_role (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  libelle text not null check (btrim(libelle) <> ''),
  produit text not null check (produit ~ '^[0-9A-Za-z]{1,4}$'), -- CodProdLoc
  periode smallint not null check (periode between 0 and 9), -- Per of the debts
  avis_le date not null, -- when the avis are sent
  echeance date not null check (echeance >= avis_le),
  prelevement_le date, -- null: no direct debit in this rôle
  etat text not null default 'brouillon' check (etat in ('brouillon', 'aViser', 'signe', 'abandonne')),
  motif text not null default '',
  source text not null default 'saisie',
  source_cle text,
  bordereau_id uuid,
  titre_id uuid,
  cree_par_nom text not null,
  cree_le timestamptz not null default now(),
  primary key (organisme_id, id),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  foreign key (organisme_id, bordereau_id) references app.finances_bordereau_signe (organisme_id, id),
  foreign key (organisme_id, titre_id) references app.finances_piece (organisme_id, id),
  check ((etat = 'signe') = (bordereau_id is not null)),
  check ((bordereau_id is null) = (titre_id is null))
);
create index finances_role_etat on app.finances_role (organisme_id, budget_id, annee, etat);
create unique index finances_role_source on app.finances_role (organisme_id, source, source_cle)
  where source_cle is not null and etat <> 'abandonne';

-- What a rôle asks of each debtor, until its signature.
create table app.finances_role_article (
  organisme_id uuid not null,
  id uuid not null,
  role_id uuid not null,
  rang integer not null,
  tiers_id uuid not null,
  objet text not null check (btrim(objet) <> ''),
  lignes jsonb not null, -- see src/modules/finances/recettes/roles/contract.ts
  ht numeric(15, 2) not null check (ht > 0),
  tva numeric(15, 2) not null default 0 check (tva >= 0),
  primary key (organisme_id, id),
  unique (organisme_id, role_id, tiers_id), -- one article for one debtor
  foreign key (organisme_id, role_id) references app.finances_role (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id)
);
create index finances_role_article_tiers on app.finances_role_article (organisme_id, tiers_id);

-- The same, signed: a debt with its number and its keys.
create table app.finances_dette (
  organisme_id uuid not null,
  id uuid not null, -- that of its article
  role_id uuid not null,
  bordereau_id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  numero bigint not null check (numero between 1 and 99999999),
  cle1 smallint not null check (cle1 between 0 and 9),
  cle2 text not null check (cle2 ~ '^[A-HJ-NP-Y]$'),
  tiers_id uuid not null,
  tiers_nom text not null,
  objet text not null,
  ht numeric(15, 2) not null check (ht > 0),
  tva numeric(15, 2) not null check (tva >= 0),
  lignes jsonb not null,
  fige jsonb not null, -- the debtor as he was
  mandat_sepa_id uuid,
  prelevement jsonb, -- the mandate and its sequence as they were
  prelevement_le date,
  primary key (organisme_id, id),
  unique (organisme_id, budget_id, annee, numero),
  foreign key (organisme_id, role_id) references app.finances_role (organisme_id, id),
  foreign key (organisme_id, bordereau_id) references app.finances_bordereau_signe (organisme_id, id),
  foreign key (organisme_id, tiers_id) references app.finances_tiers (organisme_id, id),
  foreign key (organisme_id, mandat_sepa_id) references app.finances_mandat_sepa (organisme_id, id),
  check ((mandat_sepa_id is null) = (prelevement is null)),
  check ((mandat_sepa_id is null) = (prelevement_le is null))
);
create index finances_dette_bordereau on app.finances_dette (organisme_id, bordereau_id);
create index finances_dette_tiers on app.finances_dette (organisme_id, tiers_id);
create index finances_dette_mandat on app.finances_dette (organisme_id, mandat_sepa_id) where mandat_sepa_id is not null;

create table app.finances_dette_suivi (
  organisme_id uuid not null,
  dette_id uuid not null,
  etat text not null default 'signee'
    check (etat in ('signee', 'transmise', 'priseEnCharge', 'suspendue', 'rejetee', 'partielle', 'soldee', 'annulee')),
  ttc numeric(15, 2) not null,
  regle numeric(15, 2) not null default 0,
  annule numeric(15, 2) not null default 0,
  -- the bank gave the debit back: a first debit that came back is presented again as a first one
  est_rejet_bancaire boolean not null default false,
  motif text not null default '',
  maj_le timestamptz not null default now(),
  primary key (organisme_id, dette_id),
  foreign key (organisme_id, dette_id) references app.finances_dette (organisme_id, id),
  check (annule <= ttc)
);

-- An answer of the comptable may be about one debt.
alter table app.finances_retour add column dette_id uuid,
  add foreign key (organisme_id, dette_id) references app.finances_dette (organisme_id, id),
  drop constraint finances_retour_check,
  add check (num_nonnulls(piece_id, bordereau_id, dette_id) = 1);
create index finances_retour_dette on app.finances_retour (organisme_id, dette_id) where dette_id is not null;

do $$
declare t text;
begin
  foreach t in array array['finances_recette_reglage', 'finances_mandat_sepa', 'finances_role', 'finances_role_article',
    'finances_dette', 'finances_dette_suivi'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

revoke update, delete on app.finances_dette from app_user;
revoke delete on app.finances_dette_suivi, app.finances_role, app.finances_mandat_sepa, app.finances_recette_reglage
  from app_user;
