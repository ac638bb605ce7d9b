-- The objections to the electronic payslip are kept by the safe, with their dates (app.coffre_opposition): one place.
drop table app.paie_papier;
