-- Budget documents of this body or of others that were read from their official XML: the file is in the store of
-- documents, the row is what the list shows. The same file is read once.
create table app.finances_document_lu (
  organisme_id uuid not null references app.organisme (id),
  id uuid not null,
  document_id uuid not null,
  empreinte text not null,
  collectivite text not null,
  siret text not null default '',
  budget text not null,
  plan text not null,
  annee smallint not null,
  etape text not null,
  lignes integer not null,
  -- expenses and incomes voted, both sections
  depenses numeric(15, 2) not null,
  recettes numeric(15, 2) not null,
  lu_le timestamptz not null default now(),
  lu_par text not null,
  primary key (organisme_id, id),
  unique (organisme_id, empreinte),
  foreign key (organisme_id, document_id) references app.document (organisme_id, id)
);

do $$
begin
  alter table app.finances_document_lu enable row level security;
  alter table app.finances_document_lu force row level security;
  create policy organisme on app.finances_document_lu using (organisme_id = app.organisme_courant());
end
$$;

revoke update, delete on app.finances_document_lu from app_user;
