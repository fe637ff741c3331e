package dev.importonce.queue;

import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Listener;
import dev.importonce.postgres.Sql;
import dev.importonce.thread.VitalThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Wakes the workers when there is work: those of this process after the commit, those of others by NOTIFY where a direct URL is set. */
@ApplicationScoped
class WakeUps {
    private static final Logger LOG = Logger.getLogger(WakeUps.class);
    private static final String CHANNEL = "importonce_work";
    private static final String NOTIFY = "select pg_notify('importonce_work', '')";

    private final WorkerThreads workers;
    private final VitalThreads vital;
    private final Sql sql;
    private final Optional<String> listenUrl;
    private Thread thread;
    private volatile boolean stopping;

    WakeUps(WorkerThreads workers, VitalThreads vital, Sql sql, QueueConfig config) {
        this.workers = workers;
        this.vital = vital;
        this.sql = sql;
        this.listenUrl = config.listenUrl();
    }

    void start(@Observes StartupEvent started) {
        if (listenUrl.isEmpty() || !workers.any()) return;
        Listener listener = new Listener(listenUrl.get(), CHANNEL);
        thread = vital.start("importonce-listen", () -> !stopping, () -> listen(listener), workers::awaitPoll);
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
        if (thread != null) thread.interrupt();
    }

    /** Runs in the submitting transaction: PostgreSQL delivers the notification when the transaction commits, and only then. */
    void tellOthers(@Observes WorkReady ready) {
        if (ready.everywhere() && listenUrl.isPresent()) sql.one(NOTIFY, row -> row);
    }

    void wakeOurs(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkReady ready) {
        workers.wake();
    }

    private void listen(Listener listener) {
        try {
            listener.listenWhile(() -> !stopping, workers::wake);
        } catch (DatabaseException e) {
            // Workers still poll in the meantime.
            if (!stopping) LOG.warnf("cannot listen: %s", e.getMessage());
            workers.awaitPoll();
        }
    }
}
