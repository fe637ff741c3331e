-- Words that somebody else stored (a browser from before this service, another version) are read without throwing, and browsers
-- store no more than they need to. In a job of theirs nothing of ours can be left, so nothing of it is ever swept.
do $do$
begin
    perform set_config('lock_timeout', '30s', true), set_config('client_min_messages', 'warning', true);
    lock table migration_jobs in access exclusive mode;
    update migration_jobs set before_images = false where before_images and source_id is null;

    drop policy if exists importonce_only_pending on migration_jobs;
    create policy importonce_only_pending on migration_jobs as restrictive for insert
        with check ((select importonce_is_service())
            or user_id = (select importonce_user_id()) and source_id is null and status = 'pending' and turn = now()
                and (org_id is null or org_id = any ((select importonce_org_ids())::uuid[]))
                and num_nonnulls(read_rows, inserted, updated, unchanged, skipped, overridden, rejected, error, started_at, finished_at) = 0
                and num_nonnulls(upload_id, undo_requested_at, undone_at, undo_error) = 0
                and duplicate_requests = 0 and not before_images and done_rows = 0 and percent = 0
                -- As the service itself would take them: a target that there is, a mapping of 64 KiB, names and keys that fit in an index.
                and target in ('contacts', 'messages', 'chats')
                and (mapping is null or jsonb_typeof(mapping) = 'object' and octet_length(mapping::text) <= 65536)
                and octet_length(concat(file_name, idempotency_key, base_idempotency_key)) <= 2048
                and isfinite(created_at) and isfinite(updated_at));
end
$do$;

-- Those who were ended before their time have what is to be swept in a part of the index of their own.
create index if not exists migration_jobs_images_left on migration_jobs (finished_at) where before_images and status <> 'completed';

-- As before, but for what nobody promises: that "undoable" is true or false, and that what was kept is a list.
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
       coalesce(j.mapping -> 'undoable' = 'true', false) as undoable, j.undo_requested_at, j.undone_at, j.undo_error,
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
        from import_chunks c, jsonb_array_elements(case jsonb_typeof(c.kept_first) when 'array' then c.kept_first end) as k (entry)
        where c.job_id = j.id and c.user_id = j.user_id and c.step = 'undoing'
        order by email
        limit 100
    ) e
) f on j.undo_requested_at is not null;

create or replace function cancel_migration(job_id uuid) returns text
    language sql security definer
    set search_path = public, pg_temp
    as $body$
    -- First and by itself, as every end of a chunk does: what the next statements look at is as of now.
    select from migration_jobs j where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() for no key update;
    update migration_jobs j set status = 'cancelled', finished_at = now(), updated_at = now(),
        before_images = j.source_id is not null and coalesce(j.mapping -> 'undoable' = 'true', false)
    where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() and j.status not in ('cancelled', 'completed', 'failed');
    -- The new tokens fence off every chunk that is being worked at this moment.
    update import_chunks c set status = 'cancelled', due_at = null, token = c.token + 1
    from migration_jobs j
    where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() and j.status = 'cancelled'
      and c.job_id = j.id and c.user_id = j.user_id and c.status not in ('done', 'cancelled');
    -- After the chunks have been stopped: none of them can add to the figures any more.
    update migration_jobs j
    set read_rows = c.read_rows, rejected = c.rejected, inserted = c.inserted, updated = c.updated,
        unchanged = c.unchanged, skipped = c.skipped, overridden = c.overridden
    from (
        select sum(k.read_rows) as read_rows, sum(k.rejected) as rejected, sum(k.inserted) as inserted, sum(k.updated) as updated,
               sum(k.unchanged) as unchanged, sum(k.skipped) as skipped, sum(k.overridden) as overridden
        from import_chunks k
        where k.job_id = cancel_migration.job_id and k.user_id = importonce_user_id()
    ) c
    where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() and j.status = 'cancelled';
    select j.status from migration_jobs j where j.id = cancel_migration.job_id and j.user_id = importonce_user_id();
$body$;
