package dev.importonce.postgres;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Grants connections in the order of requests. The pool is not fair: another thread can take a returned connection before
 * the thread that waits for it, and under load a few threads would wait until they time out. A few turns are never given to
 * callers, who may hold a connection for long, so that workers never wait for callers.
 *
 * <p>The pool opens connections one after another, and a thread that asks for a new one waits for that one, behind all who
 * asked before it, even while others become free: a crowd that meets a start would ask for all of them at once. So callers
 * have only one turn more than open connections. While none is open they have all their turns: if the database is away,
 * nobody should wait for the failure of another first.
 */
@ApplicationScoped
class Turns implements AgroalPoolInterceptor {
    /** Work that needs a connection. */
    interface Work<T> {
        T run() throws SQLException;
    }

    private final TransactionSynchronizationRegistry transactions;
    private final Semaphore all;
    private final Ramp callers;
    private final Duration patience;
    private int open;

    Turns(
            TransactionSynchronizationRegistry transactions,
            @ConfigProperty(name = "quarkus.datasource.jdbc.max-size") int connections,
            @ConfigProperty(name = "quarkus.datasource.jdbc.acquisition-timeout") Duration patience) {
        this.transactions = transactions;
        this.patience = patience;
        int turns = connections - untaken(connections);
        all = new Semaphore(turns, true);
        callers = new Ramp(turns - kept(turns));
        adapt();
    }

    @Override
    public synchronized void onConnectionCreate(Connection connection) {
        open++;
    }

    /** Not when it has been created: whoever waited for it should have it before the next asks. */
    @Override
    public synchronized void onConnectionAcquire(Connection connection) {
        adapt();
    }

    @Override
    public synchronized void onConnectionDestroy(Connection connection) {
        open--;
        adapt();
    }

    private synchronized void adapt() {
        callers.provide(open == 0 ? Integer.MAX_VALUE : open + 1);
    }

    /** Turns that only workers get, so that some can claim while others write. Half of the turns if there are few. */
    private static int kept(int turns) {
        return Math.min(3, turns / 2);
    }

    /**
     * Connections for threads that do not ask here: one for the heartbeat, one for health checks; a tenth of many
     * connections.
     */
    private static int untaken(int connections) {
        return Math.max(Math.min(2, connections / 4), connections / 10);
    }

    /** Waits for a turn, which lasts until the transaction has ended, or, without a transaction, until the work has ended. */
    <T> T inTurn(Work<T> work) throws SQLException {
        if (transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            List<Semaphore> taken = take();
            try {
                return work.run();
            } finally {
                taken.forEach(Semaphore::release);
            }
        }
        if (transactions.getResource(this) == null) keepForTransaction();
        return work.run();
    }

    private void keepForTransaction() throws SQLException {
        List<Semaphore> taken = take();
        boolean kept = false;
        try {
            transactions.registerInterposedSynchronization(new Release(taken));
            transactions.putResource(this, true);
            kept = true;
        } finally {
            if (!kept) taken.forEach(Semaphore::release);
        }
    }

    private List<Semaphore> take() throws SQLException {
        List<Semaphore> wanted =
                switch (Standing.current()) {
                    case CALLER -> List.of(callers, all);
                    case WORKER -> List.of(all);
                    case HEARTBEAT -> List.of();
                };
        long deadline = System.nanoTime() + patience.toNanos();
        for (int i = 0; i < wanted.size(); i++) {
            if (acquired(wanted.get(i), deadline)) continue;
            wanted.subList(0, i).forEach(Semaphore::release);
            throw new SQLTransientConnectionException("no connection became free within " + patience);
        }
        return wanted;
    }

    private static boolean acquired(Semaphore turns, long deadline) {
        try {
            return turns.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Turns whose number changes, up to a limit; one that is withdrawn while it is taken is not given again. */
    private static final class Ramp extends Semaphore {
        private static final long serialVersionUID = 1;

        private final int most;
        private int provided;

        Ramp(int most) {
            super(0, true);
            this.most = most;
        }

        void provide(int wanted) {
            int turns = Math.min(wanted, most);
            if (turns > provided) release(turns - provided);
            if (turns < provided) reducePermits(provided - turns);
            provided = turns;
        }
    }

    private record Release(List<Semaphore> taken) implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            taken.forEach(Semaphore::release);
        }
    }
}
