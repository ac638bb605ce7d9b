-- What was sent by mail on behalf of a body, as it was sent. The queue carries the message; this is its trace.
create table app.courriel (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  motif text not null, -- module.reason, such as paie.relance
  -- what the mail is about, in the words of its module (a month of pay): finds the mails of one page
  sujet text not null default '',
  destinataire text not null,
  objet text not null,
  texte text not null,
  etat text not null check (etat in ('attente', 'envoye', 'echec')),
  -- plain French reason of the last failed try
  erreur text,
  demande_le timestamptz not null default now(),
  demande_par text not null,
  envoye_le timestamptz,
  primary key (organisme_id, id)
);
create index courriel_sujet on app.courriel (organisme_id, motif, sujet, demande_le);
alter table app.courriel enable row level security;
alter table app.courriel force row level security;
create policy courriel_organisme on app.courriel
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke delete on app.courriel from app_user; -- what was sent stays
