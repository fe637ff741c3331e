-- Distributes a migrated database over the nodes of a Citus cluster, by user, organisation or chat. We have never run it on
-- Citus; we have tested the same distribution with PostgreSQL's own partitions (partitioned.sql). Before you run it: read
-- README.md, run "dedupe chats --apply", stop the service. Afterwards only the service may use the tables: no PostgREST, no
-- Realtime.
begin;

do $do$
begin
    if exists (select from chats where participants_key is null and merged_into is null) then
        raise exception 'chats has rows without a key' using hint = 'Run "dedupe chats --apply" first.';
    end if;
    -- Citus has no distributed tables with triggers. This trigger updates migration_jobs.percent for clients that watch the
    -- table; the service itself reads the progress from the chunks.
    drop trigger if exists importonce_count_done on import_chunks;
    -- Citus has no "on delete set null" where the foreign key contains the distribution column. Without it an expired source keeps
    -- the id of an upload that is gone.
    alter table sources drop constraint if exists sources_upload;
end
$do$;

-- Citus has no policies with subqueries, and each of these has one. Without them, only the service may have access to the
-- tables.
do $do$
declare
    rule record;
begin
    for rule in select tablename, policyname from pg_policies where schemaname = current_schema and policyname like 'importonce\_%' loop
        execute format('drop policy %I on %I', rule.policyname, rule.tablename);
        execute format('alter table %I disable row level security', rule.tablename);
    end loop;
end
$do$;

-- The whole table is on every node: it is read by key and by id, unique in both, and seldom written.
select create_reference_table('chats');

-- One colocation group for users and organisations: if the organisation is the user's own id, which is the default, all rows
-- are on one node.
select create_distributed_table('uploads', 'user_id', colocate_with => 'none');
select create_distributed_table('source_blocks', 'user_id', colocate_with => 'uploads');
select create_distributed_table('sources', 'user_id', colocate_with => 'uploads');
select create_distributed_table('renditions', 'user_id', colocate_with => 'uploads');
select create_distributed_table('migration_jobs', 'user_id', colocate_with => 'uploads');
select create_distributed_table('idempotency_keys', 'user_id', colocate_with => 'uploads');
select create_distributed_table('import_chunks', 'user_id', colocate_with => 'uploads');
select create_distributed_table('import_rejects', 'user_id', colocate_with => 'uploads');
select create_distributed_table('import_refusals', 'user_id', colocate_with => 'uploads');
select create_distributed_table('target_staging', 'user_id', colocate_with => 'uploads');
select create_distributed_table('target_rows', 'user_id', colocate_with => 'uploads');
select create_distributed_table('target_before_images', 'user_id', colocate_with => 'uploads');
select create_distributed_table('contact_before_images', 'user_id', colocate_with => 'uploads');
-- Only instances of an older version use it.
drop view if exists contact_staging;
select create_distributed_table('message_staging', 'user_id', colocate_with => 'uploads');
select create_distributed_table('chat_staging', 'user_id', colocate_with => 'uploads');
select create_distributed_table('contacts', 'org_id', colocate_with => 'uploads');
select create_distributed_table('remembered_mappings', 'org_id', colocate_with => 'uploads');
select create_distributed_table('send_queue', 'org_id', colocate_with => 'uploads');
select create_distributed_table('sent_messages', 'org_id', colocate_with => 'uploads');
select create_distributed_table('send_rates', 'org_id', colocate_with => 'uploads');
select create_distributed_table('chat_messages', 'chat_id', colocate_with => 'none');
-- import_targets, dedupe_log and Flyway's table are not distributed: only operators' commands read and write them. Nor is webhook_events:
-- few rows, claimed as one list.

commit;
