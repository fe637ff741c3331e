-- The statements of a submit of a new file (log_statement = all on one request), in two transactions; ids start with the
-- time, like the service's.
\set n random(1, 4000000000000000000)
update migration_jobs set duplicate_requests = duplicate_requests + 1, updated_at = now()
from (select set_config('synchronous_commit', 'off', true)) as lazily
where user_id = '00000000-0000-0000-0000-000000000001'::uuid and base_idempotency_key = 'v1:' || encode(sha256(('base' || :n)::bytea), 'hex')
    and status not in ('cancelled', 'completed', 'failed')
returning id, status;
begin;
insert into sources as s (id, user_id, upload_id, sha256, byte_count, file_name, format, header, row_count)
values ((lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('source' || :n), 13))::uuid, '00000000-0000-0000-0000-000000000001',
    (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('source' || :n), 13))::uuid, sha256(('file' || :n)::bytea), 80, null,
    '{"type":"csv","delimiter":",","encoding":"UTF-8"}'::jsonb, '{email,first_name}', 3)
on conflict (user_id, sha256) where upload_id is not null
do update set last_used_at = now()
returning s.id, s.upload_id, s.file_name;
insert into uploads (id, user_id) values ((lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('source' || :n), 13))::uuid, '00000000-0000-0000-0000-000000000001')
on conflict (id, user_id) do update set touched_at = now();
insert into source_blocks (upload_id, user_id, ordinal, byte_offset, byte_length, records_offset, first_row, row_count, payload)
values ((lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('source' || :n), 13))::uuid, '00000000-0000-0000-0000-000000000001', 0, 0, 134, 17, 2, 3,
    ('email,first_name' || chr(10) || 'ann' || :n || '@example.com,Ann' || chr(10) || 'bob' || :n || '@example.com,Bob' || chr(10) || 'cay' || :n || '@example.com,Cay' || chr(10))::bytea);
insert into migration_jobs as j (id, user_id, org_id, target, source_id, file_name, mapping, format, header,
    base_idempotency_key, idempotency_key, retry_of, blocks, shares, total_rows, turn)
values ((lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('job' || :n), 13))::uuid, '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 'contacts',
    (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('source' || :n), 13))::uuid, null,
    '{"target":"contacts","orgId":"00000000-0000-0000-0000-000000000001","fields":{"email":"email","firstName":"first_name"},"unmapped":"ignore","onExisting":"update","onBlank":"keep","undoable": false}'::jsonb,
    '{"type":"csv","delimiter":",","encoding":"UTF-8"}'::jsonb, '{email,first_name}', 'v1:' || encode(sha256(('base' || :n)::bytea), 'hex'),
    'v1:' || encode(sha256(('base' || :n)::bytea), 'hex') || '_' || (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('job' || :n), 13))::uuid,
    null, 1, 1, 3, greatest(now(), (
    select max(turn) + interval '1 second'
    from migration_jobs
    where org_id = '00000000-0000-0000-0000-000000000001' and status not in ('cancelled', 'completed', 'failed'))))
on conflict (user_id, base_idempotency_key) where status not in ('cancelled', 'completed', 'failed')
do update set duplicate_requests = j.duplicate_requests + 1, updated_at = now()
returning j.id, j.status;
insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn, byte_offset, byte_length, first_row, row_count)
select j.id, j.user_id, 'reading', b.ordinal, 'pending', now(), j.turn + b.ordinal * interval '1 second',
       b.byte_offset, b.byte_length, b.first_row, b.row_count
from migration_jobs j, unnest('{0}'::integer[], '{17}'::bigint[], '{63}'::integer[], '{2}'::bigint[], '{3}'::integer[])
    as b (ordinal, byte_offset, byte_length, first_row, row_count)
where j.id = (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('job' || :n), 13))::uuid and j.user_id = '00000000-0000-0000-0000-000000000001'
union all
select j.id, j.user_id, 'merging', s.ordinal, 'waiting', null, j.turn + s.ordinal * interval '5 seconds',
       null, null, null, null
from migration_jobs j, generate_series(0, j.shares - 1) as s (ordinal)
where j.id = (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(md5('job' || :n), 13))::uuid and j.user_id = '00000000-0000-0000-0000-000000000001';
commit;
