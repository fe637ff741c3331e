package dev.importonce.traffic;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;

/** How full this process is. */
@ApplicationScoped
class TrafficMetrics implements MeterBinder {
    private final Admission admission;
    private final Connections connections;

    TrafficMetrics(Admission admission, Connections connections) {
        this.admission = admission;
        this.connections = connections;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("importonce.uploads", () -> admission.files().places().count())
                .description("Files that come in or are read")
                .register(registry);
        Gauge.builder("importonce.uploads.waiting", () -> admission.files().places().countWaiting())
                .description("Requests that wait for others' files")
                .register(registry);
        Gauge.builder("importonce.requests.waiting", () -> admission.requests().places().countWaiting())
                .description("Requests that wait for others to end")
                .register(registry);
        Gauge.builder("importonce.connections", connections::count)
                .description("Connections that callers have open")
                .register(registry);
    }
}
