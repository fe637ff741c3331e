-- Base keys for the jobs from before this service. One statement, so one transaction whoever runs it: readers go on, writers
-- wait for as long as it takes, which is short. Harmless where there are no such jobs.
do $do$
begin
    perform set_config('lock_timeout', '30s', true), set_config('client_min_messages', 'warning', true);
    lock table migration_jobs in share row exclusive mode;

    -- <user>_<mapping hash>_<file hash>_<13 digits>: the digits are the time. Rows without a key stay without: nothing tells
    -- what they import. So do those in a state that this service does not know: it cannot tell whether they have ended.
    create temporary table base_keys on commit drop as
    select id, regexp_replace(idempotency_key, '_[0-9]{13}$', '') as base
    from migration_jobs
    where source_id is null and base_idempotency_key is null and idempotency_key ~ '._[0-9]{13}$' and idempotency_key !~ '^v1:'
      and status in ('pending', 'processing', 'completed', 'failed', 'cancelled');

    -- Of the active jobs of one base key the first goes on. Before the keys are filled in: the index is there already.
    update migration_jobs j
    set status = 'cancelled', updated_at = now(), finished_at = now()
    from (
        select a.id, row_number() over (partition by a.user_id, coalesce(a.base_idempotency_key, b.base) order by a.created_at, a.id) as place
        from migration_jobs a
        left join base_keys b on b.id = a.id
        where coalesce(a.base_idempotency_key, b.base) is not null and a.status not in ('cancelled', 'completed', 'failed')
    ) k
    where k.id = j.id and k.place > 1 and j.source_id is null;

    update migration_jobs j set base_idempotency_key = b.base from base_keys b where b.id = j.id;

    -- Two requests within one millisecond got one key. The first keeps it.
    update migration_jobs j
    set idempotency_key = j.idempotency_key || '_' || j.id
    from (
        select id, row_number() over (partition by user_id, idempotency_key order by created_at, id) as place
        from migration_jobs
        where idempotency_key is not null
    ) k
    where k.id = j.id and k.place > 1 and j.source_id is null;

    if not exists (
        select from pg_constraint where conrelid = 'migration_jobs'::regclass and conname = 'migration_jobs_idempotency_key'
    ) then
        alter table migration_jobs add constraint migration_jobs_idempotency_key unique (user_id, idempotency_key);
    end if;
    drop table base_keys;
end
$do$;
