-- Row-level security on every table. Written without the roles of Supabase, so that every database has the same rules; what
-- the roles may do at all (grants) follows where they exist. The owner of the tables, who migrates, is not bound by them.

-- Who is calling through PostgREST or Realtime; null outside of them and for anon.
create or replace function importonce_user_id() returns uuid
    language sql stable parallel safe
    return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;

-- The organisations of the caller: app_metadata.org_id, else the user's own id, and app_metadata.org_ids.
create or replace function importonce_org_ids() returns uuid[]
    language sql stable parallel safe
    return (
        select array_remove(array_append(
                   array(select o.id::uuid
                         from jsonb_array_elements_text(case jsonb_typeof(c.meta -> 'org_ids') when 'array' then c.meta -> 'org_ids' else '[]' end)
                             as o (id)
                         where o.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
                   coalesce((c.meta ->> 'org_id')::uuid, importonce_user_id())), null)
        from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'app_metadata' as meta) c);

-- Whether the service itself is at work: as the role importonce (see create_service_role.sql), or one that has its rights.
create or replace function importonce_is_service() returns boolean
    language sql stable parallel safe
    return exists (select from pg_catalog.pg_roles r where r.rolname = 'importonce' and pg_catalog.pg_has_role(r.oid, 'usage'));

-- What every table of ours has: row-level security that lets the service do everything, and no rights for the roles of
-- browsers. A file that adds a table calls this. Staging tables (unlogged) are filled by COPY, which row-level security
-- forbids to all but owners: they go to the service's role.
--   keep: the table is older than this service, with rules of the project's own; those, and what its roles may do, stay.
create or replace function importonce_guard(guarded regclass, keep boolean default false) returns void
    language plpgsql
    as $body$
declare
    name text;
    space text := (select relnamespace::regnamespace::text from pg_class where oid = guarded);
begin
    execute format('alter table %s enable row level security', guarded);
    if not exists (select from pg_policy where polrelid = guarded and polname = 'importonce_service') then
        execute format('create policy importonce_service on %s for all using ((select importonce_is_service())) '
            'with check ((select importonce_is_service()))', guarded);
    end if;
    if not keep then
        execute format('revoke all on %s from public', guarded);
        foreach name in array array['anon', 'authenticated'] loop
            if to_regrole(name) is not null then execute format('revoke all on %s from %I', guarded, name); end if;
        end loop;
    end if;
    if to_regrole('service_role') is not null then execute format('grant all on %s to service_role', guarded); end if;
    if to_regrole('importonce') is not null then
        execute format('grant select, insert, update, delete on %s to importonce', guarded);
        if (select relpersistence = 'u' and relowner <> to_regrole('importonce') from pg_class where oid = guarded) then
            -- Who is to own something must be allowed to make something, for that moment.
            execute format('grant create on schema %s to importonce', space);
            execute format('alter table %s owner to importonce', guarded);
            execute format('revoke create on schema %s from importonce', space);
        end if;
    end if;
end
$body$;

-- contacts and chats may be older than this service, with rules of their own. Without such rules anybody could read everything;
-- that ends here.
do $do$
declare
    name text;
begin
    perform set_config('client_min_messages', 'warning', true), set_config('lock_timeout', '30s', true);
    -- First: a client's insert has this table and then looks at sources, for the foreign key. In another order the two would wait for
    -- each other.
    lock table migration_jobs in access exclusive mode;
    foreach name in array array['uploads', 'source_blocks', 'sources', 'migration_jobs', 'idempotency_keys', 'import_chunks',
        'import_rejects', 'contacts', 'contact_staging', 'chats', 'chat_messages', 'send_queue', 'sent_messages', 'send_rates', 'dedupe_log',
        'renditions', 'contact_before_images', 'message_staging']
    loop
        perform importonce_guard(to_regclass(name), name in ('contacts', 'chats') and exists (
            select from pg_policy where polrelid = to_regclass(name) and polname not like 'importonce\_%'));
    end loop;
end
$do$;

drop policy if exists importonce_own on migration_jobs;
create policy importonce_own on migration_jobs for select using (user_id = (select importonce_user_id()));
drop policy if exists importonce_own on import_chunks;
create policy importonce_own on import_chunks for select using (user_id = (select importonce_user_id()));
drop policy if exists importonce_own on import_rejects;
create policy importonce_own on import_rejects for select using (user_id = (select importonce_user_id()));
drop policy if exists importonce_own on sources;
create policy importonce_own on sources for select using (user_id = (select importonce_user_id()));
drop policy if exists importonce_members on contacts;
create policy importonce_members on contacts for select using (org_id = any ((select importonce_org_ids())::uuid[]));

-- Until the cut-over (cut_over.sql) browsers from before this service go on submitting jobs as they did.
drop policy if exists importonce_legacy_submit on migration_jobs;
create policy importonce_legacy_submit on migration_jobs for insert with check (user_id = (select importonce_user_id()));

-- Restrictive: these hold also where the project has policies of its own, which alone would be joined by "or".
drop policy if exists importonce_no_others on migration_jobs;
create policy importonce_no_others on migration_jobs as restrictive for select
    using ((select importonce_is_service()) or user_id = (select importonce_user_id()));
drop policy if exists importonce_only_pending on migration_jobs;
create policy importonce_only_pending on migration_jobs as restrictive for insert
    with check ((select importonce_is_service())
        or user_id = (select importonce_user_id()) and source_id is null and status = 'pending' and turn = now()
            and (org_id is null or org_id = any ((select importonce_org_ids())::uuid[]))
            and num_nonnulls(read_rows, inserted, updated, unchanged, skipped, overridden, rejected, error, started_at, finished_at) = 0
            and num_nonnulls(upload_id, undo_requested_at, undone_at, undo_error) = 0
            and duplicate_requests = 0 and not before_images);
drop policy if exists importonce_no_states on migration_jobs;
create policy importonce_no_states on migration_jobs as restrictive for update
    using ((select importonce_is_service())) with check ((select importonce_is_service()));
drop policy if exists importonce_no_removal on migration_jobs;
create policy importonce_no_removal on migration_jobs as restrictive for delete using ((select importonce_is_service()));

-- Cancels a job of the caller, as POST /api/migrations/{id}/cancel does. Returns the job's status afterwards: cancelled, or
-- completed or failed if it had ended before; null when the caller has no such job. No
-- search_path of a caller leads it elsewhere. Staging rows that are left are swept by the service.
create or replace function cancel_migration(job_id uuid) returns text
    language sql security definer
    set search_path = public, pg_temp
    as $body$
    -- First and by itself, as every end of a chunk does: what the next statements look at is as of now.
    select from migration_jobs j where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() for no key update;
    update migration_jobs j set status = 'cancelled', finished_at = now(), updated_at = now(),
        before_images = coalesce((j.mapping ->> 'undoable')::boolean, false)
    where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() and j.status not in ('cancelled', 'completed', 'failed');
    -- The new tokens fence off every chunk that is being worked at this moment.
    update import_chunks c set status = 'cancelled', due_at = null, token = c.token + 1
    from migration_jobs j
    where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() and j.status = 'cancelled'
      and c.job_id = j.id and c.user_id = j.user_id and c.status not in ('done', 'cancelled');
    -- After the chunks have been stopped: none of them can add to the figures any more.
    update migration_jobs j
    set read_rows = c.read_rows, rejected = c.rejected, inserted = c.inserted, updated = c.updated,
        unchanged = c.unchanged, skipped = c.skipped, overridden = c.overridden
    from (
        select sum(k.read_rows) as read_rows, sum(k.rejected) as rejected, sum(k.inserted) as inserted, sum(k.updated) as updated,
               sum(k.unchanged) as unchanged, sum(k.skipped) as skipped, sum(k.overridden) as overridden
        from import_chunks k
        where k.job_id = cancel_migration.job_id and k.user_id = importonce_user_id()
    ) c
    where j.id = cancel_migration.job_id and j.user_id = importonce_user_id() and j.status = 'cancelled';
    select j.status from migration_jobs j where j.id = cancel_migration.job_id and j.user_id = importonce_user_id();
$body$;

revoke all on function importonce_guard(regclass, boolean) from public;
revoke all on function cancel_migration(uuid) from public;

do $do$
begin
    if to_regrole('anon') is not null then
        revoke all on function importonce_guard(regclass, boolean), cancel_migration(uuid) from anon;
        revoke all on migration_job_progress, chat_groups from anon;
    end if;
    if to_regrole('authenticated') is not null then
        revoke all on function importonce_guard(regclass, boolean) from authenticated;
        revoke all on migration_job_progress, chat_groups from authenticated;
        grant select on migration_jobs, import_chunks, import_rejects, sources, contacts, migration_job_progress to authenticated;
        grant insert on migration_jobs to authenticated;
        grant execute on function cancel_migration(uuid) to authenticated;
    end if;
    if to_regrole('service_role') is not null then
        grant select on migration_job_progress, chat_groups to service_role;
        grant execute on function cancel_migration(uuid) to service_role;
    end if;
    if to_regrole('importonce') is not null then grant select on migration_job_progress, chat_groups to importonce; end if;
end
$do$;
