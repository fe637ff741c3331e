-- Chats: one per set of participants. A database from before this service may have a table chats
-- (id, participants, created_at) with rows: it stays, and gets what it lacks. Its rows have no key
-- until they are repaired (dev.importonce.chat.ChatRepair).

create table if not exists chats (
    id uuid not null,
    participants text[] not null,
    created_at timestamptz not null default now(),
    constraint chats_pkey primary key (id)
);

alter table chats
    -- Null: an old row whose key is not filled in yet, or one merged away. "C": byte order is the
    -- same on every machine.
    add column if not exists participants_key text collate "C",
    -- The chat that took over a duplicate's messages: a redirect. Never more than one step long.
    add column if not exists merged_into uuid;

-- An old row of unknown age counts as young, so that it does not take over from one of known age.
update chats set created_at = now() where created_at is null;
update chats set participants = '{}' where participants is null;

alter table chats
    alter column participants set not null,
    alter column created_at set not null,
    alter column created_at set default now(),
    -- Nulls are distinct: old rows without a key stand side by side.
    add constraint unique_chat_participants unique (participants_key),
    -- Only rows with a key: an old one may be anything until it has one.
    add constraint chats_key_shape check (participants_key is null
        or octet_length(participants_key) between 3 and 512 and cardinality(participants) >= 2),
    add constraint chats_redirect check (merged_into is null or merged_into <> id and participants_key is null),
    add constraint chats_merged_into foreign key (merged_into) references chats (id);

create index chats_merged_into on chats (merged_into) where merged_into is not null;
-- What is left to repair; empty in a database that never had another table.
create index chats_without_key on chats (created_at, id) where participants_key is null and merged_into is null;

create table chat_messages (
    id uuid not null,
    chat_id uuid not null,
    sender_id uuid not null,
    body text not null,
    created_at timestamptz not null default now(),
    constraint chat_messages_pkey primary key (chat_id, id),
    constraint chat_messages_chat foreign key (chat_id) references chats (id),
    constraint chat_messages_body_length check (length(body) between 1 and 10000)
);

create index chat_messages_newest on chat_messages (chat_id, created_at desc, id desc);


-- Every chat that is no redirect, beside the oldest one of the same people, which a merge keeps. usable: whether
-- its participants can have a key at all; has_key: whether one of those same people's chats has it already.
create view chat_groups with (security_invoker = true) as
select c.id, c.created_at, s.usable,
       bool_or(c.participants_key is not null) over (partition by s.members) as has_key,
       first_value(c.id) over (partition by s.members order by c.created_at, c.id) as kept_id
from chats c
cross join lateral (
    select array_agg(distinct p.member collate "C" order by p.member collate "C") as members,
           count(distinct p.member collate "C") between 2 and 100
               and bool_and(p.member is not null and length(p.member) between 1 and 128) as usable
    from unnest(c.participants) as p (member)
) s
where c.merged_into is null;
