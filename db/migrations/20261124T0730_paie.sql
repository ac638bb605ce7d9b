-- Careers -----------------------------------------------------------------------------------------------------------

-- Settings of an employer, dated: the payslip of a past month computes with those of its time.
create table app.paie_employeur (
  organisme_id uuid not null references app.organisme (id),
  depuis date not null,
  contenu jsonb not null, -- effectif, notified rates, délibérations: see src/modules/paie/carriere/contract.ts
  primary key (organisme_id, depuis)
);

create table app.paie_agent (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  personne_id uuid not null references app.acces_personne (id),
  matricule text not null,
  nom text not null,
  prenom text not null default '',
  nom_naissance text not null default '',
  sexe text not null check (sexe in ('F', 'M')),
  naissance date not null,
  nir text not null check (nir ~ '^[0-9]{6}[0-9AB][0-9]{8}$'),
  adresse text not null default '',
  code_postal text not null default '',
  ville text not null default '',
  courriel text not null default '',
  iban text not null default '',
  bic text not null default '',
  primary key (organisme_id, id),
  unique (organisme_id, matricule),
  unique (organisme_id, nir)
);
create index paie_agent_nom on app.paie_agent (organisme_id, nom, prenom);

-- One post of an agent: one payslip each month it lasts.
create table app.paie_carriere (
  organisme_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  emploi text not null,
  entree date not null,
  sortie date,
  motif_sortie text,
  primary key (organisme_id, id),
  foreign key (organisme_id, agent_id) references app.paie_agent (organisme_id, id),
  check (sortie is null or sortie > entree)
);
create index paie_carriere_agent on app.paie_carriere (organisme_id, agent_id);

-- Dated situation in the post; two never overlap.
create table app.paie_situation (
  organisme_id uuid not null,
  id uuid not null,
  carriere_id uuid not null,
  periode daterange not null check (not isempty(periode)),
  motif text not null default '',
  contenu jsonb not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id),
  exclude using gist (organisme_id with =, carriere_id with =, periode with &&)
);

-- Monthly dossier ---------------------------------------------------------------------------------------------------

create table app.paie_dossier (
  organisme_id uuid not null references app.organisme (id),
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  etat text not null check (etat in ('ouvert', 'calcule', 'aApprouver', 'renvoye', 'approuve', 'diffuse')),
  -- moves with each variable, career or document that counts: a run knows what it was computed from
  revision integer not null default 0,
  revision_calculee integer,
  -- the run under way, so that a second officer is told and a dead run is taken again
  calcul_id uuid,
  calcul_par text,
  calcul_depuis timestamptz,
  calcule_le timestamptz,
  calcule_par text,
  envoye_le timestamptz,
  envoye_par text,
  approuve_le timestamptz,
  approuve_par text,
  motif_renvoi text,
  -- SHA-256 of the approved payslips, in their order: what the ordonnateur saw is what is paid
  empreinte text,
  jeu text,
  diffuse_le timestamptz,
  primary key (organisme_id, mois)
);

create table app.paie_dossier_journal (
  organisme_id uuid not null,
  id uuid not null,
  mois text not null,
  le timestamptz not null default now(),
  personne_id uuid,
  nom text not null,
  acte text not null,
  detail text not null default '',
  primary key (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois)
);

-- Supporting documents of the month; the receipt is the row: number, time, SHA-256.
create table app.paie_piece (
  organisme_id uuid not null,
  id uuid not null,
  mois text not null,
  numero bigint not null,
  nature text not null,
  libelle text not null default '',
  document_id uuid not null,
  nom_fichier text not null,
  empreinte text not null,
  taille integer not null,
  effet date,
  etat text not null check (etat in ('deposee', 'recue', 'aCompleter', 'refusee', 'remplacee')),
  motif text,
  depose_le timestamptz not null default now(),
  depose_par uuid,
  depose_par_nom text not null,
  primary key (organisme_id, id),
  unique (organisme_id, numero),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois)
);
create table app.paie_piece_carriere (
  organisme_id uuid not null,
  piece_id uuid not null,
  carriere_id uuid not null,
  primary key (organisme_id, piece_id, carriere_id),
  foreign key (organisme_id, piece_id) references app.paie_piece (organisme_id, id),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id)
);
-- last receipt number of each body: taken in the transaction of the deposit, so without gap
create table app.paie_numero_piece (
  organisme_id uuid not null references app.organisme (id) primary key,
  dernier bigint not null
);

create table app.paie_variable (
  organisme_id uuid not null,
  id uuid not null,
  mois text not null,
  carriere_id uuid not null,
  contenu jsonb not null, -- nature and values: see src/modules/paie/dossier/contract.ts
  piece_id uuid,
  saisie_le timestamptz not null default now(),
  saisie_par text not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id),
  foreign key (organisme_id, piece_id) references app.paie_piece (organisme_id, id)
);
create index paie_variable_mois on app.paie_variable (organisme_id, mois, carriere_id);

create table app.paie_question (
  organisme_id uuid not null,
  id uuid not null,
  mois text not null,
  carriere_id uuid,
  piece_id uuid,
  objet text not null,
  echeance date,
  est_close boolean not null default false,
  primary key (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id),
  foreign key (organisme_id, piece_id) references app.paie_piece (organisme_id, id)
);
create table app.paie_message (
  organisme_id uuid not null,
  id uuid not null,
  question_id uuid not null,
  le timestamptz not null default now(),
  personne_id uuid,
  nom text not null,
  texte text not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, question_id) references app.paie_question (organisme_id, id)
);

-- Payslips ----------------------------------------------------------------------------------------------------------

-- The legal values that a run read, frozen once and named by their hash: a reference, the same for all bodies.
create table app.paie_jeu (
  empreinte text primary key,
  contenu text not null,
  cree_le timestamptz not null default now()
);

-- The working payslip of the month: each run replaces it until the approval.
create table app.paie_bulletin (
  organisme_id uuid not null,
  mois text not null,
  carriere_id uuid not null,
  agent_id uuid not null,
  -- frozen inputs, as text: the same bytes give the same payslip
  entrees text not null,
  jeu text not null references app.paie_jeu (empreinte),
  bulletin text not null,
  cumuls text not null,
  empreinte text not null, -- SHA-256 of entrees, jeu and bulletin
  population text not null,
  brut numeric(15, 2) not null,
  cotisations numeric(15, 2) not null,
  net_imposable numeric(15, 2) not null,
  net_a_payer numeric(15, 2) not null,
  cout numeric(15, 2) not null,
  primary key (organisme_id, mois, carriere_id),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois)
);

-- The approved payslip: insert-only. A correction is a rappel of a later month.
create table app.paie_bulletin_approuve (
  like app.paie_bulletin including defaults,
  numero bigint not null,
  approuve_le timestamptz not null default now(),
  primary key (organisme_id, mois, carriere_id),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois),
  foreign key (jeu) references app.paie_jeu (empreinte)
);

-- The PDF of an approved payslip: the employer's double and the deposit in the safe, made together.
create table app.paie_edition (
  organisme_id uuid not null,
  mois text not null,
  carriere_id uuid not null,
  document_id uuid not null,
  depot_id uuid not null, -- deposit in the safe of the person
  edite_le timestamptz not null default now(),
  primary key (organisme_id, mois, carriere_id),
  foreign key (organisme_id, mois, carriere_id) references app.paie_bulletin_approuve (organisme_id, mois, carriere_id)
);

create table app.paie_anomalie (
  organisme_id uuid not null,
  id uuid not null,
  mois text not null,
  carriere_id uuid,
  code text not null,
  message text not null,
  lieu text,
  conseil text,
  est_bloquante boolean not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id)
);
create index paie_anomalie_mois on app.paie_anomalie (organisme_id, mois);

-- The agency's own rows about its clients ---------------------------------------------------------------------------

create table app.paie_suivi (
  organisme_id uuid not null references app.organisme (id), -- the agency
  client uuid not null references app.organisme (id),
  mois text not null,
  etat text not null,
  agents integer not null default 0,
  bulletins integer not null default 0,
  anomalies integer not null default 0,
  bloquantes integer not null default 0,
  pieces integer not null default 0,
  pieces_a_lire integer not null default 0,
  questions integer not null default 0,
  brut numeric(15, 2) not null default 0,
  net_a_payer numeric(15, 2) not null default 0,
  cout numeric(15, 2) not null default 0,
  est_perime boolean not null default false, -- something moved since the last run
  date_limite date,
  maj_le timestamptz not null default now(),
  primary key (organisme_id, client, mois)
);

-- One launch over many bodies, and where each of them stands: what a progress bar reads, after a restart too.
create table app.paie_production (
  organisme_id uuid not null references app.organisme (id), -- the agency
  id uuid not null,
  mois text not null,
  lancee_par text not null,
  lancee_le timestamptz not null default now(),
  jusqua text not null check (jusqua in ('calcul', 'diffusion')), -- last step asked for
  approuve_en_demonstration boolean not null default false,
  finie_le timestamptz,
  primary key (organisme_id, id)
);
create table app.paie_production_client (
  organisme_id uuid not null,
  production_id uuid not null,
  client uuid not null references app.organisme (id),
  etape text not null check (etape in ('attente', 'calcul', 'approbation', 'edition', 'fini', 'arret')),
  agents integer not null default 0,
  calcules integer not null default 0,
  edites integer not null default 0,
  anomalies integer not null default 0,
  bloquantes integer not null default 0,
  message text,
  calcul_ms integer not null default 0,
  stockage_ms integer not null default 0,
  pdf_ms integer not null default 0,
  coffre_ms integer not null default 0,
  maj_le timestamptz not null default now(),
  primary key (organisme_id, production_id, client),
  foreign key (organisme_id, production_id) references app.paie_production (organisme_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['paie_employeur', 'paie_agent', 'paie_carriere', 'paie_situation', 'paie_dossier',
    'paie_dossier_journal', 'paie_piece', 'paie_piece_carriere', 'paie_numero_piece', 'paie_variable', 'paie_question',
    'paie_message', 'paie_bulletin', 'paie_bulletin_approuve', 'paie_edition', 'paie_anomalie', 'paie_suivi',
    'paie_production', 'paie_production_client'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

-- what an auditor reads is insert-only
revoke update, delete on app.paie_bulletin_approuve, app.paie_edition, app.paie_dossier_journal, app.paie_jeu,
  app.paie_message from app_user;
