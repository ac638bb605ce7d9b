-- Who prints and sends the avis of a rôle: the body, or the DGFiP (Edition 06 of the PES, with each avis attached).
alter table app.finances_role add column edition text not null default 'collectivite'
  check (edition in ('collectivite', 'dgfip'));
