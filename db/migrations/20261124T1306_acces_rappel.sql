-- When the holder was last reminded, by a letter to her confirmed address, that her account is there.
alter table app.acces_compte add column rappele_le timestamptz;
