-- The tables of an import. Every key and every unique index contains the user or the
-- organisation, so that each table can be sharded by it.

-- Bytes on their way in, and the home of their blocks. An upload without a source is unsealed.
create table uploads (
    id uuid not null,
    user_id uuid not null,
    created_at timestamptz not null default now(),
    touched_at timestamptz not null default now(),
    constraint uploads_pkey primary key (id, user_id)
);

create index uploads_touched_at on uploads (touched_at);

-- A run of whole records as received, from byte_offset on. The first block also holds what comes
-- before the first record (byte order mark, header): records_offset skips it.
create table source_blocks (
    upload_id uuid not null,
    user_id uuid not null,
    ordinal integer not null,
    byte_offset bigint not null,
    byte_length integer not null,
    records_offset bigint not null,
    first_row bigint not null,
    row_count integer not null,
    payload bytea not null,
    constraint source_blocks_pkey primary key (upload_id, user_id, ordinal),
    constraint source_blocks_upload foreign key (upload_id, user_id) references uploads (id, user_id) on delete cascade,
    constraint source_blocks_range check (ordinal >= 0 and byte_length > 0 and row_count >= 0
        and records_offset between byte_offset and byte_offset + byte_length)
);

-- Payloads arrive compressed or too short to gain by it: a second compressor would only cost.
alter table source_blocks alter column payload set storage external;

-- What a user sent, addressed by its hash. upload_id is null once the bytes have been removed.
create table sources (
    id uuid not null,
    user_id uuid not null,
    upload_id uuid,
    sha256 bytea not null,
    byte_count bigint not null,
    file_name text,
    format jsonb not null,
    header text[] not null,
    row_count bigint not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    constraint sources_pkey primary key (id, user_id),
    constraint sources_sha256_length check (octet_length(sha256) = 32),
    constraint sources_file_name_length check (length(file_name) <= 255),
    constraint sources_counts check (byte_count > 0 and row_count >= 0),
    -- Deferred: a small file inserts the source first, and its upload only when the source is new.
    constraint sources_upload foreign key (upload_id, user_id) references uploads (id, user_id)
        on delete set null (upload_id) deferrable initially deferred
);

create unique index unique_source_bytes on sources (user_id, sha256) where upload_id is not null;
create index sources_upload_id on sources (upload_id, user_id);
create index sources_last_used_at on sources (last_used_at) where upload_id is not null;

create table migration_jobs (
    id uuid not null,
    user_id uuid not null,
    org_id uuid not null,
    target text not null,
    source_id uuid not null,
    file_name text,
    mapping jsonb not null,
    format jsonb not null,
    header text[] not null,
    status text not null default 'pending',
    step text not null default 'reading',
    base_idempotency_key text not null,
    idempotency_key text not null,
    duplicate_requests integer not null default 0,
    retry_of uuid,
    blocks integer not null,
    shares integer not null,
    total_rows bigint not null,
    -- Its place among all that is due: its chunks line up behind it, a second apart.
    turn timestamptz not null default now(),
    -- Final figures, written when the job ends; until then the chunks hold them.
    read_rows bigint,
    inserted bigint,
    updated bigint,
    unchanged bigint,
    skipped bigint,
    overridden bigint,
    rejected bigint,
    error jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    constraint migration_jobs_pkey primary key (id, user_id),
    constraint migration_jobs_source foreign key (source_id, user_id) references sources (id, user_id),
    constraint migration_jobs_retry_of foreign key (retry_of, user_id) references migration_jobs (id, user_id),
    constraint migration_jobs_idempotency_key unique (user_id, idempotency_key),
    constraint migration_jobs_status check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
    constraint migration_jobs_step check (step in ('reading', 'merging')),
    constraint migration_jobs_finished check ((finished_at is not null) = (status in ('completed', 'failed', 'cancelled'))),
    constraint migration_jobs_cut check (blocks > 0 and shares > 0 and total_rows > 0),
    constraint migration_jobs_outcomes check (status <> 'completed'
        or inserted + updated + unchanged + skipped + overridden + rejected = total_rows)
);

-- At most one job of a (user, base key) is pending or processing.
create unique index unique_base_idempotency_key_active on migration_jobs (user_id, base_idempotency_key)
    where status not in ('cancelled', 'completed', 'failed');
create index migration_jobs_newest on migration_jobs (user_id, created_at desc, id desc);
create index migration_jobs_newest_by_status on migration_jobs (user_id, status, created_at desc, id desc);
create index migration_jobs_turn on migration_jobs (org_id, turn)
    where status not in ('cancelled', 'completed', 'failed');
create index migration_jobs_source_id on migration_jobs (source_id, user_id);
create index migration_jobs_retry_of on migration_jobs (retry_of, user_id) where retry_of is not null;

-- What an Idempotency-Key header was first seen with.
create table idempotency_keys (
    user_id uuid not null,
    key text not null,
    base_idempotency_key text not null,
    job_id uuid,
    created_at timestamptz not null default now(),
    constraint idempotency_keys_pkey primary key (user_id, key),
    constraint idempotency_keys_key_length check (length(key) between 1 and 255),
    constraint idempotency_keys_job foreign key (job_id, user_id) references migration_jobs (id, user_id) on delete cascade
);

create index idempotency_keys_created_at on idempotency_keys (created_at);
create index idempotency_keys_job_id on idempotency_keys (job_id, user_id);

-- A job's unit of claim, retry and checkpoint: a block to read, or a share of the natural keys to merge.
create table import_chunks (
    job_id uuid not null,
    user_id uuid not null,
    step text not null,
    ordinal integer not null,
    -- 'waiting': a share while blocks are still being read.
    status text not null,
    -- Claimable from then on: when it is due, or when the lease of its claim runs out. Null: nothing to claim.
    due_at timestamptz,
    -- Turn among all that is due: a virtual time, so that no organisation and no large job holds up the others.
    turn timestamptz not null,
    -- Fencing: each claim, cancel and reset takes the next number; a write with an older one is refused.
    token bigint not null default 0,
    attempts integer not null default 0,
    byte_offset bigint,
    byte_length integer,
    first_row bigint,
    row_count integer,
    read_rows bigint not null default 0,
    inserted bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    skipped bigint not null default 0,
    overridden bigint not null default 0,
    rejected bigint not null default 0,
    last_error text,
    constraint import_chunks_pkey primary key (job_id, user_id, step, ordinal),
    constraint import_chunks_job foreign key (job_id, user_id) references migration_jobs (id, user_id) on delete cascade,
    constraint import_chunks_step check (step in ('reading', 'merging')),
    constraint import_chunks_status check (status in ('waiting', 'pending', 'processing', 'done', 'cancelled')),
    constraint import_chunks_due check ((due_at is not null) = (status in ('pending', 'processing'))),
    constraint import_chunks_range check (step = 'merging' or (byte_offset is not null and byte_length is not null
        and first_row is not null and row_count is not null))
);

create index import_chunks_turn on import_chunks (turn) where due_at is not null;

-- Rows that were not imported, a block's at a time: [{"row", "reason", "cells"}]. json, not jsonb: a cell may hold U+0000.
create table import_rejects (
    job_id uuid not null,
    user_id uuid not null,
    ordinal integer not null,
    rejects json not null,
    constraint import_rejects_pkey primary key (job_id, user_id, ordinal),
    constraint import_rejects_job foreign key (job_id, user_id) references migration_jobs (id, user_id) on delete cascade
);

create table contacts (
    id uuid not null default gen_random_uuid(),
    org_id uuid not null,
    -- "C": byte order is the same on every machine, and sorts fastest.
    email text collate "C" not null,
    first_name text,
    last_name text,
    phone text,
    company text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contacts_pkey primary key (id, org_id),
    constraint unique_contact_email unique (org_id, email),
    -- What anyone can see to be wrong. Normalising is the service's work; this refuses what never was.
    constraint contacts_email_normalised check (octet_length(email) <= 254 and email ~ '^[^@]+@[^@.]+(\.[^@.]+)+$'
        and email !~ '[A-Z[:space:]]')
);

-- A job's contacts between reading and merging: one row per block and share, its records as parallel arrays.
-- Unlogged, and without a foreign key, whose check would lock the job's row during COPY. Not unique:
-- a stalled worker's uncommitted row must not hold up the one that took over.
create unlogged table contact_staging (
    job_id uuid not null,
    user_id uuid not null,
    share integer not null,
    block integer not null,
    row_no bigint[] not null,
    id uuid[] not null,
    email text[] not null,
    first_name text[] not null,
    last_name text[] not null,
    phone text[] not null,
    company text[] not null,
    attributes text[] not null
);

-- Lives for seconds: compressing it would cost more than it saves.
alter table contact_staging
    alter column row_no set storage external,
    alter column id set storage external,
    alter column email set storage external,
    alter column first_name set storage external,
    alter column last_name set storage external,
    alter column phone set storage external,
    alter column company set storage external,
    alter column attributes set storage external;

create index contact_staging_share on contact_staging (job_id, share);

-- A job as its user sees it: the chunks' figures while it runs, its own once it has ended.
create view migration_job_progress with (security_invoker = true) as
select j.id, j.user_id, j.org_id, j.target, j.source_id, j.file_name, j.mapping, j.status, j.step,
       j.base_idempotency_key, j.idempotency_key, j.duplicate_requests, j.retry_of, j.total_rows, j.header,
       coalesce(j.read_rows, c.read_rows, 0) as read_rows,
       coalesce(j.inserted, c.inserted, 0) as inserted,
       coalesce(j.updated, c.updated, 0) as updated,
       coalesce(j.unchanged, c.unchanged, 0) as unchanged,
       coalesce(j.skipped, c.skipped, 0) as skipped,
       coalesce(j.overridden, c.overridden, 0) as overridden,
       coalesce(j.rejected, c.rejected, 0) as rejected,
       j.error, j.created_at, j.started_at, j.finished_at, s.byte_count, encode(s.sha256, 'hex') as sha256
from migration_jobs j
join sources s on s.id = j.source_id and s.user_id = j.user_id
left join lateral (
    select sum(k.read_rows)::bigint as read_rows, sum(k.inserted)::bigint as inserted, sum(k.updated)::bigint as updated,
           sum(k.unchanged)::bigint as unchanged, sum(k.skipped)::bigint as skipped,
           sum(k.overridden)::bigint as overridden, sum(k.rejected)::bigint as rejected
    from import_chunks k
    where k.job_id = j.id and k.user_id = j.user_id
) c on j.finished_at is null;

-- How a stored value and one from a file become one; plain SQL, so that it is inlined into the merge.
create function merge_value(stored text, incoming text, rule text) returns text
    language sql immutable parallel safe
    return case rule
        when 'fill' then coalesce(stored, incoming)
        when 'clear' then incoming
        else coalesce(incoming, stored)
    end;

create function merge_attributes(stored jsonb, incoming jsonb, rule text, cleared text[]) returns jsonb
    language sql immutable parallel safe
    return case rule
        when 'fill' then coalesce(incoming, '{}') || stored
        else (stored - cleared) || coalesce(incoming, '{}')
    end;
