-- What a clean-up took away, whole, so that it can be put back; kept for 30 days. Its key is of one row and of no user:
-- rows come from tables that are sharded in different ways.
create table if not exists dedupe_log (
    id uuid not null default gen_random_uuid(),
    kind text not null,
    kept_id uuid not null,
    removed_id uuid not null,
    removed jsonb not null,
    created_at timestamptz not null default now(),
    constraint dedupe_log_pkey primary key (id)
);

create index if not exists dedupe_log_created_at on dedupe_log (created_at);
