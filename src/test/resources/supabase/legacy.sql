-- The tables of a project from before this service, with rows.
create table public.migration_jobs (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id),
    file_name text,
    mapping jsonb,
    status text default 'pending' check (status in ('pending', 'processing', 'completed', 'failed', 'done')),
    idempotency_key text,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
alter table migration_jobs enable row level security;
create policy "Users manage own jobs" on migration_jobs for all to authenticated using (auth.uid() = user_id) with check (auth.uid() = user_id);
create policy "Everybody reads" on migration_jobs for select using (true);

-- file_name tells what is expected of a row.
insert into migration_jobs (user_id, file_name, mapping, status, idempotency_key, created_at)
select '00000000-0000-4000-8000-000000000001', v.expected, '{}', v.status, v.key, timestamptz '2024-01-01T00:00:00Z' + v.n * interval '1 minute'
from (values
    (1, 'stays first', 'processing', 'u1_m_f_1700000000001'),
    (2, 'surplus', 'pending', 'u1_m_f_1700000000002'),
    (3, 'surplus', 'processing', 'u1_m_f_1700000000003'),
    (4, 'stays completed', 'completed', 'u1_m_f_1600000000001'),
    (5, 'stays completed', 'completed', 'u1_m_f_1600000000002'),
    (6, 'stays without key', 'pending', null),
    (7, 'stays without key', 'pending', null),
    (8, 'stays in its own word', 'done', 'u1_m_f_1600000000009'),
    (9, 'stays other file', 'pending', 'u1_m_g_1700000000003'),
    (10, 'stays, key made unique', 'failed', 'u1_m_g_1700000000003'),
    (11, 'stays, no timestamp', 'pending', 'something else'),
    (12, 'stays, no timestamp', 'pending', 'something else 2')
) as v (n, expected, status, key);
insert into migration_jobs (user_id, file_name, status, idempotency_key)
values ('00000000-0000-4000-8000-000000000002', 'stays other user', 'pending', 'u1_m_f_1700000000001');

create table public.contacts (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null,
    email text not null,
    first_name varchar(100),
    created_at timestamptz default now()
);
create index contacts_email_org on contacts (email, org_id);
insert into contacts (org_id, email) values ('00000000-0000-4000-8000-000000000001', 'ann@example.com');

create table public.chats (id uuid primary key default gen_random_uuid(), participants text[], created_at timestamptz);
insert into chats (participants) values ('{a,b}'), ('{b,a}');
