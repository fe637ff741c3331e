package dev.importonce.target.merge;

import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.Target;

/**
 * Where the service keeps what an import of rows needs that belong to nobody. On a database that is distributed by owner, such rows
 * have no node: their table stays on the coordinator, and for them the service's own tables of rows have twins there, in a schema that
 * {@code deploy/citus/distribute.sql} makes. In the transactions of such imports this schema is searched first, so that the statements
 * are the same everywhere. On any other database there is no such schema, and PostgreSQL ignores what is named and not there.
 */
final class UnownedRows {
    /** Holds until the transaction ends. */
    static final String FIRST =
            "select set_config('search_path', 'importonce_unowned, ' || current_setting('search_path'), true)";

    private UnownedRows() {}

    /** For the rest of the transaction, the twins are meant, if the target's rows belong to nobody. */
    static void place(Sql sql, Target target) {
        if (!target.isOwned()) first(sql);
    }

    /** For the rest of the transaction, the twins are meant. */
    static void first(Sql sql) {
        sql.one(FIRST, row -> row);
    }
}
