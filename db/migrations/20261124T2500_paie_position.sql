-- Position statutaire of a post when it is not the activité: dated, one at a time. The post goes on; some positions
-- are not paid here. What it was before is in the history of the acts.
create table app.paie_position (
  organisme_id uuid not null,
  id uuid not null,
  carriere_id uuid not null,
  periode daterange not null check (not isempty(periode)),
  position text not null check (position in
    ('miseADisposition', 'detachement', 'detachementEntrant', 'disponibilite', 'congeParental')),
  motif text not null,
  accueil text not null default '',
  primary key (organisme_id, id),
  foreign key (organisme_id, carriere_id) references app.paie_carriere (organisme_id, id),
  exclude using gist (organisme_id with =, carriere_id with =, periode with &&)
);
create index paie_position_carriere on app.paie_position (organisme_id, carriere_id);
alter table app.paie_position enable row level security;
alter table app.paie_position force row level security;
create policy organisme on app.paie_position using (organisme_id = app.organisme_courant());

alter table app.paie_acte_carriere drop constraint paie_acte_carriere_nature_check;
alter table app.paie_acte_carriere add constraint paie_acte_carriere_nature_check
  check (nature in ('entree', 'situation', 'correction', 'avancement', 'position', 'sortie', 'identite', 'compte',
    'annulation'));
