-- What was done to a file that its owner may not expect (an array of code, column, count, detail): by the way it is read, and by
-- its job; in the end a job has both. Null where an older version, which knows none, has read the file.
alter table sources add column if not exists notices jsonb;
alter table renditions add column if not exists notices jsonb;
alter table migration_jobs add column if not exists notices jsonb;
alter table import_chunks add column if not exists notices jsonb;

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
       coalesce(u.undone, 0) as undone, coalesce(u.kept, 0) as kept, f.kept_first, coalesce(j.notices, '[]') as notices
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
