-- The unique index on active jobs, beside whatever was to do its work before. One statement, so one transaction whoever runs it:
-- readers go on, writers wait for as long as it takes, which is short.
do $do$
begin
    perform set_config('lock_timeout', '30s', true), set_config('client_min_messages', 'warning', true);
    lock table migration_jobs in share row exclusive mode;

    -- The first fix built an index of this name that keeps completed jobs: "if not exists" would keep it, and "on conflict" would
    -- find it, and a file could never be imported again. Renamed here; dropping it needs a lock that keeps readers out.
    if exists (
        select from pg_index i
        join pg_class x on x.oid = i.indexrelid
        where i.indrelid = 'migration_jobs'::regclass and x.relname = 'unique_base_idempotency_key_active'
          and not (i.indisunique and i.indisvalid
              and (select array_agg(a.attname::text order by k.n)
                   from unnest(i.indkey::int2[]) with ordinality as k (attnum, n)
                   join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum) = '{user_id,base_idempotency_key}'
              and regexp_replace(coalesce(pg_get_expr(i.indpred, i.indrelid), ''), '::[a-z ]+(\[\])?|[()[:space:]]', '', 'g')
                  = 'status<>ALLARRAY[''cancelled'',''completed'',''failed'']')
    ) then
        alter index unique_base_idempotency_key_active rename to unique_base_idempotency_key_first_fix;
    end if;
    -- Of the active jobs of one base key the first goes on.
    update migration_jobs j
    set status = 'cancelled', updated_at = now(), finished_at = now()
    from (
        select id, row_number() over (partition by user_id, base_idempotency_key order by created_at, id) as place
        from migration_jobs
        where base_idempotency_key is not null and status not in ('cancelled', 'completed', 'failed')
    ) k
    where k.id = j.id and k.place > 1 and j.source_id is null;
    create unique index if not exists unique_base_idempotency_key_active on migration_jobs (user_id, base_idempotency_key)
        where status not in ('cancelled', 'completed', 'failed');
end
$do$;
