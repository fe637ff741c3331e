-- Undo: what an import whose mapping asks for it replaced and wrote, and how far taking it back has come.

-- What a job's merges did to contacts, written in their own transactions: 500 contacts a row, as parallel arrays.
-- before and after have the values that the import changed, by the field's name, those of attributes by theirs;
-- before is null for a contact that it inserted, and after is then the whole contact.
create table if not exists contact_before_images (
    job_id uuid not null,
    user_id uuid not null,
    share integer not null,
    part integer not null,
    contact_id uuid[] not null,
    email text[] not null,
    before jsonb[] not null,
    after jsonb[] not null,
    attributes_before jsonb[] not null,
    attributes_after jsonb[] not null,
    constraint contact_before_images_pkey primary key (job_id, user_id, share, part),
    constraint contact_before_images_job foreign key (job_id, user_id) references migration_jobs (id, user_id) on delete cascade
);

alter table migration_jobs
    -- Whether before-images of it may be there. On this row, so that an undo and the clean-up decide one after the other.
    add column if not exists before_images boolean not null default false,
    add column if not exists undo_requested_at timestamptz,
    add column if not exists undone_at timestamptz,
    -- Why the last undo stopped; whoever asks again clears it.
    add column if not exists undo_error jsonb,
    drop constraint if exists migration_jobs_undo,
    add constraint migration_jobs_undo check (
        (undo_requested_at is null or status = 'completed')
        and (undone_at is null or undo_requested_at is not null and undo_error is null)
        and (undo_error is null or undo_requested_at is not null));

create index if not exists migration_jobs_before_images on migration_jobs (finished_at) where before_images;
create index if not exists migration_jobs_undo_turn on migration_jobs (org_id, turn)
    where undo_requested_at is not null and undone_at is null and undo_error is null;

-- A share of the natural keys to take back; its figures are no part of the job's.
alter table import_chunks
    add column if not exists undone bigint not null default 0,
    add column if not exists kept bigint not null default 0,
    -- The first of them: [{"id", "email", "reason", "fields"}].
    add column if not exists kept_first jsonb,
    drop constraint if exists import_chunks_step,
    add constraint import_chunks_step check (step in ('reading', 'merging', 'undoing')),
    drop constraint if exists import_chunks_range,
    add constraint import_chunks_range check (step in ('merging', 'undoing') or (byte_offset is not null
        and byte_length is not null and first_row is not null and row_count is not null)),
    drop constraint if exists import_chunks_undo,
    add constraint import_chunks_undo check (step = 'undoing' or (undone = 0 and kept = 0 and kept_first is null));

create or replace view migration_job_progress with (security_invoker = true) as
select j.id, j.user_id, j.org_id, j.target, j.source_id, j.file_name, j.mapping, j.status, j.step,
       j.base_idempotency_key, j.idempotency_key, j.duplicate_requests, j.retry_of, j.total_rows, j.header,
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
join sources s on s.id = j.source_id and s.user_id = j.user_id
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

-- What one object has and another has not, or has otherwise.
create or replace function jsonb_beyond(one jsonb, other jsonb) returns jsonb
    language sql immutable parallel safe
    return (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(one) e
            where other -> e.key is distinct from e.value);

-- An object in which every value that is still the one of after is again the one of before, or gone if before has none.
create or replace function undone_values(stored jsonb, before jsonb, after jsonb) returns jsonb
    language sql immutable parallel safe
    return (select (stored - coalesce(array_agg(k.key), '{}'))
                || coalesce(jsonb_object_agg(k.key, before -> k.key) filter (where before -> k.key is not null), '{}')
            from jsonb_object_keys(before || after) k (key)
            where stored -> k.key is not distinct from after -> k.key);

-- The keys whose values somebody changed since: neither that of after nor that of before. Without before all must be as in after.
create or replace function changed_since(stored jsonb, before jsonb, after jsonb) returns text[]
    language sql immutable parallel safe
    return array(select k.key from jsonb_object_keys(coalesce(before, stored) || after) k (key)
                 where stored -> k.key is distinct from after -> k.key
                   and (before is null or stored -> k.key is distinct from before -> k.key)
                 order by k.key collate "C");
