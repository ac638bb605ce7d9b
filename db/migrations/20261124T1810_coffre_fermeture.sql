-- The end of a safe: asked by its holder, dated thirty days later, or opened by her death. It holds dates and no content.
create table app.coffre_fermeture (
  personne_id uuid not null references app.acces_personne (id),
  id uuid not null,
  origine text not null check (origine in ('titulaire', 'deces')),
  demandee_le timestamptz not null default now(),
  prevue_le timestamptz, -- null while the safe of a dead person is frozen and its papers are not handed yet
  rappelee_le timestamptz,
  annulee_le timestamptz,
  faite_le timestamptz, -- papers and key destroyed
  effacee_le timestamptz, -- sealed bytes, which nothing opened any more, removed from the disk
  primary key (personne_id, id),
  check (prevue_le is null or prevue_le >= demandee_le + interval '29 days'),
  check (faite_le is null or (annulee_le is null and prevue_le is not null and faite_le >= prevue_le)),
  check (effacee_le is null or faite_le is not null)
);
create unique index coffre_fermeture_une on app.coffre_fermeture (personne_id) where annulee_le is null;
create index coffre_fermeture_prevue on app.coffre_fermeture (prevue_le) where annulee_le is null and effacee_le is null;
alter table app.coffre_fermeture enable row level security;
alter table app.coffre_fermeture force row level security;
-- an employer must know that nothing is to be deposited any more, and the daily work what is due
create policy coffre_fermeture_lecture on app.coffre_fermeture for select using (true);
create policy coffre_fermeture_demande on app.coffre_fermeture for insert with check (personne_id = app.personne_courante());
create policy coffre_fermeture_suite on app.coffre_fermeture for update
  using (personne_id = app.personne_courante()) with check (personne_id = app.personne_courante());
revoke delete on app.coffre_fermeture from app_user;

-- Papers leave a safe by its closing only, once its day has come.
grant delete on app.coffre_objet to app_user;
create policy coffre_objet_fermeture on app.coffre_objet for delete
  using (personne_id = app.personne_courante() and exists (
    select from app.coffre_fermeture f
    where f.personne_id = coffre_objet.personne_id and f.annulee_le is null and f.prevue_le <= now()));

alter table app.coffre_journal drop constraint coffre_journal_acte_check;
alter table app.coffre_journal add constraint coffre_journal_acte_check check (acte in
  ('deposer', 'lire', 'lireRecu', 'telecharger', 'lister', 'exporter', 'controler',
   'demanderFermeture', 'annulerFermeture', 'rappeler', 'fermer', 'geler', 'degeler', 'remettre'));

-- So does the key of a person; that of a body never does.
create function app.garder_cle() returns trigger language plpgsql as $$
begin
  if not exists (
    select from app.coffre_fermeture f
    where 'personne:' || f.personne_id = old.proprietaire and f.annulee_le is null and f.prevue_le <= now()
  ) then
    raise exception 'the key of % is kept: no closing of this safe is due', old.proprietaire;
  end if;
  return old;
end
$$;
create trigger document_cle_gardee before delete on app.document_cle for each row execute function app.garder_cle();
grant delete on app.document_cle to app_user;
