-- A job's chats between reading and merging, as contact_staging has contacts: participants are JSON arrays.
create unlogged table if not exists chat_staging (
    job_id uuid not null,
    user_id uuid not null,
    share integer not null,
    block integer not null,
    row_no bigint[] not null,
    id uuid[] not null,
    participants_key text[] not null,
    participants text[] not null
);

alter table chat_staging
    alter column row_no set storage external,
    alter column id set storage external,
    alter column participants_key set storage external,
    alter column participants set storage external;

create index if not exists chat_staging_share on chat_staging (job_id, share);

do $do$
begin
    perform importonce_guard('chat_staging');
end
$do$;
