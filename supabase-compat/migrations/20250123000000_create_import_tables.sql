-- The tables of an import. Every key and every unique index contains the user or the
-- organisation, so that each table can be sharded by it.

-- Bytes on their way in, and the home of their blocks. An upload without a source is unsealed.
create table if not exists uploads (
    id uuid not null,
    user_id uuid not null,
    created_at timestamptz not null default now(),
    touched_at timestamptz not null default now(),
    constraint uploads_pkey primary key (id, user_id)
);

create index if not exists uploads_touched_at on uploads (touched_at);

-- A run of whole records as received, from byte_offset on. The first block also holds what comes
-- before the first record (byte order mark, header): records_offset skips it.
create table if not exists source_blocks (
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
create table if not exists sources (
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

create unique index if not exists unique_source_bytes on sources (user_id, sha256) where upload_id is not null;
create index if not exists sources_upload_id on sources (upload_id, user_id);
create index if not exists sources_last_used_at on sources (last_used_at) where upload_id is not null;

-- A database from before this service may have a table migration_jobs (id, user_id, file_name, mapping, status,
-- idempotency_key, created_at, updated_at) with rows and with clients that go on writing it: it stays, and gets what it lacks.
-- What its rows must change for (base keys, surplus active rows, the unique index) is in a later file, under a lock that lets
-- readers in; this one holds the table's exclusive lock, as adding columns does, and touches few rows or none.
do $do$
declare
    wrong record;
begin
    if to_regclass('migration_jobs') is null then
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
        return;
    end if;
    -- Ours already.
    if exists (select from pg_attribute where attrelid = 'migration_jobs'::regclass and attname = 'turn') then return; end if;

    lock table migration_jobs in access exclusive mode;
    if exists (select from migration_jobs where user_id is null) then
        raise exception 'migration_jobs has rows without user_id'
            using hint = 'Nobody could see them. Give them a user or delete them, then migrate again.';
    end if;
    -- Rules of its own about the status may know no cancelling.
    for wrong in
        select c.conname
        from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
        where c.conrelid = 'migration_jobs'::regclass and c.contype = 'c' and a.attname = 'status'
    loop
        execute format('alter table migration_jobs drop constraint %I', wrong.conname);
    end loop;
    alter table migration_jobs
        add column if not exists file_name text,
        add column if not exists mapping jsonb,
        add column if not exists idempotency_key text,
        add column if not exists created_at timestamptz default now(),
        add column if not exists updated_at timestamptz default now(),
        add column if not exists org_id uuid,
        add column if not exists target text,
        add column if not exists source_id uuid,
        add column if not exists format jsonb,
        add column if not exists header text[],
        add column if not exists step text not null default 'reading',
        add column if not exists base_idempotency_key text,
        add column if not exists duplicate_requests integer not null default 0,
        add column if not exists retry_of uuid,
        add column if not exists blocks integer,
        add column if not exists shares integer,
        add column if not exists total_rows bigint,
        add column if not exists turn timestamptz not null default now(),
        add column if not exists read_rows bigint,
        add column if not exists inserted bigint,
        add column if not exists updated bigint,
        add column if not exists unchanged bigint,
        add column if not exists skipped bigint,
        add column if not exists overridden bigint,
        add column if not exists rejected bigint,
        add column if not exists error jsonb,
        add column if not exists started_at timestamptz,
        add column if not exists finished_at timestamptz;
    for wrong in
        select w.name, w.type
        from (values ('user_id', 'uuid'), ('file_name', 'text'), ('mapping', 'jsonb'), ('status', 'text'), ('idempotency_key', 'text'),
            ('base_idempotency_key', 'text'), ('created_at', 'timestamp with time zone'), ('updated_at', 'timestamp with time zone'),
            ('error', 'jsonb')) as w (name, type)
        join pg_attribute a on a.attrelid = 'migration_jobs'::regclass and a.attname = w.name
        where format_type(a.atttypid, null) <> w.type or a.atttypmod <> -1
    loop
        execute format('alter table migration_jobs alter column %I drop default', wrong.name);
        execute case wrong.name
            -- Whatever it says, in the form of a JSON value.
            when 'error' then 'alter table migration_jobs alter column error type jsonb using to_jsonb(error)'
            else format('alter table migration_jobs alter column %1$I type %2$s using %1$I::text::%2$s', wrong.name, wrong.type) end;
    end loop;
    update migration_jobs
    set status = coalesce(status, 'failed'), created_at = coalesce(created_at, updated_at, now()),
        updated_at = coalesce(updated_at, created_at, now())
    where status is null or created_at is null or updated_at is null;
    alter table migration_jobs
        alter column user_id set not null,
        alter column status set not null,
        alter column status set default 'pending',
        alter column created_at set not null,
        alter column created_at set default now(),
        alter column updated_at set not null,
        alter column updated_at set default now();

    if exists (select from pg_constraint where conrelid = 'migration_jobs'::regclass and contype = 'p' and cardinality(conkey) = 1) then
        if exists (select from pg_constraint where confrelid = 'migration_jobs'::regclass and contype = 'f' and cardinality(confkey) = 1) then
            -- Other tables refer to it: the key stays, and ours refer to this one.
            alter table migration_jobs add constraint migration_jobs_id_user_id unique (id, user_id);
        else
            execute (select format('alter table migration_jobs drop constraint %I', conname)
                     from pg_constraint where conrelid = 'migration_jobs'::regclass and contype = 'p');
            alter table migration_jobs add constraint migration_jobs_pkey primary key (id, user_id);
        end if;
    end if;
    for wrong in
        select w.name, w.rule
        from (values
            ('migration_jobs_source', 'foreign key (source_id, user_id) references sources (id, user_id)'),
            ('migration_jobs_retry_of', 'foreign key (retry_of, user_id) references migration_jobs (id, user_id)'),
            ('migration_jobs_step', 'check (step in (''reading'', ''merging''))'),
            ('migration_jobs_cut', 'check (blocks > 0 and shares > 0 and total_rows > 0)'),
            ('migration_jobs_outcomes',
                'check (status <> ''completed'' or inserted + updated + unchanged + skipped + overridden + rejected = total_rows)'))
            as w (name, rule)
    loop
        execute format('alter table migration_jobs add constraint %I %s', wrong.name, wrong.rule);
    end loop;
end
$do$;

create index if not exists migration_jobs_newest on migration_jobs (user_id, created_at desc, id desc);
create index if not exists migration_jobs_newest_by_status on migration_jobs (user_id, status, created_at desc, id desc);
create index if not exists migration_jobs_turn on migration_jobs (org_id, turn)
    where status not in ('cancelled', 'completed', 'failed');
create index if not exists migration_jobs_source_id on migration_jobs (source_id, user_id);
create index if not exists migration_jobs_retry_of on migration_jobs (retry_of, user_id) where retry_of is not null;

-- What an Idempotency-Key header was first seen with.
create table if not exists idempotency_keys (
    user_id uuid not null,
    key text not null,
    base_idempotency_key text not null,
    job_id uuid,
    created_at timestamptz not null default now(),
    constraint idempotency_keys_pkey primary key (user_id, key),
    constraint idempotency_keys_key_length check (length(key) between 1 and 255),
    constraint idempotency_keys_job foreign key (job_id, user_id) references migration_jobs (id, user_id) on delete cascade
);

create index if not exists idempotency_keys_created_at on idempotency_keys (created_at);
create index if not exists idempotency_keys_job_id on idempotency_keys (job_id, user_id);

-- A job's unit of claim, retry and checkpoint: a block to read, or a share of the natural keys to merge.
create table if not exists import_chunks (
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

create index if not exists import_chunks_turn on import_chunks (turn) where due_at is not null;

-- Rows that were not imported, a block's at a time: [{"row", "reason", "cells"}]. json, not jsonb: a cell may hold U+0000.
create table if not exists import_rejects (
    job_id uuid not null,
    user_id uuid not null,
    ordinal integer not null,
    rejects json not null,
    constraint import_rejects_pkey primary key (job_id, user_id, ordinal),
    constraint import_rejects_job foreign key (job_id, user_id) references migration_jobs (id, user_id) on delete cascade
);

create table if not exists contacts (
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

-- A table contacts from before this service stays, too, and gets what it lacks. Columns of its own must be nullable or have a
-- default. Where two rows have one address the unique key has to wait for "dedupe contacts --apply".
do $do$
declare
    wrong record;
begin
    -- "… already exists, skipping", of each.
    perform set_config('client_min_messages', 'warning', true);
    alter table contacts
        add column if not exists org_id uuid,
        add column if not exists first_name text,
        add column if not exists last_name text,
        add column if not exists phone text,
        add column if not exists company text,
        add column if not exists attributes jsonb not null default '{}',
        add column if not exists created_at timestamptz not null default now(),
        add column if not exists updated_at timestamptz not null default now();
    for wrong in
        select w.name, w.type, w.sorted
        from (values ('org_id', 'uuid', ''), ('email', 'text', ' collate "C"'), ('first_name', 'text', ''), ('last_name', 'text', ''),
            ('phone', 'text', ''), ('company', 'text', ''), ('attributes', 'jsonb', ''),
            ('created_at', 'timestamp with time zone', ''), ('updated_at', 'timestamp with time zone', '')) as w (name, type, sorted)
        join pg_attribute a on a.attrelid = 'contacts'::regclass and a.attname = w.name
        where format_type(a.atttypid, null) <> w.type or a.atttypmod <> -1
           or w.sorted <> '' and a.attcollation <> (select oid from pg_collation where collname = 'C' and collnamespace = 'pg_catalog'::regnamespace)
    loop
        execute format('alter table contacts alter column %1$I drop default', wrong.name);
        execute format('alter table contacts alter column %1$I type %2$s%3$s using %1$I::text::%2$s', wrong.name, wrong.type, wrong.sorted);
    end loop;
    update contacts
    set attributes = coalesce(attributes, '{}'), created_at = coalesce(created_at, updated_at, now()),
        updated_at = coalesce(updated_at, created_at, now())
    where attributes is null or created_at is null or updated_at is null;
    alter table contacts
        alter column id set default gen_random_uuid(),
        alter column attributes set not null,
        alter column attributes set default '{}',
        alter column created_at set not null,
        alter column created_at set default now(),
        alter column updated_at set not null,
        alter column updated_at set default now();
    if exists (select from contacts where org_id is null or email is null) then
        raise warning 'contacts has rows without org_id or email: imports will not find them';
    else
        alter table contacts alter column org_id set not null, alter column email set not null;
        if exists (select from pg_constraint where conrelid = 'contacts'::regclass and contype = 'p' and cardinality(conkey) = 1)
            and not exists (select from pg_constraint where confrelid = 'contacts'::regclass and contype = 'f') then
            execute (select format('alter table contacts drop constraint %I', conname)
                     from pg_constraint where conrelid = 'contacts'::regclass and contype = 'p');
            alter table contacts add constraint contacts_pkey primary key (id, org_id);
        end if;
    end if;
    if not exists (select from pg_constraint where conrelid = 'contacts'::regclass and conname = 'contacts_email_normalised') then
        alter table contacts add constraint contacts_email_normalised check (octet_length(email) <= 254
            and email ~ '^[^@]+@[^@.]+(\.[^@.]+)+$' and email !~ '[A-Z[:space:]]') not valid;
        begin
            alter table contacts validate constraint contacts_email_normalised;
        exception when check_violation then
            raise warning 'contacts has addresses that are not normalised; run: dedupe contacts --apply';
        end;
    end if;
    if to_regclass('unique_contact_email') is null then
        begin
            alter table contacts add constraint unique_contact_email unique (org_id, email);
        exception when unique_violation then
            raise warning 'contacts has several rows with one address: before the first import, run: dedupe contacts --apply';
        end;
    end if;
end
$do$;

-- A job's contacts between reading and merging: one row per block and share, its records as parallel arrays.
-- Unlogged, and without a foreign key, whose check would lock the job's row during COPY. Not unique:
-- a stalled worker's uncommitted row must not hold up the one that took over.
create unlogged table if not exists contact_staging (
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

create index if not exists contact_staging_share on contact_staging (job_id, share);

-- A job as its user sees it: the chunks' figures while it runs, its own once it has ended.
do $do$
begin
    -- Not replaced: a later file may have given it more columns.
    if to_regclass('migration_job_progress') is not null then return; end if;
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
end
$do$;

-- How a stored value and one from a file become one; plain SQL, so that it is inlined into the merge.
create or replace function merge_value(stored text, incoming text, rule text) returns text
    language sql immutable parallel safe
    return case rule
        when 'fill' then coalesce(stored, incoming)
        when 'clear' then incoming
        else coalesce(incoming, stored)
    end;

create or replace function merge_attributes(stored jsonb, incoming jsonb, rule text, cleared text[]) returns jsonb
    language sql immutable parallel safe
    return case rule
        when 'fill' then coalesce(incoming, '{}') || stored
        else (stored - cleared) || coalesce(incoming, '{}')
    end;
