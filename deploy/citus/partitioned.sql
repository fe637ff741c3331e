-- The same distribution as in distribute.sql, with features of every PostgreSQL: each table that would be distributed
-- becomes hash-partitioned by its distribution column, and keeps its columns, rules, indexes, triggers, policies, grants and
-- names. PostgreSQL's partitions have the same rules for keys as Citus: both refuse a unique index without the distribution
-- column. For tests, on a database that has just been migrated and is empty: rows are not copied.
do $do$
declare
    partitions constant integer := 4;
    cut record;
    number integer;
    statement text;
begin
    perform set_config('client_min_messages', 'warning', true);
    create temporary table cuts (name text, key text) on commit drop;
    insert into cuts values
        ('target_staging', 'owner_id'), ('target_rows', 'owner_id'), ('target_before_images', 'owner_id'), ('source_blocks', 'user_id'),
        ('contacts', 'org_id');
    -- Statements that run again when all tables exist, in this order.
    create temporary table afterwards (place serial, statement text) on commit drop;

    insert into afterwards (statement)
    select format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
    from pg_constraint k
    join cuts c on k.conrelid = to_regclass(c.name)
    where k.contype = 'f';
    for statement in
        select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname)
        from pg_constraint k join cuts c on k.conrelid = to_regclass(c.name) where k.contype = 'f'
    loop
        execute statement;
    end loop;

    for cut in
        select c.name, c.key, t.oid::regclass as id, t.relrowsecurity, t.relowner::regrole as owner,
               case t.relpersistence when 'u' then 'unlogged' else '' end as kept,
               coalesce('with (' || array_to_string(t.reloptions, ', ') || ')', '') as options,
               (select string_agg(format('alter column %I set (%s)', a.attname, array_to_string(a.attoptions, ', ')), ', ')
                from pg_attribute a where a.attrelid = t.oid and a.attoptions is not null) as columns,
               array(
                   select format('alter table %I add constraint %I %s', c.name, k.conname, pg_get_constraintdef(k.oid))
                   from pg_constraint k where k.conrelid = t.oid and k.contype in ('p', 'u'))
               || array(
                   select pg_get_indexdef(i.indexrelid)
                   from pg_index i
                   where i.indrelid = t.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = t.oid))
               || array(select pg_get_triggerdef(g.oid) from pg_trigger g where g.tgrelid = t.oid and not g.tgisinternal)
               || array(
                   select format('create policy %I on %I as %s for %s to %s %s %s', p.policyname, c.name, p.permissive, p.cmd,
                       array_to_string(p.roles, ', '), 'using (' || p.qual || ')', 'with check (' || p.with_check || ')')
                   from pg_policies p where p.schemaname = current_schema and p.tablename = c.name)
               || array(
                   select format('grant %s on %I to %s', a.privilege_type, c.name, coalesce(quote_ident(pg_get_userbyid(nullif(a.grantee, 0))), 'public'))
                   from aclexplode(t.relacl) a) as also
        from cuts c
        join pg_class t on t.oid = to_regclass(c.name)
    loop
        execute format('alter table %I rename to whole', cut.name);
        execute format('create table %I (like whole including all excluding indexes) partition by hash (%I)', cut.name, cut.key);
        -- A partition does not inherit from its parent whether it is unlogged, its options, and the options of its columns.
        for number in 0 .. partitions - 1 loop
            execute format('create %s table %I partition of %I for values with (modulus %s, remainder %s) %s',
                cut.kept, cut.name || '_' || number, cut.name, partitions, number, cut.options);
            if cut.columns is not null then execute format('alter table %I %s', cut.name || '_' || number, cut.columns); end if;
            if cut.relrowsecurity then execute format('alter table %I enable row level security', cut.name || '_' || number); end if;
            execute format('alter table %I owner to %s', cut.name || '_' || number, cut.owner);
        end loop;
        drop table whole;
        if cut.relrowsecurity then execute format('alter table %I enable row level security', cut.name); end if;
        execute format('alter table %I owner to %s', cut.name, cut.owner);
        foreach statement in array cut.also loop
            execute statement;
        end loop;
    end loop;
    for statement in select a.statement from afterwards a order by a.place loop
        execute statement;
    end loop;
end
$do$;
