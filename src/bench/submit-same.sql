-- The statements of a submit of a file that has an active job already (log_statement = all on one request).
update migration_jobs set duplicate_requests = duplicate_requests + 1, updated_at = now()
from (select set_config('synchronous_commit', 'off', true)) as lazily
where user_id = '00000000-0000-0000-0000-000000000001'::uuid and base_idempotency_key = :base
    and status not in ('cancelled', 'completed', 'failed')
returning id, status;
