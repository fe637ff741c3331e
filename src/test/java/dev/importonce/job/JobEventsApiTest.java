package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.job.chunk.ChunkWorker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watching a job. No worker runs by itself here. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class JobEventsApiTest {
    private final ChunkWorker worker;

    JobEventsApiTest(ChunkWorker worker) {
        this.worker = worker;
    }

    @Test
    void a_watcher_sees_each_change_until_the_job_and_stream_end() throws Exception {
        String id = Imports.run(Imports.csv("watched@events.example,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
        try (Watcher watcher = new Watcher(id)) {
            assertEquals("pending", watcher.next().getString("status"));
            while (worker.workOne()) continue;
            JsonPath last = watcher.next();
            while (!last.getString("status").equals("completed")) last = watcher.next();

            assertEquals(Imports.job(id).getMap(""), last.getMap(""));
            assertEquals(-1, watcher.lines.read());
        }
    }

    @Test
    void a_job_that_has_ended_is_seen_once() throws Exception {
        String id = Imports.run(Imports.csv("ended@events.example,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
        given().post("/api/migrations/" + id + "/cancel").then().statusCode(200);
        try (Watcher watcher = new Watcher(id)) {
            assertEquals("cancelled", watcher.next().getString("status"));
            assertEquals(-1, watcher.lines.read());
        }
    }

    @Test
    void without_changes_a_watcher_hears_that_the_connection_lives() throws Exception {
        String id = Imports.run(Imports.csv("silent@events.example,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
        try (Watcher watcher = new Watcher(id)) {
            watcher.next();
            assertTrue(watcher.lines.readLine().startsWith(":"));
        }
        given().post("/api/migrations/" + id + "/cancel").then().statusCode(200);
    }

    @Test
    void a_job_that_is_not_there_cannot_be_watched() {
        Refusal.of(given().get("/api/migrations/" + new java.util.UUID(0, 7) + "/events"))
                .is("not-found", "You have no job with that id.");
    }

    private static final class Watcher implements AutoCloseable {
        private final BufferedReader lines;

        Watcher(String id) throws IOException, InterruptedException {
            HttpResponse<InputStream> response = HttpClient.newHttpClient()
                    .send(
                            Send.request("/api/migrations/" + id + "/events").build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The data of the next event; its name must be progress. */
        JsonPath next() throws IOException {
            List<String> event = new ArrayList<>();
            while (event.isEmpty()) {
                for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine())
                    if (!line.startsWith(":")) event.add(line);
            }
            assertEquals("event:progress", event.get(0).replace(" ", ""));
            return new JsonPath(event.get(event.size() - 1).substring("data:".length()));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
