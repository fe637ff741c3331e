package dev.importonce.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

/** Metrics and traces of the workers of this process, per queue. */
@ApplicationScoped
public class QueueMetrics {
    private static final String CLAIMS = "importonce.claims";
    private static final String WAIT = "importonce.claim.wait";
    private static final String FAILURES = "importonce.attempts.failed";
    private static final String LOSSES = "importonce.lease.losses";
    private static final String QUEUE = "queue";

    private final MeterRegistry meters;
    private final Traces traces;

    QueueMetrics(MeterRegistry meters, Traces traces) {
        this.traces = traces;
        this.meters = meters;
    }

    /** Counters exist from the start with 0, not only from the first event on: an increase needs a value before it. */
    void begin(String queue) {
        meters.counter(CLAIMS, QUEUE, queue);
        meters.timer(WAIT, QUEUE, queue);
        meters.counter(FAILURES, QUEUE, queue);
        meters.counter(LOSSES, QUEUE, queue);
    }

    void claimed(String queue, Claim claim) {
        meters.counter(CLAIMS, QUEUE, queue).increment(claim.size());
        meters.timer(WAIT, QUEUE, queue).record(claim.waited());
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) Counted counted) {
        meters.counter(counted.meter(), counted.tag(), counted.value()).increment(counted.amount());
    }

    /** The span of a claim's work, not ended yet. */
    Span span(String queue, Claim claim) {
        Span span = traces.begin(queue, "work", claim.subject(), claim.traceparent());
        if (span.isRecording())
            span.setAttribute("importonce.claim", claim.toString())
                    .setAttribute("importonce.attempt", claim.attempts());
        return span;
    }

    void failed(String queue) {
        meters.counter(FAILURES, QUEUE, queue).increment();
    }

    void leaseLost(String queue) {
        meters.counter(LOSSES, QUEUE, queue).increment();
    }
}
