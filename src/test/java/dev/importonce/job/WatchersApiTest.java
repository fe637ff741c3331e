package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How long somebody may watch a job, and how many may at once. No job here ends by itself. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WatchersApiTest.TwoEachThreeInAll.class)
class WatchersApiTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 60;

    /** While nothing changes a stream has a comment every five seconds. */
    private static final int COMMENTS_OF_TWENTY_SECONDS = 4;

    /** With sign-in and without workers. */
    public static class TwoEachThreeInAll extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.workers", "0");
            settings.put("importonce.watchers", "3");
            settings.put("importonce.watchers-per-user", "2");
            return settings;
        }
    }

    private final Person ann = new Person(UUID.randomUUID());
    private final Person bob = new Person(UUID.randomUUID());

    @Test
    void a_stream_ends_with_its_token_and_a_fresh_one_goes_on() throws Exception {
        String job = ann.imports();
        // Five seconds of it are left: those that clocks may differ by.
        Jwt ending = Jwt.of(ann.id).with("exp", System.currentTimeMillis() / 1000);
        try (Stream stream = new Stream(job, ending)) {
            int comments = 0;
            for (String line = stream.lines.readLine(); line != null; line = stream.lines.readLine())
                if (line.startsWith(":"))
                    assertTrue(++comments < COMMENTS_OF_TWENTY_SECONDS, "it goes on after its token has expired");
        }
        try (Stream stream = new Stream(job, Jwt.of(ann.id))) {
            assertEquals("pending", stream.next().getString("status"));
        }
    }

    @Test
    void one_more_than_a_user_may_have_is_refused_until_one_ends() throws Exception {
        String job = ann.imports();
        try (Stream first = new Stream(job, Jwt.of(ann.id));
                Stream second = new Stream(job, Jwt.of(ann.id))) {
            first.next();
            second.next();
            assertRefused(
                    Stream.open(job, Jwt.of(ann.id)),
                    "You watch 2 jobs already. End one of these streams, or ask for the job itself.");

            try (Stream bobs = new Stream(bob.imports(), Jwt.of(bob.id))) {
                bobs.next();
            }
        }
        // They have been closed at this end: the other one learns of it in its own time.
        awaitPlace(job);
    }

    @Test
    void one_more_than_all_may_have_is_refused() throws Exception {
        String anns = ann.imports();
        String bobs = bob.imports();
        try (Stream first = new Stream(anns, Jwt.of(ann.id));
                Stream second = new Stream(anns, Jwt.of(ann.id));
                Stream third = new Stream(bobs, Jwt.of(bob.id))) {
            first.next();
            second.next();
            third.next();
            assertRefused(
                    Stream.open(bobs, Jwt.of(bob.id)),
                    "Too many watch jobs just now. Ask again later, or ask for the job itself.");
        }
    }

    @Test
    void a_stream_that_ends_with_its_job_leaves_its_place() throws Exception {
        for (int i = 0; i < 5; i++) {
            String job = ann.imports();
            try (Stream stream = new Stream(job, Jwt.of(ann.id))) {
                stream.next();
                ann.post("/api/migrations/" + job + "/cancel", new byte[0]);
                assertEquals("cancelled", stream.next().getString("status"));
                while (stream.lines.readLine() != null) continue;
            }
        }
    }

    private static void assertRefused(HttpResponse<InputStream> answer, String detail) throws IOException {
        try (InputStream body = answer.body()) {
            // Else it is a stream, which has no end.
            assertEquals(429, answer.statusCode());
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            String type = answer.headers().firstValue("Content-Type").orElse(null);
            new Refusal(429, type, new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .is("too-many-requests", detail);
        }
    }

    private void awaitPlace(String job) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            HttpResponse<InputStream> answer = Stream.open(job, Jwt.of(ann.id));
            answer.body().close();
            if (answer.statusCode() == 200) return;
            assertEquals(429, answer.statusCode());
            assertTrue(System.nanoTime() < deadline, "the places of streams that have ended are not free");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Somebody who has signed in. */
    private record Person(UUID id) {
        HttpResponse<String> post(String target, byte[] body) {
            return Send.send(Send.request(target)
                    .header("Authorization", "Bearer " + Jwt.of(id).sign())
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofByteArray(body)));
        }

        /** The id of a job that waits for a worker. */
        String imports() {
            byte[] file = Imports.csv(UUID.randomUUID() + "@watched.example,Ann,Lee");
            HttpResponse<String> answer = post(Send.runWith(Imports.MAPPING), file);
            assertEquals(202, answer.statusCode(), answer::body);
            return new JsonPath(answer.body()).getString("jobId");
        }
    }

    private static final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(String job, Jwt token) throws IOException, InterruptedException {
            // Other tests' clients may still be on their way out.
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            HttpResponse<InputStream> answer = open(job, token);
            while (answer.statusCode() == 429 && System.nanoTime() < deadline) {
                answer.body().close();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                answer = open(job, token);
            }
            assertEquals(200, answer.statusCode());
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        private static HttpResponse<InputStream> open(String job, Jwt token) throws IOException, InterruptedException {
            return CLIENT.send(
                    Send.request("/api/migrations/" + job + "/events")
                            .header("Authorization", "Bearer " + token.sign())
                            .build(),
                    BodyHandlers.ofInputStream());
        }

        /** The data of the next event. */
        JsonPath next() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("data:")) line = lines.readLine();
            return new JsonPath(line.substring("data:".length()));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
