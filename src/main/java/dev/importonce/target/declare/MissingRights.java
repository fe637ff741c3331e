package dev.importonce.target.declare;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Finds out what the service's role lacks to use a table, beside the rights to its columns. */
@ApplicationScoped
class MissingRights {
    /**
     * The places of rows (ctid), by which merges and undos find them again, take the right to read the whole table. Where
     * row-level security holds for the role, each of the four verbs takes a policy: without one for updates, say, only the
     * second import would fail.
     */
    private static final String MISSING = """
            select array(
                       select format('grant usage on schema %I to %I', n.nspname, current_user)
                       where not has_schema_privilege(n.oid, 'usage')
                       union all
                       select distinct format('grant usage on sequence %I.%I to %I', sn.nspname, s.relname, current_user)
                       from pg_attrdef f
                       join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = f.oid and d.refclassid = 'pg_class'::regclass
                       join pg_class s on s.oid = d.refobjid
                       join pg_namespace sn on sn.oid = s.relnamespace
                       where f.adrelid = c.oid and case s.relkind when 'S' then not has_sequence_privilege(s.oid, 'usage') else false end
                       union all
                       select format('grant %s on %I.%I to %I', string_agg(p.name, ', ' order by p.n), n.nspname, c.relname, current_user)
                       from unnest(array['select', 'delete']) with ordinality p (name, n)
                       where not has_table_privilege(c.oid, p.name)
                       having count(*) > 0
                       union all
                       select format('drop policy if exists importonce_target on %1$I.%2$I; create policy importonce_target on %1$I.%2$I'
                           || ' for all to %3$I using (true) with check (true)', n.nspname, c.relname, current_user)
                       where r.closed <> '{}') as writing,
                   array(
                       select format('grant usage on schema %I to %I', n.nspname, current_user)
                       where not has_schema_privilege(n.oid, 'usage')
                       union all
                       select format('create policy importonce_target on %I.%I for select to %I using (true)', n.nspname, c.relname, current_user)
                       where 'r' = any (r.closed)) as reading
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            cross join lateral (
                select array(
                    select verb
                    from unnest('{r,a,w,d}'::"char"[]) verb
                    where row_security_active(c.oid) and not exists (
                        select from pg_policy p
                        where p.polrelid = c.oid and p.polpermissive and p.polcmd in (verb, '*')
                          and exists (select from unnest(p.polroles) m (id) where m.id = 0 or pg_has_role(m.id, 'usage')))) as closed) r
            where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
            """;

    private final Sql sql;

    MissingRights(Sql sql) {
        this.sql = sql;
    }

    /** Nothing, if there is no such table any more. */
    Lists of(TableName table) {
        return sql.first(
                        MISSING,
                        row -> new Lists(row.texts("writing"), row.texts("reading")),
                        table.schema(),
                        table.name())
                .orElse(Lists.NONE);
    }

    /**
     * The statements that give what is missing.
     *
     * @param writing to import into the table, and to undo it
     * @param reading to refer to its rows
     */
    record Lists(List<String> writing, List<String> reading) {
        static final Lists NONE = new Lists(List.of(), List.of());
    }
}
