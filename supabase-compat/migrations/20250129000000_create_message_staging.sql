-- A job's messages between reading and merging into the send queue, as contact_staging has contacts.
create unlogged table if not exists message_staging (
    job_id uuid not null,
    user_id uuid not null,
    share integer not null,
    block integer not null,
    row_no bigint[] not null,
    id uuid[] not null,
    campaign_id text[] not null,
    prospect_id text[] not null,
    step text[] not null,
    channel text[] not null,
    body text[] not null,
    scheduled_for text[] not null
);

alter table message_staging
    alter column row_no set storage external,
    alter column id set storage external,
    alter column campaign_id set storage external,
    alter column prospect_id set storage external,
    alter column step set storage external,
    alter column channel set storage external,
    alter column body set storage external,
    alter column scheduled_for set storage external;

create index if not exists message_staging_share on message_staging (job_id, share);
