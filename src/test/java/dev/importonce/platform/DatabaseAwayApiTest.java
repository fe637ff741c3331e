package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
@QuarkusTest
@TestProfile(DatabaseAwayApiTest.BehindALine.class)
class DatabaseAwayApiTest {
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final byte[] LARGE_FILE = Imports.csv("ann@example.com,Ann,Lee\n".repeat(400_000));

    Database database;
    TcpProxy line;

    /** With leases short enough to wait for, and work that fits into them on a busy machine. */
    public static class BehindALine implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("importonce.lease", "PT3S", "importonce.chunk-rows", "500", "importonce.share-rows", "5000");
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(CuttableDatabase.class));
        }
    }

    @AfterEach
    void mend() {
        line.mend();
        await(() -> Send.send(Send.request("/api/migrations")).statusCode() == 200);
    }

    @Test
    void while_it_refuses_connections_calls_get_503_in_5_seconds() {
        line.cut();
        everyCall().forEach(DatabaseAwayApiTest::assertUnavailable);
    }

    @Test
    void while_its_connections_are_silent_calls_get_503_in_5_seconds() {
        line.silence();
        everyCall().forEach(DatabaseAwayApiTest::assertUnavailable);
    }

    @Test
    void the_same_request_works_once_it_is_back() {
        byte[] file = uniqueFile();
        line.cut();
        assertUnavailable(run(file));

        line.mend();

        await(() -> Send.send(Send.request("/api/migrations")).statusCode() == 200);
        HttpResponse<String> response = Send.send(run(file));
        assertEquals(202, response.statusCode(), response::body);
        JsonPath job = Imports.ended(JsonPath.from(response.body()).getString("jobId"));
        assertEquals("completed", job.getString("status"));
        assertEquals(1, job.getInt("progress.inserted"));
    }

    @Test
    void a_job_that_was_at_work_goes_on_by_itself_once_it_is_back() {
        String domain = UUID.randomUUID() + ".example";
        int rows = 60_000;
        byte[] file = Imports.csv(IntStream.range(0, rows)
                .mapToObj(i -> "p" + i + "@" + domain + ",Ann,Lee")
                .collect(Collectors.joining("\n")));
        HttpResponse<String> response = Send.send(run(file));
        assertEquals(202, response.statusCode(), response::body);
        String job = JsonPath.from(response.body()).getString("jobId");
        await(() -> database.count("""
                select count(*) from import_chunks where job_id = ? and status = 'done'
                """, UUID.fromString(job)) > 3);

        line.cut();
        assertUnavailable(Send.request("/api/migrations/" + job));
        assertEquals(1, database.count("select count(*) from migration_jobs where finished_at is null"));
        line.mend();

        await(() -> Send.send(Send.request("/api/migrations")).statusCode() == 200);
        JsonPath ended = Imports.ended(job);
        assertEquals("completed", ended.getString("status"));
        assertEquals(rows, ended.getInt("progress.inserted"));
        assertEquals(rows, database.count("select count(*) from contacts where email like ?", "%" + domain));
    }

    @Test
    void readiness_tells_that_it_is_away_and_liveness_does_not() {
        line.cut();
        await(() -> Send.send(Send.request("/q/health/ready")).statusCode() == 503);
        assertEquals(200, Send.send(Send.request("/q/health/live")).statusCode());

        line.mend();
        await(() -> Send.send(Send.request("/q/health/ready")).statusCode() == 200);
    }

    /** All that need the database, among them an upload that is stored while it arrives. */
    private static List<HttpRequest.Builder> everyCall() {
        String job = "/api/migrations/" + UUID.randomUUID();
        return List.of(
                Send.request("/api/migrations"),
                Send.request("/api/contacts"),
                Send.request(job),
                Send.request(job + "/rejects"),
                Send.request(job + "/cancel").POST(BodyPublishers.noBody()),
                Send.request(job + "/retry").POST(BodyPublishers.noBody()),
                run(uniqueFile()),
                run(LARGE_FILE),
                Send.request("/api/sources")
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofByteArray(LARGE_FILE)));
    }

    private static void assertUnavailable(HttpRequest.Builder request) {
        long start = System.nanoTime();
        HttpResponse<String> response = Send.send(request);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String what = response.request().method() + " " + response.uri().getPath() + " took " + took;
        Refusal.of(response)
                .is(
                        "unavailable",
                        "The database cannot be reached just now. Nothing was lost; send the same request again.");
        assertTrue(took.compareTo(AT_MOST) < 0, what);
        int retryAfter =
                Integer.parseInt(response.headers().firstValue("Retry-After").orElse("-1"));
        assertTrue(retryAfter > 0 && retryAfter <= 60, what);
    }

    private static HttpRequest.Builder run(byte[] file) {
        return Send.request(Send.runWith(Imports.MAPPING))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray(file));
    }

    private static byte[] uniqueFile() {
        return Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("nothing changed in 60 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
