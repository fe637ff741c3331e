-- Events for the webhook, each written in the transaction that makes it true, and kept for 30 days after its delivery has ended. Only
-- the service and its operators read them.
--   subject_id: the job of an import.* event, the message of a message.* event
--   occurrence: tells apart the events of one type of one subject; 0 where there can be only one
--   body: the bytes that every attempt sends; null: not written yet, the first attempt writes it
--   claims: those since the last recorded attempt; attempts: the recorded ones
create table if not exists webhook_events (
    id uuid not null,
    type text not null,
    subject_id uuid not null,
    occurrence bigint not null default 0,
    body text,
    state text not null default 'pending',
    token bigint not null default 0,
    claims integer not null default 0,
    attempts integer not null default 0,
    due_at timestamptz default now(),
    last_status integer,
    last_error text,
    created_at timestamptz not null default now(),
    delivered_at timestamptz,
    ended_at timestamptz,
    constraint webhook_events_pkey primary key (id),
    constraint webhook_events_once unique (type, subject_id, occurrence),
    constraint webhook_events_state check (state in ('pending', 'delivered', 'failed')),
    constraint webhook_events_due check ((due_at is not null) = (state = 'pending')),
    constraint webhook_events_ended check ((ended_at is null) = (state = 'pending')),
    constraint webhook_events_delivered check ((delivered_at is not null) = (state = 'delivered'))
);

create index if not exists webhook_events_due_at on webhook_events (due_at) where state = 'pending';
create index if not exists webhook_events_newest on webhook_events (created_at, id);
create index if not exists webhook_events_by_state on webhook_events (state, created_at, id);

do $do$
begin
    perform importonce_guard('webhook_events');
end
$do$;
