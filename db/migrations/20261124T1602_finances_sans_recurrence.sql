-- Expenses that come back are not made from a model yet: what nothing uses does not stay.
drop table app.finances_recurrence;
