package dev.importonce.send;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The counters of messages exist from the start with 0, not only from the first event on: Prometheus sees an increase only
 * from a value before it.
 */
@ApplicationScoped
class MessageCounters implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        for (SendStatus status : SendStatus.values())
            if (status != SendStatus.PROCESSING) registry.counter("importonce.messages", "outcome", status.word());
    }
}
