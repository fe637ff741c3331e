-- Distributes a migrated database over the nodes of a Citus cluster, by user, organisation or chat. Never run on a Citus: what
-- this project could test is the same cut in PostgreSQL's own partitions (partitioned.sql). Before it: read README.md, run
-- "dedupe chats --apply", stop the service. After it the tables are the service's alone: no PostgREST, no Realtime.
begin;

do $do$
begin
    if exists (select from chats where participants_key is null and merged_into is null) then
        raise exception 'chats has rows without a key' using hint = 'Run "dedupe chats --apply" first.';
    end if;
    -- Citus has no distributed tables with triggers. It kept migration_jobs.percent for those who watch the table itself; the service
    -- reads the progress from the chunks.
    drop trigger if exists importonce_count_done on import_chunks;
    -- Citus has no "on delete set null" where the foreign key contains the distribution column. Without it an expired source keeps
    -- the id of an upload that is gone.
    alter table sources drop constraint if exists sources_upload;
end
$do$;

-- Citus has no policies with subqueries, and these have one each. Nobody but the service may reach the tables then.
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

-- Whole on every node: asked for by key and by id, unique in both, seldom written.
select create_reference_table('chats');

-- One group for users and organisations: whose organisation is the user's own id, as it is by default, has all in one place.
select create_distributed_table('uploads', 'user_id', colocate_with => 'none');
select create_distributed_table('source_blocks', 'user_id', colocate_with => 'uploads');
select create_distributed_table('sources', 'user_id', colocate_with => 'uploads');
select create_distributed_table('renditions', 'user_id', colocate_with => 'uploads');
select create_distributed_table('migration_jobs', 'user_id', colocate_with => 'uploads');
select create_distributed_table('idempotency_keys', 'user_id', colocate_with => 'uploads');
select create_distributed_table('import_chunks', 'user_id', colocate_with => 'uploads');
select create_distributed_table('import_rejects', 'user_id', colocate_with => 'uploads');
select create_distributed_table('contact_before_images', 'user_id', colocate_with => 'uploads');
select create_distributed_table('contact_staging', 'user_id', colocate_with => 'uploads');
select create_distributed_table('message_staging', 'user_id', colocate_with => 'uploads');
select create_distributed_table('chat_staging', 'user_id', colocate_with => 'uploads');
select create_distributed_table('contacts', 'org_id', colocate_with => 'uploads');
select create_distributed_table('send_queue', 'org_id', colocate_with => 'uploads');
select create_distributed_table('sent_messages', 'org_id', colocate_with => 'uploads');
select create_distributed_table('send_rates', 'org_id', colocate_with => 'uploads');
select create_distributed_table('chat_messages', 'chat_id', colocate_with => 'none');
-- dedupe_log and Flyway's table stay where they are: only operators' commands read and write them.

commit;
