package dev.importonce.postgres;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;

/**
 * Counts unexpected violations of unique indexes: every insert of this service has an {@code on conflict}, or is repeated as
 * one that has.
 */
@ApplicationScoped
class UniqueViolations {
    static final String STATE = "23505";

    private final Counter refused;

    UniqueViolations(MeterRegistry registry) {
        refused = Counter.builder("importonce.unique.violations")
                .description("Statements that a unique index refused unexpectedly")
                .register(registry);
    }

    /** The counter exists from the start with 0, not only from the first violation on: an alert needs to see the increase. */
    void start(@Observes StartupEvent started) {
        refused.increment(0);
    }

    void count(SQLException failure) {
        if (is(failure)) refused.increment();
    }

    static boolean is(SQLException failure) {
        return STATE.equals(failure.getSQLState());
    }
}
