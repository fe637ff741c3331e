-- What a clean-up took away, whole, so that it can be put back; kept for 30 days. Its key is of one row and of no user:
-- rows come from tables that are sharded in different ways.
-- contacts, jobs: the row. chats: {"participantsKey", "redirects": [ids]} for a chat that became a redirect from removed_id
-- to kept_id ("participantsKey" is what it had, "redirects" are the older redirects that led to it), and
-- {"messages": [ids]} for each batch of messages that moved.
create table if not exists dedupe_log (
    id uuid not null default gen_random_uuid(),
    kind text not null,
    kept_id uuid not null,
    removed_id uuid not null,
    removed jsonb not null,
    created_at timestamptz not null default now(),
    constraint dedupe_log_pkey primary key (id),
    constraint dedupe_log_kind check (kind in ('chats', 'contacts', 'jobs')),
    constraint dedupe_log_removed check (jsonb_typeof(removed) = 'object')
);

create index if not exists dedupe_log_created_at on dedupe_log (created_at);
