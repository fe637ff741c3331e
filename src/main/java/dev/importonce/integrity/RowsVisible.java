package dev.importonce.integrity;

import java.util.List;

/**
 * Row-level security hides rows silently: a database user that may not see all rows would find no problems in the hidden
 * ones.
 */
final class RowsVisible {
    static final Check ALL = new Check("rows-visible", List.of(new Check.Part(List.of(), """
            select count(*) as count,
                   'row-level security hides the rows of ' || string_agg(c.relname, ', ' order by c.relname)
                       || ' from ' || current_user || ': connect as importonce or as the owner' as detail
            from pg_policy p
            join pg_class c on c.oid = p.polrelid
            where p.polname = 'importonce_service' and row_security_active(c.oid)
              and not exists (select from pg_roles r where r.rolname = 'importonce' and pg_has_role(r.oid, 'usage'))
            """)));

    private RowsVisible() {}
}
