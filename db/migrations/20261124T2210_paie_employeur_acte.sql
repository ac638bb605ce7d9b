-- Who set what of an employer, from which paper, and what it replaced: the settings are read from paie_employeur, their
-- history from here. Insert-only.
create table app.paie_employeur_acte (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  depuis date not null,
  avant jsonb, -- what was in force on that day; null when nothing was
  apres jsonb not null,
  source text not null check (source <> ''), -- notification, délibération: what gives the right to the values
  piece_id uuid,
  le timestamptz not null default now(),
  par_nom text not null,
  par uuid,
  primary key (organisme_id, id),
  foreign key (organisme_id, piece_id) references app.paie_piece (organisme_id, id)
);
create index paie_employeur_acte_depuis on app.paie_employeur_acte (organisme_id, depuis);
alter table app.paie_employeur_acte enable row level security;
alter table app.paie_employeur_acte force row level security;
create policy organisme on app.paie_employeur_acte using (organisme_id = app.organisme_courant());
revoke update, delete on app.paie_employeur_acte from app_user;
