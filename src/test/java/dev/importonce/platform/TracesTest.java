package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What operators see of an import beside its figures: traces that are joined by the job's id. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(TracesTest.Traced.class)
class TracesTest {
    private static final AttributeKey<String> IMPORT = AttributeKey.stringKey("importonce.import");

    private final Spans spans;

    TracesTest(Spans spans) {
        this.spans = spans;
    }

    @Test
    void an_import_is_traced_from_the_request_to_the_work() {
        String job = Imports.imported(Imports.csv("traced@example.com,A,B"), Imports.MAPPING)
                .getString("jobId");

        List<String> names = tracesOf(job, 3);

        assertEquals(2, names.stream().filter("import work"::equals).count(), names::toString);
        assertTrue(names.stream().anyMatch(name -> name.startsWith("POST")), names::toString);
    }

    /** A span ends a little later than what it is about is seen. */
    private List<String> tracesOf(String job, int count) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (true) {
            List<String> names = spans.ended.stream()
                    .filter(span -> job.equals(span.getAttributes().get(IMPORT)))
                    .map(SpanData::getName)
                    .toList();
            if (names.size() >= count || System.nanoTime() > deadline) return names;
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Keeps what has ended. */
    @Singleton
    static class Spans implements SpanProcessor {
        private final List<SpanData> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    /** Traces switched on, without anybody to send them to. */
    public static class Traced implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.exporter.otlp.enabled", "false");
        }
    }
}
