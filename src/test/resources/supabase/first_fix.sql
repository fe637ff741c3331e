-- The first fix: a second key, and a unique index that keeps completed jobs.
alter table migration_jobs add column base_idempotency_key text;
update migration_jobs set base_idempotency_key = 'u1_m_f' where status = 'completed' and idempotency_key like '%1';
create unique index unique_base_idempotency_key_active on migration_jobs (user_id, base_idempotency_key) where status != 'cancelled';
