-- The debts of one rôle, whatever the years.
create index finances_dette_role on app.finances_dette (organisme_id, role_id);
