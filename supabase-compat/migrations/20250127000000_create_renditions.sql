-- How a source is read whose bytes cannot be read where they lie (compressed, a spreadsheet, JSON, another character
-- set): the same records as UTF-8 CSV, in blocks of an upload of their own. One per source and format asked for.
create table if not exists renditions (
    source_id uuid not null,
    user_id uuid not null,
    -- The format as it was asked for, and as it was resolved: a sheet that nobody named has a name in the second.
    asked jsonb not null,
    format jsonb not null,
    header text[] not null,
    upload_id uuid not null,
    created_at timestamptz not null default now(),
    constraint renditions_pkey primary key (source_id, user_id, asked),
    constraint renditions_source foreign key (source_id, user_id) references sources (id, user_id) on delete cascade,
    -- Deferred: a small one is inserted first, and its blocks only when it is new.
    constraint renditions_upload foreign key (upload_id, user_id) references uploads (id, user_id)
        on delete cascade deferrable initially deferred
);

create index if not exists renditions_upload_id on renditions (upload_id, user_id);

-- Where a job's blocks lie; null: in the source itself.
alter table migration_jobs add column if not exists upload_id uuid;
