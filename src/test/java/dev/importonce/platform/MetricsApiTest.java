package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.job.Imports;
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

/** What operators see of an import: figures that add up, and traces that are joined by the job's id. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(MetricsApiTest.Traced.class)
class MetricsApiTest {
    private static final AttributeKey<String> IMPORT = AttributeKey.stringKey("importonce.import");

    private final Spans spans;

    MetricsApiTest(Spans spans) {
        this.spans = spans;
    }

    @Test
    void an_import_is_counted_and_traced() {
        double created = figure("importonce_jobs_total{outcome=\"created\"}");
        double completed = figure("importonce_jobs_total{outcome=\"completed\"}");
        double inserted = figure("importonce_rows_total{outcome=\"inserted\"}");
        double rejected = figure("importonce_rows_total{outcome=\"rejected\"}");
        double claims = figure("importonce_claims_total{queue=\"import\"}");

        String job = Imports.imported(
                        Imports.csv("measured1@example.com,A,B", "measured2@example.com,A,B", "nowhere,A,B"),
                        Imports.MAPPING)
                .getString("jobId");

        assertEquals(1, figure("importonce_jobs_total{outcome=\"created\"}") - created);
        assertEquals(1, figure("importonce_jobs_total{outcome=\"completed\"}") - completed);
        assertEquals(2, figure("importonce_rows_total{outcome=\"inserted\"}") - inserted);
        assertEquals(1, figure("importonce_rows_total{outcome=\"rejected\"}") - rejected);
        assertEquals(2, figure("importonce_claims_total{queue=\"import\"}") - claims);
        assertTrue(figure("importonce_claim_wait_seconds_count{queue=\"import\"}") >= 2);
        List<String> names = tracesOf(job, 3);
        assertEquals(2, names.stream().filter("import work"::equals).count(), names::toString);
        assertTrue(names.stream().anyMatch(name -> name.startsWith("POST")), names::toString);
    }

    private static double figure(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(name.length() + 1).split(" ")[0]))
                .findFirst()
                .orElse(0);
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
