-- A better paper takes the place of another; both stay.
alter table app.paie_piece add column remplace uuid;
alter table app.paie_piece add foreign key (organisme_id, remplace) references app.paie_piece (organisme_id, id);
create index paie_piece_remplace on app.paie_piece (organisme_id, remplace) where remplace is not null;

-- Dates of the pay of a body: its settings, and the dates that the officer moved for one month.
create table app.paie_calendrier (
  organisme_id uuid primary key references app.organisme (id),
  contenu jsonb not null, -- see src/modules/paie/dossier/calendrier/contract.ts
  regle_le timestamptz not null default now(),
  regle_par text not null
);
create table app.paie_echeance (
  organisme_id uuid not null references app.organisme (id),
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  etape text not null,
  jour date not null,
  motif text not null default '',
  fixee_le timestamptz not null default now(),
  fixee_par text not null,
  primary key (organisme_id, mois, etape)
);

-- A question asked by the member for advice, on an agent or on one payslip (its month), beside those of the month.
alter table app.paie_question add column genre text not null default 'dossier' check (genre in ('dossier', 'conseil'));
alter table app.paie_question add column posee_le timestamptz not null default now();
alter table app.paie_question add column posee_par text not null default '';

-- Words without accents, in small letters: what a search compares.
create function app.sans_accents(t text) returns text language sql immutable parallel safe
  as $$ select translate(lower(t), 'àâäáãåçéèêëíîïìñóôöòõúûüùÿœæ’', 'aaaaaaceeeeiiiinooooouuuuyoa ') $$;

-- Answers of the agency, published without names for all its members. They belong to the agency.
create table app.paie_conseil (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  theme text not null,
  question text not null,
  reponse text not null,
  texte_de_droit text not null default '',
  publie_le timestamptz not null default now(),
  publie_par text not null,
  -- an answer that the law has changed is withdrawn, never erased
  retire_le timestamptz,
  retire_par text,
  mots tsvector not null generated always as (
    setweight(to_tsvector('french', app.sans_accents(question)), 'A')
    || setweight(to_tsvector('french', app.sans_accents(theme)), 'B')
    || setweight(to_tsvector('french', app.sans_accents(reponse || ' ' || texte_de_droit)), 'C')) stored,
  primary key (organisme_id, id)
);
create index paie_conseil_mots on app.paie_conseil using gin (mots);

do $$
declare t text;
begin
  foreach t in array array['paie_calendrier', 'paie_echeance', 'paie_conseil'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
revoke delete on app.paie_conseil from app_user;
