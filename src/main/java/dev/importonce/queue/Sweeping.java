package dev.importonce.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Runs all sweepers: about every ten minutes in each process with workers, and at each cron call where cron calls do the
 * work. If a sweeper fails, the other sweepers and the work go on.
 */
@ApplicationScoped
public class Sweeping {
    private static final Logger LOG = Logger.getLogger(Sweeping.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final String FAILURES = "importonce.sweep.failures";

    private final List<Sweeper> sweepers;
    private final MeterRegistry meters;
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    Sweeping(@All List<Sweeper> sweepers, MeterRegistry meters) {
        this.sweepers = sweepers;
        this.meters = meters;
    }

    /** The counter exists from the start with 0, not only from the first failure on: an alert needs to see the increase. */
    void start(@Observes StartupEvent started) {
        sweepers.forEach(sweeper -> count(sweeper, 0));
    }

    void nowAndThen() {
        long before = last.get();
        if (System.nanoTime() - before < EVERY.toNanos() || !last.compareAndSet(before, System.nanoTime())) return;
        now();
    }

    public void now() {
        sweepers.forEach(this::sweep);
    }

    private void sweep(Sweeper sweeper) {
        try {
            sweeper.sweep();
        } catch (RuntimeException e) {
            LOG.errorf(e, "sweeper %s failed, the others go on", sweeper.name());
            count(sweeper, 1);
        }
    }

    private void count(Sweeper sweeper, int failures) {
        meters.counter(FAILURES, "sweeper", sweeper.name()).increment(failures);
    }
}
