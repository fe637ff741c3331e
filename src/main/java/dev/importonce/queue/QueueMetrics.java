package dev.importonce.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

/** Metrics and traces of the workers of this process, per queue. */
@ApplicationScoped
public class QueueMetrics {
    private final MeterRegistry meters;
    private final Tracer tracer;

    QueueMetrics(MeterRegistry meters, Tracer tracer) {
        this.tracer = tracer;
        this.meters = meters;
    }

    void claimed(String queue, Claim claim) {
        meters.counter("importonce.claims", "queue", queue).increment(claim.size());
        meters.timer("importonce.claim.wait", "queue", queue).record(claim.waited());
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) Counted counted) {
        meters.counter(counted.meter(), "outcome", counted.outcome()).increment(counted.amount());
    }

    /** The span of a claim's work; its subject, the job's id, links it to the request that created the job. */
    Span span(String queue, Claim claim) {
        return tracer.spanBuilder(queue + " work")
                .setAttribute("importonce." + queue, claim.subject().toString())
                .startSpan();
    }

    void failed(String queue) {
        meters.counter("importonce.attempts.failed", "queue", queue).increment();
    }

    void leaseLost(String queue) {
        meters.counter("importonce.lease.losses", "queue", queue).increment();
    }
}
