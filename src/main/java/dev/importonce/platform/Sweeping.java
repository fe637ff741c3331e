package dev.importonce.platform;

import dev.importonce.queue.Sweeper;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Has everything swept: about once an hour by each process with workers, at each call where calls do the work. */
@ApplicationScoped
class Sweeping {
    private static final Duration EVERY = Duration.ofHours(1);

    private final List<Sweeper> sweepers;
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    Sweeping(@All List<Sweeper> sweepers) {
        this.sweepers = sweepers;
    }

    void nowAndThen() {
        long before = last.get();
        if (System.nanoTime() - before < EVERY.toNanos() || !last.compareAndSet(before, System.nanoTime())) return;
        now();
    }

    void now() {
        sweepers.forEach(Sweeper::sweep);
    }
}
