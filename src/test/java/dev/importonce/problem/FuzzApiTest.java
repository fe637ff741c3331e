package dev.importonce.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is one of those that are described, and what is accepted comes to its end. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FuzzApiTest {
    private static final int REQUESTS = 2_000;
    private static final int SENDERS = 4;
    private static final long SEED = Long.getLong("importonce.test.fuzz-seed", 20260101);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final List<String> jobs = new ArrayList<>();

    Database database;

    @Test
    void spoilt_requests_are_answered_and_the_jobs_of_the_others_end() throws Exception {
        jobs.add(Imports.imported(Imports.csv("first@example.com,Ann,Lee"), Imports.MAPPING)
                .getString("jobId"));
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int number = i;
                sent.add(senders.submit(() -> send(number)));
            }
            for (Future<?> one : sent) one.get();
        } finally {
            senders.shutdownNow();
        }

        // Enough of them came through to each stage for the rest to mean something.
        String seen = seed() + " " + new TreeMap<>(answers);
        for (int status : new int[] {202, 400, 422}) assertTrue(answers.getOrDefault(status, 0) > REQUESTS / 10, seen);
        awaitTheEnd();
        assertEveryJobAddsUp();
        assertEquals(List.of(), database.rows("select id, error from migration_jobs where status = 'failed'"), seed());
        assertEquals(0, database.count("""
                select count(*)
                from uploads u
                where u.announced_bytes is null
                  and not exists (select from sources s where s.upload_id = u.id)
                  and not exists (select from renditions r where r.upload_id = u.id)
                """), seed());
    }

    private void send(int number) {
        Random random = new Random(SEED + number);
        SpoiltRequest request = new SpoiltRequest(random, aJob(random));
        try (Wire wire = Wire.open()) {
            Wire.Answer answer = request.sendOver(wire).answer();
            answers.merge(answer.status(), 1, Integer::sum);
            assertTrue(answer.status() < 500, answer::toString);
            if (answer.status() >= 400) answer.refusal().isProblem();
            if (answer.status() == 202)
                remember(JSON.readTree(answer.body()).path("jobId").asText());
        } catch (IOException | AssertionError e) {
            throw new AssertionError(seed() + ", request " + number + ": " + request, e);
        }
    }

    private void awaitTheEnd() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (database.count("select count(*) from migration_jobs where finished_at is null") > 0) {
            if (System.nanoTime() > deadline) throw new AssertionError("jobs that do not end, " + seed());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void assertEveryJobAddsUp() throws IOException {
        String cursor = "";
        do {
            JsonNode page =
                    JSON.readTree(Send.get("/api/migrations?limit=500" + cursor).body());
            page.path("items").forEach(FuzzApiTest::assertAddsUp);
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asText();
        } while (cursor != null);
    }

    private static void assertAddsUp(JsonNode job) {
        JsonNode progress = job.path("progress");
        int outcomes = Stream.of("inserted", "updated", "unchanged", "skipped", "overridden", "rejected")
                .mapToInt(outcome -> progress.path(outcome).intValue())
                .sum();
        assertTrue(job.path("finishedAt").isTextual(), () -> seed() + " " + job);
        assertEquals(outcomes, progress.path("processedRows").intValue(), () -> seed() + " " + job);
        if (job.path("status").asText().equals("completed"))
            assertEquals(outcomes, progress.path("totalRows").intValue(), () -> seed() + " " + job);
    }

    private static String seed() {
        return "-Dimportonce.test.fuzz-seed=" + SEED;
    }

    private synchronized void remember(String job) {
        jobs.add(job);
    }

    private synchronized String aJob(Random random) {
        return jobs.get(random.nextInt(jobs.size()));
    }
}
