-- The jobs of one target, newest first: users with many jobs may have few of that target.
do $do$
begin
    perform set_config('lock_timeout', '30s', true), set_config('client_min_messages', 'warning', true);
    create index if not exists migration_jobs_newest_by_target on migration_jobs (user_id, target, created_at desc, id desc);
end
$do$;
