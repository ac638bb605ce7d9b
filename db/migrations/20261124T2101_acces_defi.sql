-- The challenge of a sign-in by a passkey alone, before any session: it serves once, within five minutes.
create table app.acces_defi (
  defi text primary key,
  expire_le timestamptz not null
);
create index acces_defi_expire on app.acces_defi (expire_le);
