-- The lists of papers say where each is used, and an agent's file shows his papers of all months: read by these columns.
create index paie_variable_piece on app.paie_variable (organisme_id, piece_id) where piece_id is not null;
create index paie_piece_carriere_carriere on app.paie_piece_carriere (organisme_id, carriere_id);
create index paie_piece_mois on app.paie_piece (organisme_id, mois);
create index paie_question_mois on app.paie_question (organisme_id, mois);
