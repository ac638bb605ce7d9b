-- A run keeps the payslips whose inputs did not move: it must know by which engine they were computed, and which
-- anomalies come from the engine (kept with their payslip) or from what surrounds it (found again at each run).
alter table app.paie_dossier add column moteur text;
alter table app.paie_anomalie add column origine text not null default 'moteur'
  check (origine in ('preparation', 'moteur', 'controle'));

-- What a body chose with the agency: thresholds of the controls, tacit approval of its convention. No row: the defaults.
create table app.paie_controle_reglage (
  organisme_id uuid not null references app.organisme (id) primary key,
  contenu jsonb not null, -- see src/modules/paie/production/controles/contract.ts
  modifie_le timestamptz not null default now(),
  modifie_par text not null
);

-- The list of controls as the officer signed it, for the payslips named by their hash: insert-only.
create table app.paie_controle_signe (
  organisme_id uuid not null,
  id uuid not null,
  mois text not null,
  empreinte text not null,
  liste jsonb not null, -- each control, its finding, the officer's remark
  signe_le timestamptz not null default now(),
  signe_par text not null,
  personne_id uuid,
  primary key (organisme_id, id),
  unique (organisme_id, mois, empreinte),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois)
);

-- An officer and an agent who is a relative of his: declared by him, ended by a date, never erased.
create table app.paie_lien (
  organisme_id uuid not null,
  id uuid not null,
  personne_id uuid not null references app.acces_personne (id), -- the officer
  agent_id uuid not null,
  lien text not null,
  declare_le timestamptz not null default now(),
  declare_par text not null,
  fini_le date,
  primary key (organisme_id, id),
  foreign key (organisme_id, agent_id) references app.paie_agent (organisme_id, id)
);
create index paie_lien_agent on app.paie_lien (organisme_id, agent_id);

-- The second pair of eyes on such a payslip, for one hash of it: insert-only.
create table app.paie_double_regard (
  organisme_id uuid not null,
  mois text not null,
  carriere_id uuid not null,
  empreinte text not null,
  personne_id uuid not null,
  nom text not null,
  le timestamptz not null default now(),
  primary key (organisme_id, mois, carriere_id, empreinte, personne_id),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id)
);

-- The visa: the canonical JSON of the run, whose SHA-256 is what was approved. Insert-only.
create table app.paie_visa (
  organisme_id uuid not null,
  id uuid not null,
  mois text not null,
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  contenu text not null,
  genre text not null check (genre in ('expres', 'tacite', 'demonstration')),
  le timestamptz not null default now(),
  par text not null,
  personne_id uuid,
  primary key (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois)
);
create index paie_visa_mois on app.paie_visa (organisme_id, mois);
-- set when the month is sent, if the convention of the body has a tacit approval
alter table app.paie_dossier add column tacite_le timestamptz;

-- Homes that receive the supplément familial, blinded: the agency compares two bodies and learns no name. Its own rows.
create table app.paie_foyer_sft (
  organisme_id uuid not null references app.organisme (id), -- the agency
  mois text not null,
  foyer text not null check (foyer ~ '^[0-9a-f]{64}$'),
  client uuid not null references app.organisme (id),
  nombre integer not null,
  primary key (organisme_id, mois, foyer, client)
);
create index paie_foyer_sft_client on app.paie_foyer_sft (organisme_id, client, mois);

do $$
declare t text;
begin
  foreach t in array array['paie_controle_reglage', 'paie_controle_signe', 'paie_lien', 'paie_double_regard', 'paie_visa',
    'paie_foyer_sft'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
revoke update, delete on app.paie_controle_signe, app.paie_double_regard, app.paie_visa from app_user;
revoke delete on app.paie_lien from app_user;
