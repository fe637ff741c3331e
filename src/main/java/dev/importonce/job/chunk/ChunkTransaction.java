package dev.importonce.job.chunk;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.QueueConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * A transaction that holds locks on a job's rows. All its time limits are derived from the lease. The database ends a
 * statement, or an idle transaction, before a lease can expire, so that a frozen worker does not hold locks for long; a live
 * worker keeps its claim by its heartbeat, and has two leases for all its statements.
 */
@ApplicationScoped
public class ChunkTransaction {
    /**
     * Set locally for the transaction, so that the limits also work behind a pooler. Sequential scans are discouraged: the
     * planner may make a plan while the target is still empty, and the plan is then used while other workers fill the
     * target.
     */
    private static final String LIMIT = """
            select set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true),
                   set_config('idle_in_transaction_session_timeout', ?, true), set_config('work_mem', '96MB', true),
                   set_config('enable_seqscan', 'off', true)
            """;

    private static final int MOST_LEASES = 2;

    private final Sql sql;
    private final long leaseMillis;

    ChunkTransaction(Sql sql, QueueConfig config) {
        this.sql = sql;
        this.leaseMillis = config.lease().toMillis();
    }

    public <T> T run(Supplier<T> work) {
        return QuarkusTransaction.joiningExisting().timeout(mostSeconds()).call(() -> {
            limit();
            return work.get();
        });
    }

    /** Does the work as a chunk would, within the same limits, and rolls back. */
    public <T> T rehearse(Supplier<T> work) {
        QuarkusTransaction.begin(QuarkusTransaction.beginOptions().timeout(mostSeconds()));
        try {
            limit();
            return work.get();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void limit() {
        String most = String.valueOf(leaseMillis * 3 / 4);
        String idle = String.valueOf(leaseMillis / 2);
        sql.one(LIMIT, row -> row, most, most, idle);
    }

    private int mostSeconds() {
        return (int) Math.min(Integer.MAX_VALUE, MOST_LEASES * leaseMillis / 1000 + 1);
    }
}
