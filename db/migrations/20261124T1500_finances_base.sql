-- Budgets, their exercices, what was voted, and what remains available ------------------------------------------------
-- Plans of accounts are files of the product, by year (src/modules/finances/nomenclature); each line freezes the chapter
-- and the section that its plan gave when it was written.

create table app.finances_reglage (
  organisme_id uuid not null references app.organisme (id) primary key,
  -- what the screens show; the data are the same
  edition text not null check (edition in ('essentielle', 'complete'))
);

create table app.finances_budget (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  -- CodBud of the comptable
  code text not null check (code ~ '^[0-9A-Z][0-9]$'),
  libelle text not null check (btrim(libelle) <> ''),
  est_principal boolean not null,
  siret text not null check (siret ~ '^[0-9]{14}$'),
  -- IdPost and CodCol of the comptable, unknown until he gives them
  codique text not null default '' check (codique ~ '^((02[AB][0-9]{3,4}|[0-9]{6,7})|)$'),
  code_collectivite text not null default '' check (code_collectivite ~ '^([0-9]{3}|)$'),
  est_assujetti_tva boolean not null default false,
  primary key (organisme_id, id),
  unique (organisme_id, code)
);
create unique index finances_budget_principal on app.finances_budget (organisme_id) where est_principal;

create table app.finances_exercice (
  organisme_id uuid not null,
  budget_id uuid not null,
  annee smallint not null check (annee between 2000 and 2100),
  plan text not null,
  -- the year of the plan that was known when the exercice was opened
  plan_annee smallint not null,
  -- the level at which the assembly votes, by section: what it limits is the chapter, or the article
  niveau_f text not null default 'chapitre' check (niveau_f in ('chapitre', 'article')),
  niveau_i text not null default 'chapitre' check (niveau_i in ('chapitre', 'article')),
  -- CGCT L5217-10-6: at most 7.5 % of the real expenses of the section; a norm without it keeps 0
  fongibilite_f numeric(4, 2) not null default 0 check (fongibilite_f between 0 and 7.5),
  fongibilite_i numeric(4, 2) not null default 0 check (fongibilite_i between 0 and 7.5),
  etat text not null default 'preparation' check (etat in ('preparation', 'provisoire', 'ouvert', 'clos')),
  primary key (organisme_id, budget_id, annee),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id)
);

create table app.finances_service (
  organisme_id uuid not null references app.organisme (id),
  code text not null check (code ~ '^[0-9A-Z]{1,10}$'),
  libelle text not null check (btrim(libelle) <> ''),
  primary key (organisme_id, code)
);

-- opérations d’équipement: each is a chapter of its own
create table app.finances_operation (
  organisme_id uuid not null,
  budget_id uuid not null,
  code text not null check (code ~ '^[0-9]{1,10}$'),
  libelle text not null check (btrim(libelle) <> ''),
  primary key (organisme_id, budget_id, code),
  foreign key (organisme_id, budget_id) references app.finances_budget (organisme_id, id)
);

-- One version of the budget: prepared, then voted (or decided by the executive, for a virement), then frozen.
create table app.finances_vote (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  genre text not null check (genre in ('provisoire', 'BP', 'BS', 'DM', 'VC', 'RAR')),
  -- « DM n° 2 »: in the order of the creations of its kind
  numero smallint not null check (numero > 0),
  etat text not null default 'preparation' check (etat in ('preparation', 'vote', 'abandonne')),
  deliberation_numero text,
  deliberation_date date,
  note text not null default '',
  cree_le timestamptz not null default now(),
  cree_par text not null,
  vote_le timestamptz,
  vote_par text,
  primary key (organisme_id, id),
  unique (organisme_id, budget_id, annee, genre, numero),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  check ((etat = 'vote') = (vote_le is not null)),
  check (etat <> 'vote' or deliberation_date is not null)
);
create unique index finances_vote_bp on app.finances_vote (organisme_id, budget_id, annee, genre)
  where genre = 'BP' and etat <> 'abandonne';

-- the lines while they are prepared; `demande` is what the service asked for
create table app.finances_vote_ligne (
  organisme_id uuid not null,
  vote_id uuid not null,
  sens text not null check (sens in ('D', 'R')),
  mouvement text not null check (mouvement in ('reel', 'entreSections', 'interne')),
  nature text not null check (nature ~ '^[0-9]{2,12}$'),
  fonction text not null default '' check (fonction ~ '^[0-9]{0,10}$'),
  operation text not null default '',
  service text not null default '',
  section text not null check (section in ('F', 'I')),
  chapitre text not null,
  demande numeric(15, 2),
  montant numeric(15, 2) not null,
  note text not null default '',
  primary key (organisme_id, vote_id, sens, mouvement, nature, fonction, operation, service),
  foreign key (organisme_id, vote_id) references app.finances_vote (organisme_id, id)
);

-- What was voted, for ever: the sum is the credit. The provisional credits are taken back by the BP that replaces them.
create table app.finances_credit (
  organisme_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  vote_id uuid not null,
  sens text not null check (sens in ('D', 'R')),
  mouvement text not null check (mouvement in ('reel', 'entreSections', 'interne')),
  nature text not null,
  fonction text not null default '',
  operation text not null default '',
  service text not null default '',
  section text not null check (section in ('F', 'I')),
  chapitre text not null,
  montant numeric(15, 2) not null check (montant <> 0),
  primary key (organisme_id, id),
  foreign key (organisme_id, vote_id) references app.finances_vote (organisme_id, id),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee)
);
create index finances_credit_exercice on app.finances_credit (organisme_id, budget_id, annee);
create index finances_credit_vote on app.finances_credit (organisme_id, vote_id);

-- One row for each thing that the vote limits: whoever consumes locks it first. `cle` is the chapter, the article under
-- its chapter (« 011/60611 »), or the opération (« op/12 »).
create table app.finances_controle (
  organisme_id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  section text not null check (section in ('F', 'I')),
  sens text not null check (sens in ('D', 'R')),
  cle text not null,
  -- real expenses are limited; ordre movements and incomes are not
  est_limitatif boolean not null,
  vote numeric(15, 2) not null default 0,
  engage numeric(15, 2) not null default 0,
  mandate numeric(15, 2) not null default 0,
  primary key (organisme_id, budget_id, annee, section, sens, cle),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee),
  -- what is engaged and not yet mandated, and what is mandated, never go over what was voted
  constraint finances_credit_disponible check (not est_limitatif or engage + mandate <= vote)
);

-- The same sums by article, for the situations: no screen adds up the pieces of a year.
create table app.finances_article (
  organisme_id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  sens text not null check (sens in ('D', 'R')),
  mouvement text not null check (mouvement in ('reel', 'entreSections', 'interne')),
  nature text not null,
  fonction text not null default '',
  operation text not null default '',
  service text not null default '',
  section text not null check (section in ('F', 'I')),
  chapitre text not null,
  vote numeric(15, 2) not null default 0,
  engage numeric(15, 2) not null default 0,
  mandate numeric(15, 2) not null default 0,
  primary key (organisme_id, budget_id, annee, sens, mouvement, nature, fonction, operation, service),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee)
);

do $$
declare t text;
begin
  foreach t in array array['finances_reglage', 'finances_budget', 'finances_exercice', 'finances_service',
    'finances_operation', 'finances_vote', 'finances_vote_ligne', 'finances_credit', 'finances_controle',
    'finances_article'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

revoke update, delete on app.finances_credit from app_user;
revoke delete on app.finances_budget, app.finances_exercice, app.finances_vote, app.finances_controle,
  app.finances_article from app_user;
