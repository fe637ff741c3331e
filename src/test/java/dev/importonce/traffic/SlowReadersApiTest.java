package dev.importonce.traffic;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.job.Imports;
import dev.importonce.platform.Metrics;
import dev.importonce.platform.TestPostgres;
import dev.importonce.problem.Await;
import dev.importonce.problem.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that their callers do not take. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(SlowReadersApiTest.FewThreads.class)
class SlowReadersApiTest {
    private static final int THREADS = 6;
    private static final String HOST = "Host: localhost";

    private final List<Wire> open = new ArrayList<>();

    /** Threads that a test can take, and a grace that it can wait out. */
    public static class FewThreads implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.thread-pool.max-threads", String.valueOf(THREADS), "importonce.least-rate-grace", "PT1S");
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Wire wire : open) wire.close();
    }

    @Test
    void a_list_of_rejects_that_nobody_reads_holds_no_thread() throws IOException {
        String row = "x".repeat(400) + ",Ann,Lee";
        String job = Imports.imported(Imports.csv((row + "\n").repeat(40_000).split("\n")), Imports.MAPPING)
                .getString("jobId");
        assertEquals(40_000, Imports.job(job).getInt("progress.rejected"));

        for (int i = 0; i < 2 * THREADS; i++) ask("GET /api/migrations/" + job + "/rejects HTTP/1.1");

        given().get("/q/health/ready").then().statusCode(200);
        given().get("/api/migrations/" + job).then().statusCode(200);
    }

    @Test
    void a_list_of_contacts_that_nobody_reads_holds_no_connection() throws IOException {
        StringBuilder file = new StringBuilder("email,note\n");
        for (int i = 0; i < 500; i++)
            file.append(UUID.randomUUID())
                    .append("@example.com,")
                    .append("x".repeat(9_000))
                    .append('\n');
        Imports.imported(
                file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "{\"target\": \"contacts\", \"fields\": {\"email\": \"email\"}, \"unmapped\": \"attributes\"}");
        double before = connections();

        for (int i = 0; i < 5; i++) ask("GET /api/contacts?limit=500 HTTP/1.1");
        Await.until(() -> connections() >= before + 5);

        Await.until(() -> connections() <= before + 1);
        for (Wire wire : open) assertThrows(IOException.class, wire::answer);
    }

    private void ask(String line) throws IOException {
        open.add(Wire.openNarrow().head(line, HOST));
    }

    private static double connections() {
        return Metrics.figure("importonce_connections").orElse(0);
    }
}
