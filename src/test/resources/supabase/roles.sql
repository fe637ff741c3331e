-- As on a Supabase server: who migrates is no superuser; the browsers' roles are taken by the one that PostgREST logs in as.
create role project login createrole createdb bypassrls;
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to project;
