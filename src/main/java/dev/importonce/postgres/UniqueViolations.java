package dev.importonce.postgres;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Counts unexpected violations of unique indexes: every insert of this service has an {@code on conflict}, or is repeated as
 * one that has.
 */
@ApplicationScoped
class UniqueViolations {
    static final String STATE = "23505";

    private final Counter refused;

    /** Of the thread that runs the statements. */
    private final ThreadLocal<Boolean> expected = ThreadLocal.withInitial(() -> false);

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
        if (is(failure) && !expected.get()) refused.increment();
    }

    /** Does work that has an answer to a violation. */
    <T> T expecting(Supplier<T> work) {
        boolean before = expected.get();
        expected.set(true);
        try {
            return work.get();
        } finally {
            expected.set(before);
        }
    }

    static boolean is(SQLException failure) {
        return STATE.equals(failure.getSQLState());
    }
}
