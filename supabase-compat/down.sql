-- Removes what ImportOnce has added; run it as the user who migrated. Rows of migration_jobs, contacts and chats stay, as do
-- base_idempotency_key and its index on active rows: they prevent duplicate jobs also without the service. In one
-- transaction: psql -1 -f down.sql
drop view if exists migration_job_progress, chat_groups;
drop table if exists import_chunks, import_rejects, idempotency_keys, contact_staging, chat_messages, send_queue, sent_messages, send_rates,
    dedupe_log, renditions, contact_before_images, message_staging, chat_staging, import_targets, target_staging, target_rows, target_before_images, import_refusals,
    remembered_mappings, webhook_events cascade;
drop schema if exists importonce_unowned cascade;
drop function if exists cancel_migration(uuid), importonce_count_done(), importonce_place_row();

-- Jobs that the service created have their counters and files in other tables; without these their rows would be incomplete.
delete from migration_jobs where source_id is not null;
alter table migration_jobs
    drop constraint if exists migration_jobs_source,
    drop constraint if exists migration_jobs_retry_of,
    drop constraint if exists migration_jobs_status,
    drop constraint if exists migration_jobs_step,
    drop constraint if exists migration_jobs_finished,
    drop constraint if exists migration_jobs_cut,
    drop constraint if exists migration_jobs_outcomes,
    drop constraint if exists migration_jobs_whole,
    drop constraint if exists migration_jobs_undo;
drop table if exists sources, source_blocks, uploads cascade;
drop index if exists contacts_words;
alter table contacts alter column org_id reset (n_distinct), drop constraint if exists contacts_attributes_object;
alter table chats
    drop constraint if exists chats_key_shape,
    drop constraint if exists chats_redirect;

do $do$
declare
    ours record;
begin
    for ours in
        select polname, polrelid::regclass as guarded from pg_policy
        where polname like 'importonce\_%' and polrelid in (select oid from pg_class where relnamespace = current_schema()::regnamespace)
    loop
        execute format('drop policy %I on %s', ours.polname, ours.guarded);
    end loop;
end
$do$;
alter table migration_jobs
    drop column if exists org_id, drop column if exists target, drop column if exists source_id, drop column if exists format,
    drop column if exists header, drop column if exists step, drop column if exists duplicate_requests, drop column if exists retry_of,
    drop column if exists blocks, drop column if exists shares, drop column if exists total_rows, drop column if exists turn,
    drop column if exists read_rows, drop column if exists inserted, drop column if exists updated, drop column if exists unchanged,
    drop column if exists skipped, drop column if exists overridden, drop column if exists rejected, drop column if exists error,
    drop column if exists started_at, drop column if exists finished_at, drop column if exists done_rows, drop column if exists percent,
    drop column if exists upload_id, drop column if exists before_images, drop column if exists undo_requested_at,
    drop column if exists undone_at, drop column if exists undo_error, drop column if exists declaration,
    drop column if exists traceparent;
drop function if exists importonce_guard(regclass, boolean), importonce_user_id(), importonce_org_ids(), importonce_is_service(),
    merge_value(text, text, text), merge_attributes(jsonb, jsonb, text, text[]), jsonb_beyond(jsonb, jsonb),
    undone_values(jsonb, jsonb, jsonb), changed_since(jsonb, jsonb, jsonb), importonce_object(jsonb);
-- Browsers have no rights on these tables now. Grant the rights that the project's own policies expect again, for example
-- grant select, insert, update on migration_jobs to authenticated;
