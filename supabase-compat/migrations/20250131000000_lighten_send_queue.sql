-- Claiming a message changes no column that an index holds or names in its condition: such an update stays on its page
-- and touches no index (heap-only tuples), as long as the page has room for a second version of each row.
alter table send_queue alter column turn drop not null;
update send_queue set turn = null where due_at is null;
alter table send_queue drop constraint if exists send_queue_turn_due;
alter table send_queue add constraint send_queue_turn_due check ((turn is not null) = (due_at is not null));
alter table send_queue set (fillfactor = 50);

drop index if exists send_queue_turn;
drop index if exists send_queue_bucket_turn;
create index send_queue_turn on send_queue (turn) where turn is not null;
create index send_queue_bucket_turn on send_queue (org_id, channel, turn) where turn is not null;

-- Ids are in the order of time (UUIDv7): the key serves the lists, too.
alter table send_queue drop constraint if exists send_queue_pkey;
alter table send_queue add constraint send_queue_pkey primary key (org_id, id);
drop index if exists send_queue_newest;
drop index if exists send_queue_newest_unsent;
drop index if exists send_queue_newest_by_campaign;
create index if not exists send_queue_unsent on send_queue (org_id, id) where sent_at is null;
create index if not exists send_queue_by_campaign on send_queue (org_id, campaign_id, id);

-- Rows come in the order of sent_at.
drop index if exists sent_messages_sent_at;
create index sent_messages_sent_at on sent_messages using brin (sent_at) with (pages_per_range = 16, autosummarize = on);
