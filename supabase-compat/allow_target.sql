-- Lets the service import into a table: its role may read, insert, update and (for an undo) delete rows of it, and nothing else.
-- Run it as the owner of the table, once for each target and each table that a target refers to; you may repeat it:
--     psql -c "set importonce.target = 'public.products'" -f allow_target.sql
-- A table that is only referred to needs no more than the right to read: set importonce.access = 'read' as well.
-- If the table has row-level security, the service gets a policy of its own. It sees the rows of all owners then, as the
-- policies of other roles do not apply to it; which owner's rows an import may match and write, the service's statements say.

do $do$
declare
    target regclass := current_setting('importonce.target')::regclass;
    reads_only boolean := coalesce(current_setting('importonce.access', true), '') = 'read';
    rights text := case when reads_only then 'select' else 'select, insert, update, delete' end;
    -- importonce_local: of the PostgreSQL that the service starts by itself.
    role text := case when to_regrole('importonce') is null then 'importonce_local' else 'importonce' end;
    own record;
begin
    if to_regrole(role) is null then
        raise exception 'There is no role importonce: run create_service_role.sql first.';
    end if;
    if (select relkind not in ('r', 'p') from pg_class where oid = target) then
        raise exception '% is no table.', target;
    end if;
    execute format('grant usage on schema %s to %I', (select relnamespace from pg_class where oid = target)::regnamespace, role);
    execute format('grant %s on %s to %I', rights, target, role);

    -- Defaults take their numbers from sequences with the rights of whoever inserts; identity columns do not.
    for own in
        select distinct n.nspname as schema, s.relname as name
        from pg_attrdef f
        join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = f.oid and d.refclassid = 'pg_class'::regclass
        join pg_class s on s.oid = d.refobjid and s.relkind = 'S'
        join pg_namespace n on n.oid = s.relnamespace
        where f.adrelid = target and not reads_only
    loop
        execute format('grant usage on sequence %I.%I to %I', own.schema, own.name, role);
    end loop;

    -- A policy that only reads is replaced when the table becomes a target; one that writes stays when another target refers to it.
    if (select relrowsecurity from pg_class where oid = target) then
        if not reads_only then
            execute format('drop policy if exists importonce_target on %s', target);
            execute format('create policy importonce_target on %s for all to %I using (true) with check (true)', target, role);
        elsif not exists (select from pg_policy where polrelid = target and polname = 'importonce_target') then
            execute format('create policy importonce_target on %s for select to %I using (true)', target, role);
        end if;
    end if;
end
$do$;
