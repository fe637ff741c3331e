-- When no client from before this service is left: browsers submit through the service only. Run it by hand, as who migrates,
-- as often as you like. The way back is at the end of the file.
drop policy if exists importonce_legacy_submit on migration_jobs;

do $do$
begin
    if to_regrole('authenticated') is not null then revoke insert on migration_jobs from authenticated; end if;
end
$do$;

-- Back:
-- create policy importonce_legacy_submit on migration_jobs for insert with check (user_id = (select importonce_user_id()));
-- grant insert on migration_jobs to authenticated;
