-- Distributes a migrated database over the nodes of a Citus cluster: what grows goes by its owner, the control plane stays on the
-- coordinator. Run it on the coordinator, as the owner of the tables, with psql -v ON_ERROR_STOP=1, while no instance of the service
-- runs. May be run again: it distributes what is not distributed yet, such as the table of a target declared since. README.md says
-- what goes and what takes over its task.
\set QUIET on
set client_min_messages = warning;

-- Refuses before it changes anything.
do $do$
declare
    wrong record;
begin
    if not exists (select from pg_extension where extname = 'citus') then
        raise exception 'This database has no Citus.' using hint = 'Run "create extension citus" on each node, and add the workers.';
    end if;
    if citus_is_coordinator() is not true then
        raise exception 'This node is no coordinator.' using hint = 'Connect to the coordinator.';
    end if;
    if to_regclass('target_staging') is null
        or not exists (select from pg_attribute where attrelid = 'target_staging'::regclass and attname = 'owner_id') then
        raise exception 'This database is not migrated.' using hint = 'Run the service''s command migrate first.';
    end if;
    for wrong in
        select 'contacts' as name, 'contacts' as written, to_regclass('contacts') as id, 'org_id' as owner
        union all
        select t.name, t.declaration ->> 'table', to_regclass(t.declaration ->> 'table'), o.owner
        from import_targets t
        cross join lateral (
            select coalesce(t.declaration #>> '{owner,organisation}', t.declaration #>> '{owner,user}') as owner) o
    loop
        if wrong.id is null then
            raise exception 'The table % of the target % does not exist.', wrong.written, wrong.name
                using hint = 'Create it, or remove the target.';
        end if;
        continue when wrong.owner is null
            or exists (select from pg_dist_partition where logicalrelid = wrong.id and partmethod = 'h');
        if exists (
            select from pg_index i
            where i.indrelid = wrong.id and i.indisunique
              and not (select a.attnum from pg_attribute a where a.attrelid = wrong.id and a.attname = wrong.owner) = any (i.indkey::smallint[])
        ) then
            raise exception 'The table % has a unique index without the column % of its owner.', wrong.written, wrong.owner
                using hint = 'Add the column to the primary key and to each unique index: no node knows the rows of the others.';
        end if;
        if exists (select from pg_trigger where tgrelid = wrong.id and not tgisinternal) then
            raise exception 'The table % has triggers, which Citus does not run.', wrong.written
                using hint = 'Drop them, or leave the target on a database that is not distributed.';
        end if;
        if exists (
            select from pg_policy where polrelid = wrong.id and polname not like 'importonce\_%'
        ) then
            raise exception 'The table % has policies of its own.', wrong.written
                using hint = 'Drop them once only the service reads the table: Citus keeps no policy with a subquery.';
        end if;
    end loop;
end
$do$;

begin;

-- What cannot be on a distributed table.
do $do$
declare
    name text;
    browser text;
    rule record;
begin
    foreach name in array array['source_blocks', 'target_staging', 'target_rows', 'target_before_images', 'contacts'] loop
        continue when exists (select from pg_dist_partition where logicalrelid = to_regclass(name) and partmethod = 'h');
        -- The blocks of an upload are removed by the service, too, in the transaction that removes the upload.
        execute format('alter table %I drop constraint if exists source_blocks_upload', name);
        -- It fills the owner for instances of an older version, none of which may run any more.
        execute format('drop trigger if exists importonce_place_row on %I', name);
        -- Citus keeps no policy with a subquery, and each of these has one. Every statement of the service on these tables names
        -- the owner.
        for rule in select polname from pg_policy where polrelid = to_regclass(name) and polname like 'importonce\_%' loop
            execute format('drop policy %I on %I', rule.polname, name);
        end loop;
        execute format('alter table %I disable row level security', name);
        -- Without the policies, only the service may read them.
        foreach browser in array array['anon', 'authenticated'] loop
            if to_regrole(browser) is not null then execute format('revoke all on %I from %I', name, browser); end if;
        end loop;
    end loop;
end
$do$;

-- What belongs to nobody stays here: twins of the service's tables of rows, for imports into tables without an owner.
create schema if not exists importonce_unowned;

do $do$
begin
    if to_regrole('importonce') is not null then grant usage on schema importonce_unowned to importonce; end if;
end
$do$;

do $do$
declare
    name text;
    twin text;
    later record;
    unowned uuid[] := array(
        select j.id from migration_jobs j
        where j.declaration is not null and j.target <> 'contacts'
          and coalesce(j.declaration::jsonb #>> '{owner,organisation}', j.declaration::jsonb #>> '{owner,user}') is null);
begin
    foreach name in array array['target_staging', 'target_rows', 'target_before_images'] loop
        twin := format('importonce_unowned.%I', name);
        if to_regclass(twin) is null then
            execute format('create %s table %s (like %I including all)',
                (select case when relpersistence = 'u' then 'unlogged' else '' end from pg_class where oid = to_regclass(name)), twin, name);
            execute format('insert into %s select * from %I where job_id = any ($1)', twin, name) using unowned;
            execute format('delete from %I where job_id = any ($1)', name) using unowned;
        end if;
        -- A migration may have added some.
        for later in
            select a.attname, format_type(a.atttypid, a.atttypmod) as type
            from pg_attribute a
            where a.attrelid = to_regclass(name) and a.attnum > 0 and not a.attisdropped
              and not exists (select from pg_attribute t where t.attrelid = to_regclass(twin) and t.attname = a.attname)
        loop
            execute format('alter table %s add column %I %s', twin, later.attname, later.type);
        end loop;
        -- As the migrations do with the tables themselves.
        perform importonce_guard(to_regclass(twin));
    end loop;
end
$do$;

-- One colocation group for users and organisations: what one owner has is on one node.
do $do$
declare
    place record;
    declared record;
begin
    for place in
        select * from (values ('target_staging', 'owner_id', 'none'), ('target_rows', 'owner_id', 'target_staging'),
            ('target_before_images', 'owner_id', 'target_staging'), ('source_blocks', 'user_id', 'target_staging'),
            ('contacts', 'org_id', 'target_staging'))
            as p (name, key, beside)
    loop
        if not exists (select from pg_dist_partition where logicalrelid = to_regclass(place.name) and partmethod = 'h') then
            perform create_distributed_table(place.name, place.key, colocate_with => place.beside);
        end if;
    end loop;
    for declared in
        select distinct to_regclass(t.declaration ->> 'table') as id,
               coalesce(t.declaration #>> '{owner,organisation}', t.declaration #>> '{owner,user}') as owner
        from import_targets t
        where coalesce(t.declaration #>> '{owner,organisation}', t.declaration #>> '{owner,user}') is not null
    loop
        if not exists (select from pg_dist_partition where logicalrelid = declared.id and partmethod = 'h') then
            perform create_distributed_table(declared.id, declared.owner, colocate_with => 'target_staging');
        end if;
    end loop;
end
$do$;

-- The merges call these on the nodes.
do $do$
declare
    called regprocedure;
begin
    foreach called in array array['importonce_object(jsonb)', 'merge_attributes(jsonb, jsonb, text, text[])', 'jsonb_beyond(jsonb, jsonb)',
        'undone_values(jsonb, jsonb, jsonb)', 'changed_since(jsonb, jsonb, jsonb)']::regprocedure[]
    loop
        if not exists (select from pg_catalog.pg_dist_object where classid = 'pg_proc'::regclass and objid = called) then
            perform create_distributed_function(called);
        end if;
    end loop;
end
$do$;

commit;

-- A merge says on the coordinator how its transaction is to be planned and in which zone times are; the nodes must hear it.
do $do$
begin
    execute format('alter database %I set citus.propagate_set_commands = %L', current_database(), 'local');
    -- Citus has no plan that serves every owner.
    execute format('alter database %I set importonce.plan_cache_mode = %L', current_database(), 'auto');
end
$do$;
