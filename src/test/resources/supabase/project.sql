-- What a new Supabase project has in its database, as far as it matters here.
create schema auth;
create schema storage;
create schema extensions;
grant usage on schema auth to project, anon, authenticated, service_role;
create table auth.users (id uuid primary key, email text);
grant all on auth.users to project;
create function auth.uid() returns uuid
    language sql stable
    as $$
select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'))::uuid
$$;
grant usage on schema public to anon, authenticated, service_role;
alter default privileges for role project in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role project in schema public grant all on functions to anon, authenticated, service_role;
create publication supabase_realtime;
alter publication supabase_realtime owner to project;
insert into auth.users select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'u' || n || '@example.com' from generate_series(1, 9) n;
