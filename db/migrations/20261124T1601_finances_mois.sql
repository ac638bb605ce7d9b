-- What was issued, month by month: the dashboard reads twelve rows, and never the pieces of a year.
create table app.finances_mois (
  organisme_id uuid not null,
  budget_id uuid not null,
  annee smallint not null,
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  sens text not null check (sens in ('D', 'R')),
  montant numeric(15, 2) not null default 0, -- real movements, tax included; cancellations and refusals taken off
  primary key (organisme_id, budget_id, annee, mois, sens),
  foreign key (organisme_id, budget_id, annee) references app.finances_exercice (organisme_id, budget_id, annee)
);
insert into app.finances_mois (organisme_id, budget_id, annee, mois, sens, montant)
select p.organisme_id, p.budget_id, p.annee, to_char(p.emise_le, 'YYYY-MM'), p.sens,
  sum(case when p.type_bordereau = '02' then -p.ht - p.tva else p.ht + p.tva end)
from app.finances_piece p
join app.finances_piece_suivi s on s.organisme_id = p.organisme_id and s.piece_id = p.id and s.etat <> 'rejetee'
where p.mouvement = 'reel' group by 1, 2, 3, 4, 5;

alter table app.finances_mois enable row level security;
alter table app.finances_mois force row level security;
create policy organisme on app.finances_mois using (organisme_id = app.organisme_courant());
revoke delete on app.finances_mois from app_user;

-- what is neither paid nor over: a small part of the pieces, whatever the years
create index finances_piece_suivi_vivantes on app.finances_piece_suivi (organisme_id, budget_id, annee)
  where etat in ('signee', 'transmise', 'priseEnCharge', 'suspendue', 'partielle');
create index finances_liquidation_origine on app.finances_liquidation (organisme_id, origine_id) where origine_id is not null;
