-- History of careers ------------------------------------------------------------------------------------------------
-- app.paie_carriere and app.paie_situation say what is true now; these rows say how it became so, by whom and when.
-- They are insert-only and point at no row of the file: undoing an import takes agents away, never what was done.

create table app.paie_acte_carriere (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  agent_id uuid not null,
  carriere_id uuid, -- null: the act is about the person (identity, bank account)
  nature text not null check (nature in ('entree', 'situation', 'correction', 'avancement', 'sortie', 'identite', 'compte',
    'annulation')),
  effet date not null, -- first day that the pay changes
  motif text not null default '',
  resume text not null, -- what changed, in a French sentence
  piece_id uuid,
  lot_id uuid, -- acts done together: an import, a batch of avancements
  annule uuid, -- the act that this one undoes
  -- the whole thing before and after: see src/modules/paie/carriere/domain/changer.ts
  avant jsonb,
  apres jsonb,
  par uuid references app.acces_personne (id),
  par_nom text not null,
  le timestamptz not null default clock_timestamp(),
  primary key (organisme_id, id),
  unique (organisme_id, annule),
  check ((nature = 'annulation') = (annule is not null))
);
create index paie_acte_carriere_agent on app.paie_acte_carriere (organisme_id, agent_id, le);
create index paie_acte_carriere_lot on app.paie_acte_carriere (organisme_id, lot_id);
create index paie_acte_carriere_effet on app.paie_acte_carriere (organisme_id, le, effet);

-- Acts done together, and undone together.
create table app.paie_lot_carriere (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  nature text not null check (nature in ('import', 'avancement', 'annulation')),
  libelle text not null,
  annule uuid,
  contenu jsonb, -- import: file, its SHA-256, mapping; avancement: models of the arrêtés
  par uuid references app.acces_personne (id),
  par_nom text not null,
  le timestamptz not null default clock_timestamp(),
  primary key (organisme_id, id),
  unique (organisme_id, annule),
  check ((nature = 'annulation') = (annule is not null))
);

-- A bank account is proposed by one person and serves once another one has confirmed it.
create table app.paie_compte_bancaire (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  agent_id uuid not null,
  iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$'),
  bic text not null default '',
  titulaire text not null,
  piece_id uuid,
  propose_par uuid not null references app.acces_personne (id),
  propose_par_nom text not null,
  propose_le timestamptz not null default clock_timestamp(),
  primary key (organisme_id, id),
  unique (organisme_id, id, propose_par)
);
create index paie_compte_bancaire_agent on app.paie_compte_bancaire (organisme_id, agent_id);
create table app.paie_compte_bancaire_acte (
  organisme_id uuid not null,
  compte_id uuid not null,
  propose_par uuid not null,
  acte text not null check (acte in ('confirmer', 'refuser', 'retirer')),
  par uuid not null references app.acces_personne (id),
  par_nom text not null,
  le timestamptz not null default clock_timestamp(),
  motif text not null default '',
  primary key (organisme_id, compte_id), -- decided once
  foreign key (organisme_id, compte_id, propose_par) references app.paie_compte_bancaire (organisme_id, id, propose_par),
  -- four eyes, held by the database
  check (acte = 'retirer' or par <> propose_par)
);

do $$
declare t text;
begin
  foreach t in array array['paie_acte_carriere', 'paie_lot_carriere', 'paie_compte_bancaire',
    'paie_compte_bancaire_acte'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

revoke update, delete on app.paie_acte_carriere, app.paie_lot_carriere, app.paie_compte_bancaire,
  app.paie_compte_bancaire_acte from app_user;
