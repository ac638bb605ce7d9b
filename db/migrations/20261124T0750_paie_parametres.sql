-- Legal values published by the agency ------------------------------------------------------------------------------
-- All three tables belong to the agency. What a person proposed or decided is insert-only: the state of a proposition
-- is read from its acts, and a correction is another proposition.

create table app.paie_proposition (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  code text not null,
  depuis date not null,
  jusqua date check (jusqua > depuis),
  -- one or the other: see src/modules/paie/calcul/parametres/schema.ts
  valeur text,
  tranches jsonb,
  texte text not null default '',
  source text not null check (btrim(source) <> ''),
  est_verifie boolean not null,
  note text not null default '',
  propose_par uuid not null references app.acces_personne (id),
  propose_par_nom text not null,
  propose_le timestamptz not null default now(),
  primary key (organisme_id, id),
  -- what the acts point at, so that the four eyes are checked by the database
  unique (organisme_id, id, propose_par),
  check ((valeur is null) <> (tranches is null))
);

create table app.paie_proposition_acte (
  organisme_id uuid not null,
  id uuid not null,
  proposition_id uuid not null,
  propose_par uuid not null,
  acte text not null check (acte in ('publier', 'refuser', 'retirer')),
  par uuid not null references app.acces_personne (id),
  par_nom text not null,
  le timestamptz not null default now(),
  motif text not null default '',
  -- moves with each publication and each withdrawal: a process knows that its set of values is old
  version bigint not null,
  primary key (organisme_id, id),
  unique (organisme_id, proposition_id, acte),
  unique (organisme_id, version),
  foreign key (organisme_id, proposition_id, propose_par) references app.paie_proposition (organisme_id, id, propose_par),
  -- four eyes: nobody releases, or turns down, what he proposed himself
  check (acte = 'retirer' or par <> propose_par)
);
-- released or turned down, never both
create unique index paie_proposition_decision on app.paie_proposition_acte (organisme_id, proposition_id)
  where acte in ('publier', 'refuser');

create table app.paie_simulation (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  propositions jsonb not null, -- their ids
  demandee_par text not null,
  demandee_le timestamptz not null default now(),
  etat text not null default 'attente' check (etat in ('attente', 'enCours', 'fait', 'echec')),
  fait integer not null default 0,
  total integer not null default 0,
  resultat jsonb,
  finie_le timestamptz,
  primary key (organisme_id, id),
  check ((etat = 'fait') = (resultat is not null))
);

do $$
declare t text;
begin
  foreach t in array array['paie_proposition', 'paie_proposition_acte', 'paie_simulation'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;

revoke update, delete on app.paie_proposition, app.paie_proposition_acte from app_user;
