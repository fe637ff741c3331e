package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators see of an import: figures that add up. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(MetricsApiTest.Alone.class)
class MetricsApiTest {
    /** An application that nobody else has asked for anything. */
    public static class Alone implements QuarkusTestProfile {}

    @Test
    void an_import_is_counted() {
        double created = figure("importonce_jobs_total{outcome=\"created\"}");
        double completed = figure("importonce_jobs_total{outcome=\"completed\"}");
        double inserted = figure("importonce_rows_total{outcome=\"inserted\"}");
        double rejected = figure("importonce_rows_total{outcome=\"rejected\"}");
        double claims = figure("importonce_claims_total{queue=\"import\"}");

        Imports.imported(
                Imports.csv("measured1@example.com,A,B", "measured2@example.com,A,B", "nowhere,A,B"), Imports.MAPPING);

        assertEquals(1, figure("importonce_jobs_total{outcome=\"created\"}") - created);
        assertEquals(1, figure("importonce_jobs_total{outcome=\"completed\"}") - completed);
        assertEquals(2, figure("importonce_rows_total{outcome=\"inserted\"}") - inserted);
        assertEquals(1, figure("importonce_rows_total{outcome=\"rejected\"}") - rejected);
        assertEquals(2, figure("importonce_claims_total{queue=\"import\"}") - claims);
        assertTrue(figure("importonce_claim_wait_seconds_count{queue=\"import\"}") >= 2);
    }

    @Test
    void rejects_are_counted_by_reason() {
        List<String> reasons =
                List.of("invalid", "blank", "surplus-cells", "too-long", "unreadable", "refused-by-table");
        List<Double> before = reasons.stream().map(MetricsApiTest::rejects).toList();

        Imports.imported(
                Imports.csv(
                        "nowhere,A,B",
                        ",A,B",
                        ",C,D",
                        "surplus@example.com,A,B,C",
                        "long@example.com," + "x".repeat(5000)),
                Imports.MAPPING);

        List<Double> counted = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) counted.add(rejects(reasons.get(i)) - before.get(i));
        assertEquals(List.of(1.0, 2.0, 1.0, 1.0, 0.0, 0.0), counted);
    }

    /** The counter is there from the start. */
    private static double rejects(String reason) {
        return Metrics.figure("importonce_rejects_total{reason=\"" + reason + "\"}")
                .orElseThrow();
    }

    private static double figure(String name) {
        return Metrics.figure(name).orElse(0);
    }
}
