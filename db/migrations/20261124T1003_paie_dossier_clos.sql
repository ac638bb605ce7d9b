-- A month ends by its closing: nothing waits in it any more, and what comes later is for another month.
alter table app.paie_dossier drop constraint paie_dossier_etat_check;
alter table app.paie_dossier add constraint paie_dossier_etat_check
  check (etat in ('ouvert', 'calcule', 'aApprouver', 'renvoye', 'approuve', 'diffuse', 'clos'));
alter table app.paie_dossier add column clos_le timestamptz;
alter table app.paie_dossier add column clos_par text;
