package dev.importonce.target.merge;

import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.Catalogue;
import dev.importonce.target.declare.CatalogueColumn;
import dev.importonce.target.declare.CatalogueTable;
import dev.importonce.target.declare.Declaration;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Removes rows of a table that have one natural key, so that the unique index can be built that a target needs. All of it is one
 * transaction under a lock that keeps writers out: no duplicate comes in before the index is there, and who is killed has changed
 * nothing.
 */
@ApplicationScoped
public class DuplicateRows {
    /** A foreign key would refuse the deletion, or delete the rows that refer to it. */
    private static final String REFERRERS = """
            select coalesce(string_agg(distinct k.conrelid::regclass::text, ', '), '') as tables
            from pg_constraint k
            join pg_class c on c.oid = k.confrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and k.contype = 'f' and k.conparentid = 0
            """;

    private static final String OWNS = """
            select pg_has_role(c.relowner, 'usage') as owns
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ?
            """;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String WAIT_LITTLE = "select set_config('lock_timeout', '5s', true)";

    private final Sql sql;
    private final Catalogue catalogue;

    DuplicateRows(Sql sql, Catalogue catalogue) {
        this.sql = sql;
        this.catalogue = catalogue;
    }

    /** The tables whose rows refer to the table; empty: none do. */
    public String referrers(CatalogueTable table) {
        return sql.one(
                REFERRERS,
                row -> row.text("tables"),
                table.name().schema(),
                table.name().name());
    }

    /** What would be removed. Only reads. */
    public Found find(CatalogueTable table, Declaration declaration) {
        DuplicateStatements statements = new DuplicateStatements(table, declaration);
        return sql.one(
                statements.count(),
                row -> new Found(
                        row.bigint("keys"), row.bigint("surplus"), row.bigint("without"), examples(statements)));
    }

    private List<String> examples(DuplicateStatements statements) {
        return sql.list(statements.examples(), row -> row.text("kept") + " stays, surplus: " + row.text("surplus"));
    }

    /**
     * Removes them, and builds the index if the service's role owns the table.
     *
     * @return empty: others were writing to the table, and nothing was changed
     */
    public Optional<Removed> remove(CatalogueTable table, Declaration declaration) {
        DuplicateStatements statements = new DuplicateStatements(table, declaration);
        try {
            return Optional.of(QuarkusTransaction.requiringNew().call(() -> removed(table, statements)));
        } catch (DatabaseException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.state())) return Optional.empty();
            throw e;
        }
    }

    /** Another process may have been quicker, and have built the index, before the table was locked. */
    private Removed removed(CatalogueTable table, DuplicateStatements statements) {
        sql.one(WAIT_LITTLE, row -> row);
        sql.execute(statements.lock());
        Removed removed = sql.one(statements.remove(), Removed::of, table.written(), table.written());
        if (catalogue.table(table.name()).filter(statements::isUnique).isPresent()) return removed.indexed(true);
        boolean owns = sql.one(
                OWNS,
                row -> row.bool("owns"),
                table.name().schema(),
                table.name().name());
        if (owns) sql.execute(statements.index());
        return removed.indexed(owns);
    }

    /** The statement that builds the index. */
    public static String index(CatalogueTable table, Declaration declaration) {
        return new DuplicateStatements(table, declaration).index();
    }

    /**
     * Rows that have one key.
     *
     * @param keys that several rows have
     * @param surplus rows that would be removed
     * @param without rows that have no whole key, and stay
     * @param examples some of the keys, by primary key: which row stays, and which would be removed
     */
    public record Found(long keys, long surplus, long without, List<String> examples) {}

    /**
     * What was done.
     *
     * @param rows that were removed
     * @param filled rows that took over values
     * @param indexed whether the unique index was built
     */
    public record Removed(long rows, long filled, boolean indexed) {
        static Removed of(Row row) {
            return new Removed(row.bigint("removed"), row.bigint("filled"), false);
        }

        Removed indexed(boolean built) {
            return new Removed(rows, filled, built);
        }
    }

    /** Why the oldest row of a key cannot be told; null: it can. */
    public static String hindrance(CatalogueTable table) {
        List<CatalogueColumn> primary = DuplicateStatements.primary(table);
        return primary.isEmpty()
                ? "The table has no primary key, by which its rows could be told apart. Create one first."
                : null;
    }
}
