-- Of a file as it is read in that format.
alter table renditions add column if not exists notices jsonb;
