package dev.importonce.integrity;

import dev.importonce.cleanup.UniqueIndex;
import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Builds a unique index while other work runs. */
@ApplicationScoped
class IndexBuild {
    private static final int ATTEMPTS = 5;
    private static final String UNIQUE_VIOLATION = "23505";

    /** Deadlock, lock not available: two builds ran at once. One of them continues; the other one checks again. */
    private static final Set<String> MET = Set.of("40P01", "55P03");

    /** Limits the wait for the table's lock, which waits for other builds: it must not make all later statements wait. */
    private static final String WAIT_LITTLE = "select set_config('lock_timeout', '3s', true)";

    private final Sql sql;
    private final UniqueIndexes indexes;

    IndexBuild(Sql sql, UniqueIndexes indexes) {
        this.sql = sql;
        this.indexes = indexes;
    }

    /** @return whether the index exists now; false: there are still duplicates, or new ones */
    boolean build(UniqueIndex index) {
        DatabaseException met = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (!indexes.isMissing(index.name())) return true;
                QuarkusTransaction.requiringNew().run(() -> dropUnusable(index));
                // Runs outside of a transaction, which concurrent index builds require.
                sql.update(index.create());
            } catch (DatabaseException e) {
                if (e.state().equals(UNIQUE_VIOLATION)) return false;
                if (!MET.contains(e.state())) throw e;
                met = e;
            }
        }
        if (met != null) throw met;
        return !indexes.isMissing(index.name());
    }

    /**
     * Drops an unusable index of that name, left by an interrupted build or another rule. Builds hold the same lock, so that
     * an index is never dropped while it is being built.
     */
    private void dropUnusable(UniqueIndex index) {
        sql.update("lock table " + index.table() + " in share update exclusive mode");
        if (!indexes.isMissing(index.name())) return;
        sql.one(WAIT_LITTLE, row -> row);
        sql.update("drop index if exists " + index.name());
    }
}
