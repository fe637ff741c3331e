-- From here on every database has the same tables, wherever it came from. A job without a source is one of a client from
-- before this service: such clients go on inserting and updating, workers never claim these (they have no chunks), and what
-- is not null in a job of ours may be null in them.
do $do$
declare
    obsolete record;
begin
    perform set_config('lock_timeout', '30s', true), set_config('client_min_messages', 'warning', true);
    lock table migration_jobs in access exclusive mode;

    -- Whatever else is unique on the two columns of the base key forbids what should be allowed.
    for obsolete in
        select x.relname, (select c.conname from pg_constraint c where c.conindid = i.indexrelid limit 1) as conname
        from pg_index i
        join pg_class x on x.oid = i.indexrelid
        where i.indrelid = 'migration_jobs'::regclass and i.indisunique and x.relname <> 'unique_base_idempotency_key_active'
          and (select array_agg(a.attname::text order by a.attname)
               from unnest(i.indkey::int2[]) as k (attnum)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum)
              in ('{base_idempotency_key,user_id}', '{base_idempotency_key}')
    loop
        if obsolete.conname is null then execute format('drop index %I', obsolete.relname);
        else execute format('alter table migration_jobs drop constraint %I', obsolete.conname);
        end if;
    end loop;

    update migration_jobs set target = 'contacts' where target is null;
    alter table migration_jobs
        alter column id set default gen_random_uuid(),
        alter column target set default 'contacts',
        alter column target set not null,
        alter column org_id drop not null,
        alter column source_id drop not null,
        alter column mapping drop not null,
        alter column format drop not null,
        alter column header drop not null,
        alter column base_idempotency_key drop not null,
        alter column idempotency_key drop not null,
        alter column blocks drop not null,
        alter column shares drop not null,
        alter column total_rows drop not null,
        drop constraint if exists migration_jobs_status,
        drop constraint if exists migration_jobs_finished,
        drop constraint if exists migration_jobs_whole,
        add constraint migration_jobs_status
            check (source_id is null or status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
        add constraint migration_jobs_finished
            check (source_id is null or (finished_at is not null) = (status in ('completed', 'failed', 'cancelled'))),
        -- A job of ours has everything; one of a legacy client has nothing of what makes workers, turns and figures go.
        add constraint migration_jobs_whole check (case when source_id is not null
            then num_nulls(org_id, mapping, format, header, base_idempotency_key, idempotency_key, blocks, shares, total_rows) = 0
            else num_nonnulls(format, header, blocks, shares, total_rows, retry_of) = 0
                and coalesce(base_idempotency_key, '') not like 'v1:%' and step = 'reading' end);

    alter table chats alter column id set default gen_random_uuid();
end
$do$;

-- As before, and with legacy jobs as far as they are known: of their source nothing is.
create or replace view migration_job_progress with (security_invoker = true) as
select j.id, j.user_id, j.org_id, j.target, j.source_id, j.file_name, j.mapping, j.status, j.step,
       j.base_idempotency_key, j.idempotency_key, j.duplicate_requests, j.retry_of, coalesce(j.total_rows, 0) as total_rows, j.header,
       coalesce(j.read_rows, c.read_rows, 0) as read_rows,
       coalesce(j.inserted, c.inserted, 0) as inserted,
       coalesce(j.updated, c.updated, 0) as updated,
       coalesce(j.unchanged, c.unchanged, 0) as unchanged,
       coalesce(j.skipped, c.skipped, 0) as skipped,
       coalesce(j.overridden, c.overridden, 0) as overridden,
       coalesce(j.rejected, c.rejected, 0) as rejected,
       j.error, j.created_at, j.started_at, j.finished_at, s.byte_count, encode(s.sha256, 'hex') as sha256,
       coalesce((j.mapping ->> 'undoable')::boolean, false) as undoable, j.undo_requested_at, j.undone_at, j.undo_error,
       coalesce(u.undone, 0) as undone, coalesce(u.kept, 0) as kept, f.kept_first
from migration_jobs j
left join sources s on s.id = j.source_id and s.user_id = j.user_id
left join lateral (
    select sum(k.read_rows)::bigint as read_rows, sum(k.inserted)::bigint as inserted, sum(k.updated)::bigint as updated,
           sum(k.unchanged)::bigint as unchanged, sum(k.skipped)::bigint as skipped,
           sum(k.overridden)::bigint as overridden, sum(k.rejected)::bigint as rejected
    from import_chunks k
    where k.job_id = j.id and k.user_id = j.user_id
) c on j.finished_at is null
left join lateral (
    select sum(k.undone)::bigint as undone, sum(k.kept)::bigint as kept
    from import_chunks k
    where k.job_id = j.id and k.user_id = j.user_id and k.step = 'undoing'
) u on j.undo_requested_at is not null
left join lateral (
    select jsonb_agg(e.entry order by e.email) as kept_first
    from (
        select k.entry, (k.entry ->> 'email') collate "C" as email
        from import_chunks c, jsonb_array_elements(c.kept_first) as k (entry)
        where c.job_id = j.id and c.user_id = j.user_id and c.step = 'undoing'
        order by email
        limit 100
    ) e
) f on j.undo_requested_at is not null;
