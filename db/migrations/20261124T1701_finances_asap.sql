-- What an avis des sommes à payer that the DGFiP prints says of the body and of its comptable; null until it is told.
alter table app.finances_echange_reglage add column asap jsonb;
