package dev.importonce.postgres;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;

/** Counts the statements that a unique index refused and nobody expected: every insert here says what happens on conflict, or is repeated as one that does. */
@ApplicationScoped
class UniqueViolations {
    private static final String STATE = "23505";

    private final Counter refused;

    UniqueViolations(MeterRegistry registry) {
        refused = Counter.builder("importonce.unique.violations")
                .description("Statements that a unique index refused unexpectedly")
                .register(registry);
    }

    /** Counting begins at 0, not at the first one: an alarm needs to see the step. */
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
