-- A job that a browser cancels here is told to the webhook like any other. Only the service knows whether there is a receiver, and how a
-- job looks: it writes the body before the first attempt, or removes the event where there is none. What has ended before is not told:
-- only a job that this transaction has ended has its time.
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
    insert into webhook_events (id, type, subject_id)
    select gen_random_uuid(), 'import.cancelled', j.id
    from migration_jobs j
    where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() and j.status = 'cancelled' and j.finished_at = now()
    on conflict (type, subject_id, occurrence) do nothing;
    select j.status from migration_jobs j where j.id = cancel_migration.job_id and j.user_id = importonce_user_id();
$body$;
