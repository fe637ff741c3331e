package dev.importonce.job;

import dev.importonce.postgres.Sql;
import dev.importonce.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** A transaction that holds a job's rows. The database ends it before its lease can run out, so a frozen worker holds nothing for long. */
@ApplicationScoped
class ChunkTransaction {
    /**
     * Local to the transaction, so that it also holds behind a pooler. No scans of whole tables: a plan is made while a
     * target may still be empty, and lasts while other workers fill it.
     */
    private static final String LIMIT = """
            select set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true),
                   set_config('idle_in_transaction_session_timeout', ?, true), set_config('work_mem', '64MB', true),
                   set_config('enable_seqscan', 'off', true)
            """;

    private final Sql sql;
    private final long leaseMillis;

    ChunkTransaction(Sql sql, QueueConfig config) {
        this.sql = sql;
        this.leaseMillis = config.lease().toMillis();
    }

    @Transactional
    <T> T run(Supplier<T> work) {
        String most = String.valueOf(leaseMillis * 3 / 4);
        String idle = String.valueOf(leaseMillis / 2);
        sql.one(LIMIT, row -> row, most, most, idle);
        return work.get();
    }
}
