package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.ProviderStub;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work done by calls, where no process runs all the time. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(ProviderStub.class)
@TestProfile(CronApiTest.Serverless.class)
class CronApiTest {
    private static final String SECRET = "the cron secret of these tests";
    private static final String IMPORTS = "/api/cron/process-imports";
    private static final String SENDS = "/api/cron/process-send-queue";

    private final UUID ann = UUID.randomUUID();

    Database database;
    ProviderStub provider;

    @BeforeEach
    void nothing_to_do() {
        database.update("truncate migration_jobs, send_queue, sent_messages cascade");
    }

    @Test
    void a_call_works_imports_until_nothing_is_left() {
        String job = submit(20);

        JsonPath report = cron().post(IMPORTS).jsonPath();

        // 20 blocks of one row and one share.
        assertEquals(Map.of("claimed", 21, "processed", 21, "failed", 0, "remaining", 0), report.getMap(""));
        assertEquals("completed", as(Jwt.of(ann)).get("/api/migrations/" + job).path("status"));
    }

    @Test
    void a_call_claims_no_more_than_it_may() {
        submit(20);

        assertEquals(
                Map.of("claimed", 3, "processed", 3, "failed", 0, "remaining", 17),
                cron().post(IMPORTS + "?max=3").jsonPath().getMap(""));
    }

    @Test
    void a_call_whose_budget_is_used_up_leaves_the_rest() {
        submit(2000);

        int claimed = cron().post(IMPORTS + "?budget=PT0.5S").path("claimed");

        assertTrue(claimed > 0 && claimed < 2000, "claimed: " + claimed);
    }

    @Test
    void calls_that_overlap_send_no_message_twice() {
        enqueue(200);

        List<CompletableFuture<JsonPath>> calls = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> cron().post(SENDS + "?budget=PT20S").jsonPath()))
                .toList();

        int claimed =
                calls.stream().mapToInt(call -> call.join().getInt("claimed")).sum();
        assertEquals(200, claimed);
        assertEquals(200, database.count("select count(*) from sent_messages"));
        assertEquals(1, provider.most());
    }

    @Test
    void a_sweeper_that_fails_stops_neither_the_others_nor_the_work() {
        database.update("insert into dedupe_log (kind, kept_id, removed_id, removed, created_at)"
                + " select 'contacts', id, id, '{}', now() - interval '31 days' from gen_random_uuid() id");
        database.update(
                "insert into uploads (id, user_id, touched_at) values (gen_random_uuid(), gen_random_uuid(), now() - interval '2 days')");
        database.update("alter table dedupe_log rename column created_at to made_at");
        String failures = "importonce_sweep_failures_total{sweeper=\"dedupe-log\"}";
        double before = Metrics.figure(failures).orElseThrow();
        try {
            assertEquals(200, cron().post(IMPORTS).statusCode());
            assertEquals(200, cron().post(SENDS).statusCode());

            assertEquals(before + 2, Metrics.figure(failures).orElseThrow());
            assertEquals(0, database.count("select count(*) from uploads where touched_at < now() - interval '1 day'"));
        } finally {
            database.update("alter table dedupe_log rename column made_at to created_at");
        }
        assertEquals(200, cron().post(IMPORTS).statusCode());
        assertEquals(0, database.count("select count(*) from dedupe_log"));
    }

    @Test
    void only_the_secret_and_services_get_in() {
        Refusal.of(given().post(IMPORTS)).is("unauthenticated", "Send an Authorization header with a bearer token.");
        assertEquals(
                401, given().header("Authorization", "Bearer wrong").post(SENDS).statusCode());
        assertEquals(403, as(Jwt.of(ann)).post(SENDS).statusCode());
        assertEquals(200, as(Jwt.ofService()).post(SENDS).statusCode());
        assertEquals(200, cron().post(IMPORTS).statusCode());
        // It opens these doors and no other.
        assertEquals(401, cron().get("/api/migrations").statusCode());
        assertEquals(401, cron().get("/api/integrity").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"budget=soon", "budget=PT0S", "budget=-PT1S", "budget=PT16M", "max=0", "max=many"})
    void parameters_that_make_no_sense_are_refused(String parameter) {
        assertEquals(422, cron().post(IMPORTS + "?" + parameter).statusCode());
    }

    private static RequestSpecification cron() {
        return given().header("Authorization", "Bearer " + SECRET);
    }

    private static RequestSpecification as(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign());
    }

    private String submit(int rows) {
        String csv = IntStream.range(0, rows)
                .mapToObj(i -> "p" + UUID.randomUUID() + "@example.com")
                .collect(Collectors.joining("\n", "email\n", "\n"));
        return as(Jwt.of(ann))
                .multiPart("file", "c.csv", csv.getBytes(StandardCharsets.UTF_8))
                .multiPart("mapping", "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"}}", "application/json")
                .post("/api/migrations/run")
                .path("jobId");
    }

    private void enqueue(int messages) {
        List<Map<String, Object>> items = IntStream.range(0, messages)
                .mapToObj(i -> Map.<String, Object>of(
                        "campaignId", "c", "prospectId", "p" + i, "step", 1, "channel", "slow", "body", "Hello"))
                .toList();
        assertEquals(
                200,
                as(Jwt.of(ann))
                        .contentType("application/json")
                        .body(Map.of("items", items))
                        .post("/api/send-queue")
                        .statusCode());
    }

    /** Tokens, a cron secret, blocks of one row, no workers. */
    public static class Serverless extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("cron.secret", SECRET);
            settings.put("importonce.workers", "0");
            settings.put("importonce.chunk-rows", "1");
            return settings;
        }
    }
}
