package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Traced;
import dev.importonce.queue.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Traces are switched off unless somebody switches them on: then there are none, whatever callers and older jobs say. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class UntracedTest {
    Database database;

    private final Traces traces;

    UntracedTest(Traces traces) {
        this.traces = traces;
    }

    @Test
    void the_trace_of_a_caller_is_not_kept() {
        String job = Imports.request(Imports.csv("untraced@example.com,A,B"), Imports.MAPPING)
                .header("traceparent", Traced.parent(Traced.trace()))
                .post("/api/migrations/run")
                .path("jobId");

        assertEquals(
                List.of(List.of(0L)),
                database.rows("select count(traceparent) from migration_jobs where id = ?::uuid", job));
    }

    @Test
    void work_that_was_asked_for_in_a_trace_makes_no_span() {
        Span span = traces.begin("import", "work", UUID.randomUUID(), Traced.parent(Traced.trace()));

        assertFalse(span.getSpanContext().isValid());
        Scope current = span.makeCurrent();
        try {
            assertNull(traces.current());
        } finally {
            current.close();
        }
    }
}
