-- What a progress bar needs is in the job's own row, for those who watch it by Supabase Realtime. Written in the transaction that
-- ends a chunk, which has the job's row locked.
alter table migration_jobs
    -- Rows read so far and rows that have their outcome, together: twice total_rows when all is done. Grows by each chunk.
    add column if not exists done_rows bigint not null default 0,
    -- 0 to 100; never goes back, also when rows are read again.
    add column if not exists percent integer not null default 0;

create or replace function importonce_count_done() returns trigger
    language plpgsql
    as $body$
begin
    update migration_jobs j
    set done_rows = j.done_rows + d.rows,
        percent = greatest(j.percent, least(100, (j.done_rows + d.rows) * 50 / j.total_rows)::integer),
        updated_at = now()
    from (
        select new.read_rows + new.inserted + new.updated + new.unchanged + new.skipped + new.overridden + new.rejected
             - old.read_rows - old.inserted - old.updated - old.unchanged - old.skipped - old.overridden - old.rejected as rows
    ) d
    where j.id = new.job_id and j.user_id = new.user_id;
    return null;
end
$body$;

revoke all on function importonce_count_done() from public;

create or replace trigger importonce_count_done
    after update of status on import_chunks
    for each row
    when (new.status = 'done' and (old.read_rows, old.inserted, old.updated, old.unchanged, old.skipped, old.overridden, old.rejected)
        is distinct from (new.read_rows, new.inserted, new.updated, new.unchanged, new.skipped, new.overridden, new.rejected))
    execute function importonce_count_done();

-- The default replica identity, which is the primary key (id, user_id): a changed row is published whole but for long values
-- that did not change (mapping, header), and an old one by its key. "full" would write those long values once more per chunk.
alter table migration_jobs replica identity default;

do $do$
begin
    if exists (select from pg_publication where pubname = 'supabase_realtime' and not puballtables)
        and not exists (select from pg_publication_tables
                        where pubname = 'supabase_realtime' and schemaname = current_schema() and tablename = 'migration_jobs') then
        alter publication supabase_realtime add table migration_jobs;
    end if;
end
$do$;
