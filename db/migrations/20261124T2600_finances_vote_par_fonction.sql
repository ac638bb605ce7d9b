-- A budget of M57 is voted by nature, or by function: the chapter of a line then comes from its function.
alter table app.finances_exercice
  add column vote_selon text not null default 'nature' check (vote_selon in ('nature', 'fonction'));
