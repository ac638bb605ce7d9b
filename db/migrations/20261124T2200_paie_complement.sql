-- Several productions of one month: rang 1 is the run of the month, the others complete it or come before it. What one
-- of them approved never changes: the next pays the difference, on payslips of its own.
alter table app.paie_edition drop constraint paie_edition_organisme_id_mois_carriere_id_fkey;
alter table app.paie_edition drop constraint paie_edition_pkey;
alter table app.paie_bulletin_approuve drop constraint paie_bulletin_approuve_pkey;
alter table app.paie_bulletin_approuve add column rang smallint not null default 1 check (rang >= 1);
alter table app.paie_bulletin_approuve add primary key (organisme_id, mois, carriere_id, rang);
alter table app.paie_edition add column rang smallint not null default 1;
alter table app.paie_edition add primary key (organisme_id, mois, carriere_id, rang);
alter table app.paie_edition add foreign key (organisme_id, mois, carriere_id, rang)
  references app.paie_bulletin_approuve (organisme_id, mois, carriere_id, rang);

-- one notice by production: a complement arrives in the safe after the payslip of the month
alter table app.paie_avis drop constraint paie_avis_pkey;
alter table app.paie_avis add column rang smallint not null default 1;
alter table app.paie_avis add primary key (organisme_id, mois, agent_id, rang);

alter table app.paie_visa add column rang smallint not null default 1;

create table app.paie_complement (
  organisme_id uuid not null,
  mois text not null,
  rang smallint not null check (rang >= 2),
  id uuid not null, -- made by the client: asked for twice, it is opened once
  genre text not null check (genre in ('complementaire', 'urgence')),
  motif text not null check (motif <> ''),
  etat text not null check (etat in ('prepare', 'aApprouver', 'renvoye', 'approuve', 'diffuse', 'abandonne')),
  cree_le timestamptz not null default now(),
  cree_par text not null,
  calcule_le timestamptz,
  calcule_par text,
  envoye_le timestamptz,
  envoye_par text,
  approuve_le timestamptz,
  approuve_par text,
  motif_renvoi text,
  empreinte text, -- of what was sent: the ordonnateur approves what he saw
  diffuse_le timestamptz,
  primary key (organisme_id, mois, rang),
  unique (organisme_id, id),
  foreign key (organisme_id, mois) references app.paie_dossier (organisme_id, mois)
);

-- The agents chosen, each with the working payslip of the difference.
create table app.paie_complement_agent (
  organisme_id uuid not null,
  mois text not null,
  rang smallint not null,
  carriere_id uuid not null,
  acompte numeric(15, 2) check (acompte > 0), -- only this much, before the payslip of the month
  anomalies jsonb not null default '[]',
  entrees text,
  jeu text references app.paie_jeu (empreinte),
  bulletin text,
  cumuls text,
  empreinte text,
  population text,
  brut numeric(15, 2),
  cotisations numeric(15, 2),
  net_imposable numeric(15, 2),
  net_a_payer numeric(15, 2),
  cout numeric(15, 2),
  primary key (organisme_id, mois, rang, carriere_id),
  foreign key (organisme_id, mois, rang) references app.paie_complement (organisme_id, mois, rang),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['paie_complement', 'paie_complement_agent'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
revoke delete on app.paie_complement from app_user;

-- entered for a complement of a month that no longer changes; taken away with it when it is given up
alter table app.paie_variable add column rang smallint check (rang >= 2);

-- what the cockpit says of a body: complements that are neither paid nor given up
alter table app.paie_suivi add column complements integer not null default 0;
