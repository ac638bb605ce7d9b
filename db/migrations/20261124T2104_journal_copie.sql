-- How far the journal of each body was sent to another machine.
create table app.journal_copie (
  organisme_id uuid not null references app.organisme (id) primary key,
  numero bigint not null check (numero > 0),
  le timestamptz not null default now()
);
alter table app.journal_copie enable row level security;
alter table app.journal_copie force row level security;
create policy organisme on app.journal_copie
  using (organisme_id = app.organisme_courant()) with check (organisme_id = app.organisme_courant());
revoke delete on app.journal_copie from app_user;
