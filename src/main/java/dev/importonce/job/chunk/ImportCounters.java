package dev.importonce.job.chunk;

import dev.importonce.job.JobStatus;
import dev.importonce.target.type.RejectKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * The counters of imports exist from the start with 0, not only from the first event on: Prometheus sees an increase only
 * from a value before it.
 */
@ApplicationScoped
class ImportCounters implements MeterBinder {
    private static final List<String> ROWS =
            List.of("inserted", "updated", "unchanged", "skipped", "overridden", "rejected", "undone");

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream<String> ends =
                Stream.of(JobStatus.values()).filter(JobStatus::isFinal).map(JobStatus::word);
        Stream.concat(Stream.of("created", "undone"), ends)
                .forEach(outcome -> registry.counter("importonce.jobs", "outcome", outcome));
        ROWS.forEach(outcome -> registry.counter("importonce.rows", "outcome", outcome));
        for (RejectKind kind : RejectKind.values()) registry.counter("importonce.rejects", "reason", kind.word());
        registry.counter("importonce.requests", "outcome", "absorbed");
    }
}
