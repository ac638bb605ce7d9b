-- What this installation is: told once, read by the commands.
create table app.installation (
  cle text primary key,
  valeur text not null,
  le timestamptz not null default now()
);
revoke update, delete on app.installation from app_user;
