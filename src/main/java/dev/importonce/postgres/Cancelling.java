package dev.importonce.postgres;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Cancels a session's statements from a signal until {@code close}; it repeats the cancellation, since the slow statement
 * may begin only later. After {@code close} no cancellation is in flight that could hit another caller's statement.
 */
final class Cancelling {
    private static final Logger LOG = Logger.getLogger(Cancelling.class);
    private static final long AGAIN_MILLIS = 100;

    private final PGConnection session;
    private boolean closed;

    Cancelling(PGConnection session, CompletableFuture<?> signal) {
        this.session = session;
        signal.thenRunAsync(this::cancel, Cancelling::start);
    }

    private static void start(Runnable run) {
        Thread thread = new Thread(run, "importonce-cancel");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void cancel() {
        try {
            while (!closed) {
                session.cancelQuery();
                wait(AGAIN_MILLIS);
            }
        } catch (SQLException e) {
            LOG.warnf("a statement that nobody waits for could not be cancelled: %s", RootCause.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
