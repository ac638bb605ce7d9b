-- Articles that the assembly votes one by one inside a chapter that it votes as a whole (CGCT L2312-2).
alter table app.finances_exercice add column articles_specialises text[] not null default '{}';
