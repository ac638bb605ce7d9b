-- Agents who keep their payslip on paper: the day and the proof of the objection, and of its end. Never erased.
create table app.paie_papier (
  organisme_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  depuis date not null,
  preuve text not null default '', -- letter, form: what the employer keeps
  fini_le date,
  enregistre_le timestamptz not null default now(),
  enregistre_par text not null,
  primary key (organisme_id, id),
  foreign key (organisme_id, agent_id) references app.paie_agent (organisme_id, id),
  check (fini_le is null or fini_le >= depuis)
);
create unique index paie_papier_en_cours on app.paie_papier (organisme_id, agent_id) where fini_le is null;

-- A notice without figures was sent for this payslip: once, whatever runs again.
create table app.paie_avis (
  organisme_id uuid not null references app.organisme (id),
  mois text not null,
  agent_id uuid not null,
  envoye_le timestamptz not null default now(),
  primary key (organisme_id, mois, agent_id),
  foreign key (organisme_id, agent_id) references app.paie_agent (organisme_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['paie_papier', 'paie_avis'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('create policy organisme on app.%I using (organisme_id = app.organisme_courant())', t);
  end loop;
end
$$;
revoke delete on app.paie_papier from app_user;
revoke update, delete on app.paie_avis from app_user;
