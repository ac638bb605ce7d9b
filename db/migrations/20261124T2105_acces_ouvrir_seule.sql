-- The same function, which takes the role of the application by itself: alone, outside of any transaction, it is one, and a
-- request learns who is here in one exchange instead of four. Role and context end with the statement.
create or replace function app.acces_ouvrir(la_session text, l_organisme uuid, l_agence uuid)
returns table (
  id uuid, personne_id uuid, identifiant text, nom text, prenom text,
  session_id uuid, jeton_csrf text, second_facteur_le timestamptz, active_le timestamptz, verrouillee_le timestamptz,
  verrou_minutes integer, a_facteur boolean,
  roles text[], roles_agence text[], est_client boolean
)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_variable
begin
  set local role app_user;
  select c.id, c.personne_id, c.identifiant, p.nom, p.prenom, s.id, s.jeton_csrf, s.second_facteur_le, s.active_le,
      s.verrouillee_le, s.verrou_minutes
    into id, personne_id, identifiant, nom, prenom, session_id, jeton_csrf, second_facteur_le, active_le,
      verrouillee_le, verrou_minutes
    from app.acces_session s
    join app.acces_compte c on c.id = s.compte_id
    join app.acces_personne p on p.id = c.personne_id
    where s.empreinte = la_session and s.revoquee_le is null and s.expire_le > now() and c.est_actif and p.gelee_le is null;
  if not found then return; end if;
  a_facteur := exists (
    select from app.acces_facteur f where f.compte_id = acces_ouvrir.id and f.confirme_le is not null);
  if l_organisme is not null and l_agence is not null then
    execute format('set local app.personne_id = %L', acces_ouvrir.personne_id);
    execute format('set local app.organisme_id = %L', l_agence);
    select array_agg(a.role) filter (where a.organisme_id = l_organisme),
        array_agg(a.role) filter (where a.organisme_id = l_agence)
      into roles, roles_agence
      from app.acces_appartenance a
      where a.personne_id = acces_ouvrir.personne_id and a.organisme_id in (l_organisme, l_agence)
        and a.retire_le is null and a.depuis <= current_date and (a.jusqua is null or a.jusqua > current_date);
    -- one's own membership is never widened by the agency
    est_client := roles is null and roles_agence && array['gestionnaire', 'superviseur'] and exists (
      select from app.acces_portefeuille_client k
      join app.acces_portefeuille f on f.organisme_id = k.organisme_id and f.id = k.portefeuille_id
      where k.organisme_id = l_agence and k.client = l_organisme
        and ('superviseur' = any (roles_agence) or f.gestionnaire_id = acces_ouvrir.personne_id
          or exists (select from app.acces_remplacement r
            where r.organisme_id = l_agence and r.portefeuille_id = f.id
              and r.remplacant_id = acces_ouvrir.personne_id
              and current_date >= r.depuis and current_date < r.jusqua)));
  end if;
  return next;
end
$$;
