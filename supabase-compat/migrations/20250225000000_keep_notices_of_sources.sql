-- What was done to a file, as it is read by default, that its owner may not expect: an array of code, column, count, detail. Null
-- where an older version, which knows of none, has read it. The same of renditions, jobs and blocks; one table at a time, so that
-- nobody who writes meanwhile waits for one and holds another.
alter table sources add column if not exists notices jsonb;
