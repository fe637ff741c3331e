package dev.importonce.platform;

import dev.importonce.fixture.Database;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a schema consists of, one line each, read from PostgreSQL's catalogue. */
final class Catalogue {
    private static final String LINES = """
            with tables as (
                select oid, relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reloptions
                from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'p') and relname <> 'flyway_schema_history'
            )
            select concat_ws(' ', 'table', relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reloptions::text)
            from tables
            union all
            select concat_ws(' ', 'column', t.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
                case when a.attnotnull then 'not null' end, 'default ' || pg_get_expr(d.adbin, d.adrelid),
                'collate ' || (select c.collname from pg_collation c where c.oid = a.attcollation), 'storage ' || a.attstorage::text)
            from tables t
            join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            union all
            select concat_ws(' ', 'constraint', t.relname, c.conname, pg_get_constraintdef(c.oid))
            from tables t
            join pg_constraint c on c.conrelid = t.oid and c.contype <> 'n'
            union all
            select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid) from tables t join pg_index i on i.indrelid = t.oid
            union all
            select concat_ws(' ', 'policy', t.relname, p.polname, p.polpermissive, p.polcmd, p.polroles::regrole[]::text,
                pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
            from tables t
            join pg_policy p on p.polrelid = t.oid
            union all
            select concat_ws(' ', 'trigger', t.relname, pg_get_triggerdef(g.oid)) from tables t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
            union all
            select concat_ws(' ', 'view', t.relname, pg_get_viewdef(t.oid)) from tables t where t.relkind = 'v'
            union all
            select concat_ws(' ', 'function', pg_get_functiondef(p.oid)) from pg_proc p where p.pronamespace = 'public'::regnamespace
            """;

    private Catalogue() {}

    static Set<String> of(Database database) {
        return database.rows(LINES).stream()
                .map(row -> row.get(0).toString().replaceAll("\\s+", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
