package dev.importonce.queue;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what the workers of this process do, per queue. */
@ApplicationScoped
public class QueueMetrics {
    private final MeterRegistry meters;

    QueueMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void claimed(String queue, Claim claim) {
        meters.counter("importonce.claims", "queue", queue).increment(claim.size());
    }

    void failed(String queue) {
        meters.counter("importonce.attempts.failed", "queue", queue).increment();
    }

    void leaseLost(String queue) {
        meters.counter("importonce.lease.losses", "queue", queue).increment();
    }
}
