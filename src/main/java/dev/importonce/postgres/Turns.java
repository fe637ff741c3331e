package dev.importonce.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may take a connection: first come, first served. The pool is not fair: a connection that is returned can be
 * snatched before the one who waits for it has it, and under load a few would wait until they time out.
 */
@ApplicationScoped
class Turns {
    /** Work that needs a connection. */
    interface Work<T> {
        T run() throws SQLException;
    }

    private final TransactionSynchronizationRegistry transactions;
    private final Semaphore turns;
    private final Duration patience;

    Turns(
            TransactionSynchronizationRegistry transactions,
            @ConfigProperty(name = "quarkus.datasource.jdbc.max-size") int connections,
            @ConfigProperty(name = "quarkus.datasource.jdbc.acquisition-timeout") Duration patience) {
        this.transactions = transactions;
        this.patience = patience;
        // A tenth is left to those who do not ask here: reads of entities, health checks.
        turns = new Semaphore(connections - connections / 10, true);
    }

    /** Waits for our turn, which lasts until the transaction has ended; outside of one, until the work has. */
    <T> T inTurn(Work<T> work) throws SQLException {
        if (transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            await();
            try {
                return work.run();
            } finally {
                turns.release();
            }
        }
        if (transactions.getResource(this) == null) keepForTransaction();
        return work.run();
    }

    private void keepForTransaction() throws SQLException {
        await();
        boolean kept = false;
        try {
            transactions.registerInterposedSynchronization(new Release());
            transactions.putResource(this, true);
            kept = true;
        } finally {
            if (!kept) turns.release();
        }
    }

    private void await() throws SQLException {
        try {
            if (turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTransientConnectionException("no connection became free within " + patience);
    }

    private final class Release implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            turns.release();
        }
    }
}
