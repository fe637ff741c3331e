-- Flyway's own table lies among ours: no role of Supabase's may read or write it.
do $do$
declare
    name text;
begin
    alter table flyway_schema_history enable row level security;
    foreach name in array array['anon', 'authenticated'] loop
        if to_regrole(name) is not null then execute format('revoke all on flyway_schema_history from %I', name); end if;
    end loop;
end
$do$;
