package dev.importonce.traffic;

import static io.restassured.RestAssured.given;

import dev.importonce.identity.WithTokens;
import dev.importonce.job.Imports;
import dev.importonce.platform.TestPostgres;
import dev.importonce.problem.Await;
import dev.importonce.problem.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of one user that take long, more of them than there are threads. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(ManyRequestsApiTest.FewThreads.class)
class ManyRequestsApiTest {
    private static final int THREADS = 12;

    private final Sender ann = new Sender();
    private final Sender bob = new Sender();
    private final List<Wire> open = new ArrayList<>();

    /** Threads that a test can take. */
    public static class FewThreads extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("quarkus.thread-pool.max-threads", String.valueOf(THREADS));
            return settings;
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Wire wire : open) wire.close();
    }

    @Test
    void leave_threads_for_others() throws IOException {
        String row = "x".repeat(400) + ",Ann,Lee";
        String job = ann.call()
                .multiPart("file", "c.csv", Imports.csv((row + "\n").repeat(40_000).split("\n")))
                .multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/run")
                .path("jobId");
        Await.until(() -> ann.call().get("/api/migrations/" + job).path("status").equals("completed"));

        // Nobody reads them.
        for (int i = 0; i < 2 * THREADS; i++) open.add(ann.get("/api/migrations/" + job + "/rejects"));

        given().get("/q/health/ready").then().statusCode(200);
        bob.call().get("/api/migrations").then().statusCode(200);
        bob.imports();
    }
}
