-- Of a job's file; once it is completed, also those that show only when its rows are mapped.
alter table migration_jobs add column if not exists notices jsonb;
