-- Those that show when the rows of a block are mapped.
alter table import_chunks add column if not exists notices jsonb;
