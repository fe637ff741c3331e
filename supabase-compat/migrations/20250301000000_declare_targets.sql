-- Targets that operators declare: any table with a unique key. json, not jsonb, since the order of fields and values counts.
create table if not exists import_targets (
    name text collate "C" not null,
    version bigint not null default 1,
    declaration json not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint import_targets_pkey primary key (name),
    constraint import_targets_name check (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
    constraint import_targets_object check (json_typeof(declaration) = 'object')
);

-- The declaration with which a job was submitted; null: its target is a part of the service.
alter table migration_jobs add column if not exists declaration json;

-- A job's rows between reading and merging, for every declared target: a text array for each value that the job's mapping has.
do $do$
begin
    perform set_config('client_min_messages', 'warning', true);
    execute format(
        'create unlogged table if not exists target_staging (job_id uuid not null, user_id uuid not null, share integer not null, '
        'block integer not null, row_no bigint[] not null, id uuid[] not null, %s)',
        (select string_agg(format('v%s text[]', n), ', ' order by n) from generate_series(1, 201) n));
    execute (
        select 'alter table target_staging alter column row_no set storage external, '
            || string_agg(format('alter column v%s set storage external', n), ', ' order by n)
        from generate_series(1, 201) n);
end
$do$;

create index if not exists target_staging_share on target_staging (job_id, share);

-- A share's rows one by one, while the rows are sought that the target's table refuses; never outside of that transaction.
create unlogged table if not exists target_rows (
    job_id uuid not null,
    user_id uuid not null,
    share integer not null,
    n integer not null,
    block integer not null,
    row_no bigint not null,
    v text[] not null,
    constraint target_rows_pkey primary key (job_id, user_id, share, n)
);

-- Rows that the target's table refused, those of one block and one share at a time, as import_rejects has those of the reading.
create table if not exists import_refusals (
    job_id uuid not null,
    user_id uuid not null,
    ordinal integer not null,
    share integer not null,
    rejects json not null,
    constraint import_refusals_pkey primary key (job_id, user_id, ordinal, share),
    constraint import_refusals_job foreign key (job_id, user_id) references migration_jobs (id, user_id) on delete cascade
);

-- What an undoable import into a declared target replaced, a row each, in the order of the natural keys. The values are texts, in the
-- order of the job's declaration; before is null for a row that the import inserted.
create table if not exists target_before_images (
    job_id uuid not null,
    user_id uuid not null,
    share integer not null,
    n integer not null,
    key text[] not null,
    before text[],
    after text[] not null,
    constraint target_before_images_pkey primary key (job_id, user_id, share, n)
);

do $do$
begin
    perform importonce_guard('import_targets');
    perform importonce_guard('target_before_images');
    perform importonce_guard('target_staging');
    perform importonce_guard('target_rows');
    perform importonce_guard('import_refusals');
end
$do$;
