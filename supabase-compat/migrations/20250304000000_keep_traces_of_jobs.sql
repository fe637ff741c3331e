-- The trace of the request that asked for the work, as in the header traceparent (W3C Trace Context); null: none, or tracing is
-- switched off. Older instances neither write nor read it.
alter table migration_jobs add column if not exists traceparent text;
