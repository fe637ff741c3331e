package dev.importonce.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The counters of deliveries exist from the start with 0, not only from the first event on: Prometheus sees an increase only
 * from a value before it.
 */
@ApplicationScoped
class WebhookCounters implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        for (String outcome : List.of("delivered", "retried", "failed"))
            registry.counter("importonce.webhooks", "outcome", outcome);
    }
}
