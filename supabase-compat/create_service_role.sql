-- The role that the service connects as: it reads and writes the rows of its own tables and nothing else. Run it after
-- the migrations, as who migrates (on Supabase: postgres), as often as you like; then give the role a password:
--     alter role importonce password '…';
-- No superuser, no BYPASSRLS, and no right to create anything: migrate, and dedupe, which build indexes, connect as the owner.

do $do$
begin
    if to_regrole('importonce') is null then create role importonce login; end if;
end
$do$;

-- Whoever migrates hands the staging tables over to it.
grant importonce to current_user;
do $do$
begin
    execute format('grant usage on schema %I to importonce', current_schema());
end
$do$;

select importonce_guard(t.oid::regclass, true)
from pg_policy p
join pg_class t on t.oid = p.polrelid
where p.polname = 'importonce_service' and t.relnamespace = current_schema()::regnamespace;

grant select on migration_job_progress, chat_groups to importonce;
