package dev.importonce.integrity;

import dev.importonce.cleanup.UniqueIndex;
import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Builds a unique index beside running work. */
@ApplicationScoped
class IndexBuild {
    private static final int ATTEMPTS = 5;
    private static final String UNIQUE_VIOLATION = "23505";

    /** Deadlock, lock not available: two builds that met. One of them goes on; the other looks again. */
    private static final Set<String> MET = Set.of("40P01", "55P03");

    /** Taking the table's lock waits for a build; what comes after it must not make everybody else wait. */
    private static final String WAIT_LITTLE = "select set_config('lock_timeout', '3s', true)";

    private final Sql sql;
    private final UniqueIndexes indexes;

    IndexBuild(Sql sql, UniqueIndexes indexes) {
        this.sql = sql;
        this.indexes = indexes;
    }

    /** @return whether it is there now; false: there are duplicates again, or still */
    boolean build(UniqueIndex index) {
        DatabaseException met = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (!indexes.isMissing(index.name())) return true;
                QuarkusTransaction.requiringNew().run(() -> dropUnusable(index));
                // Outside of a transaction, as it must be.
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

    /** What a broken-off build, or another rule, left under that name. The lock is the one that a build holds: nobody's is dropped. */
    private void dropUnusable(UniqueIndex index) {
        sql.update("lock table " + index.table() + " in share update exclusive mode");
        if (!indexes.isMissing(index.name())) return;
        sql.one(WAIT_LITTLE, row -> row);
        sql.update("drop index if exists " + index.name());
    }
}
