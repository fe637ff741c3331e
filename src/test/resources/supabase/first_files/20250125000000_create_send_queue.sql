-- Messages on their way out: one per organisation, campaign, prospect and step, however often it is enqueued.
create table send_queue (
    id uuid not null,
    org_id uuid not null,
    campaign_id text collate "C" not null,
    prospect_id text collate "C" not null,
    step integer not null,
    channel text not null,
    body text not null,
    status text not null default 'pending',
    scheduled_for timestamptz not null default now(),
    -- Claimable from then on: when it is due, or when the lease of its claim runs out. Null: nothing to claim.
    due_at timestamptz,
    -- Turn among all that is due: a virtual time, so that no organisation holds up the others.
    turn timestamptz not null,
    -- Fencing: each claim takes the next number; an outcome with an older one is refused.
    token bigint not null default 0,
    attempts integer not null default 0,
    -- Set before a request is written and cleared when it is known not to have arrived: what is claimed with it set is in doubt.
    attempted_at timestamptz,
    last_error text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    sent_at timestamptz,
    constraint send_queue_pkey primary key (id, org_id),
    constraint unique_send_queue_item unique (org_id, campaign_id, prospect_id, step),
    constraint send_queue_status check (status in ('pending', 'processing', 'sent', 'failed', 'unknown')),
    constraint send_queue_due check ((due_at is not null) = (status in ('pending', 'processing'))),
    constraint send_queue_sent check ((sent_at is not null) = (status = 'sent'))
);

create index send_queue_turn on send_queue (turn) where due_at is not null;
create index send_queue_bucket_turn on send_queue (org_id, channel, turn) where due_at is not null;
create index send_queue_newest on send_queue (org_id, created_at desc, id desc);
create index send_queue_newest_unsent on send_queue (org_id, created_at desc, id desc) where status <> 'sent';
create index send_queue_newest_by_campaign on send_queue (org_id, campaign_id, created_at desc, id desc);

-- What went out. Without sent_at in its key: two sends of one message would differ in it.
create table sent_messages (
    org_id uuid not null,
    campaign_id text collate "C" not null,
    prospect_id text collate "C" not null,
    step integer not null,
    item_id uuid not null,
    channel text not null,
    sent_at timestamptz not null default now(),
    constraint sent_messages_pkey primary key (org_id, campaign_id, prospect_id, step)
);

-- For the alarm: who heard more than once within an hour.
create index sent_messages_sent_at on sent_messages (sent_at);

-- How much of its rate an organisation has used on a channel (generic cell rate algorithm, ITU-T I.371): the time at
-- which all of it is free again.
create table send_rates (
    org_id uuid not null,
    channel text not null,
    free_at timestamptz not null default now(),
    constraint send_rates_pkey primary key (org_id, channel)
);
