package dev.importonce.queue;

import dev.importonce.postgres.RootCause;
import dev.importonce.postgres.Standing;
import dev.importonce.thread.OutOfMemory;
import dev.importonce.thread.VitalThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Extends claims while their work is running. */
@ApplicationScoped
public class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final int BEATS_PER_LEASE = 3;

    private final ScheduledExecutorService timer;
    private final long everyMillis;
    private volatile boolean stopping;

    Heartbeat(QueueConfig config, VitalThreads vital) {
        everyMillis = Math.max(1, config.lease().toMillis() / BEATS_PER_LEASE);
        timer = Executors.newSingleThreadScheduledExecutor(vital.oneAtATime("importonce-heartbeat", () -> !stopping));
    }

    /**
     * Runs {@code extend} a few times per lease while {@code work} runs. A failed heartbeat is only logged: the database
     * decides by the lease.
     */
    public void during(Runnable work, Runnable extend) {
        ScheduledFuture<?> beats =
                timer.scheduleWithFixedDelay(() -> beat(extend), everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        try {
            work.run();
        } finally {
            beats.cancel(false);
        }
    }

    private static void beat(Runnable extend) {
        try {
            Standing.HEARTBEAT.call(() -> {
                extend.run();
                return null;
            });
        } catch (Throwable e) {
            // If this exception escaped, the timer would never run this task again.
            OutOfMemory.exitIfCauseOf(e);
            LOG.warnf("heartbeat failed: %s", RootCause.of(e));
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
        timer.shutdownNow();
    }
}
