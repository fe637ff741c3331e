-- Run this when no old client is in use any more: afterwards browsers can submit only through the service. Run it by hand,
-- as the user who migrates; you may repeat it. The end of the file has the statements that revert it.
drop policy if exists importonce_legacy_submit on migration_jobs;

do $do$
begin
    if to_regrole('authenticated') is not null then revoke insert on migration_jobs from authenticated; end if;
end
$do$;

-- Back:
-- create policy importonce_legacy_submit on migration_jobs for insert with check (user_id = (select importonce_user_id()));
-- grant insert on migration_jobs to authenticated;
