package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Previews that do not come to an end hold up nobody but each other. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
@Timeout(120)
class PreviewsAtOnceTest {
    private static final int MANY = 20;
    private static final String LOCKED = "lock table chats in access exclusive mode";
    private static final String CHATS =
            "{\"target\": \"chats\", \"fields\": {\"participant1\": \"one\", \"participant2\": \"two\"}}";
    private static final byte[] FILE = "one,two\na,b\n".getBytes(StandardCharsets.UTF_8);

    Database database;

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void twenty_that_hang_hold_up_nobody_else() {
        List<CompletableFuture<Response>> hanging = IntStream.range(0, MANY)
                .mapToObj(i -> new CompletableFuture<Response>())
                .toList();
        database.whileHolding(LOCKED, () -> {
            hanging.forEach(preview -> preview.completeAsync(() -> preview(ann, FILE, CHATS), threads));
            awaitHanging(1);
            byte[] contacts = Imports.csv("bob@example.com,Bob,Lee");
            Response preview = preview(bob, contacts, Imports.MAPPING);
            assertEquals(200, preview.statusCode(), preview::asString);

            Response submitted = as(bob).multiPart("file", "c.csv", contacts)
                    .multiPart("mapping", Imports.MAPPING, "application/json")
                    .post("/api/migrations/run");
            assertEquals(202, submitted.statusCode(), submitted::asString);
            String job = submitted.path("jobId");
            while (!"completed".equals(as(bob).get("/api/migrations/" + job).path("status")))
                LockSupport.parkNanos(20_000_000);
            assertEquals(1, hanging());
        });
        int worked = 0;
        for (CompletableFuture<Response> preview : hanging) {
            Response answer = preview.join();
            if (answer.statusCode() == 200) worked++;
            else {
                Refusal.of(answer)
                        .is(
                                "busy",
                                "Other previews are being worked out. Ask again in a moment, or import without a preview.");
                assertEquals("2", answer.header("Retry-After"));
            }
        }
        assertTrue(worked >= 1, "the one that hung goes on once it can");
    }

    @Test
    void one_ends_when_its_caller_goes_away() throws IOException {
        database.whileHolding(LOCKED, () -> {
            try (Wire caller = Wire.open()) {
                caller.head(
                                "POST /api/migrations/preview?mapping="
                                        + URLEncoder.encode(CHATS, StandardCharsets.UTF_8) + " HTTP/1.1",
                                "Host: localhost",
                                "Authorization: Bearer " + Jwt.of(ann).sign(),
                                "Content-Type: text/csv",
                                "Content-Length: " + FILE.length)
                        .write(FILE);
                awaitHanging(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            awaitHanging(0);
        });
        assertEquals(200, preview(ann, FILE, CHATS).statusCode());
    }

    @Test
    void one_that_takes_longer_than_it_may_is_told_so() {
        CompletableFuture<Response> preview = new CompletableFuture<>();
        database.whileHolding(LOCKED, () -> {
            preview.completeAsync(() -> preview(ann, FILE, CHATS), threads);
            awaitHanging(1);
            // As its time limit does it.
            database.rows(
                    "select pg_cancel_backend(pid) from pg_locks where not granted and relation = 'chats'::regclass");
            Refusal.of(preview.join())
                    .is(
                            "busy",
                            "The preview took longer than a preview may. Ask again when there is less going on, or import without it.");
        });
    }

    private static Response preview(UUID user, byte[] file, String mapping) {
        return as(user).multiPart("file", "c.csv", file)
                .multiPart("mapping", mapping, "application/json")
                .post("/api/migrations/preview");
    }

    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + Jwt.of(user).sign());
    }

    private void awaitHanging(int previews) {
        for (long now = hanging(); now != previews; now = hanging()) {
            if (previews > 0 && now > previews) throw new AssertionError(now + " hang at a time");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private long hanging() {
        return database.count("select count(*) from pg_locks where not granted and relation = 'chats'::regclass");
    }
}
