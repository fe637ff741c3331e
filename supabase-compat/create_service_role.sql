-- The role that the service connects as: it reads and writes the rows of its own tables and nothing else. Run this file after
-- the migrations, as the user who migrates (on Supabase: postgres); you may repeat it. Then give the role a password:
--     alter role importonce password '…';
-- The role is not a superuser, has no BYPASSRLS, and may create nothing: migrate and dedupe, which build indexes, connect as
-- the owner.

do $do$
begin
    if to_regrole('importonce') is null then create role importonce login; end if;
end
$do$;

-- The user who migrates makes the role the owner of the staging tables.
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
