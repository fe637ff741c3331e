package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files named by where they lie in Supabase Storage. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(value = StorageServer.class, restrictToAnnotatedClass = true)
@TestProfile(SupabaseStorageApiTest.SmallFiles.class)
class SupabaseStorageApiTest {
    private static final int MOST = 300_000;
    private static final String AWAY =
            "The file's storage does not answer as it should just now. Send the request again.";

    private final UUID ann = UUID.randomUUID();

    Database database;
    StorageServer storage;

    /** Small enough to go over. */
    public static class SmallFiles extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.max-file-bytes", String.valueOf(MOST));
            settings.put("importonce.chunk-rows", "100");
            return settings;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.csv", "chunked.csv", "slow.csv", "a folder/Köln & 100%+?#.csv", "..hidden.csv"})
    void a_file_that_its_user_may_read_is_imported_under_its_name(String name) {
        byte[] file = Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee");
        storage.put("files/" + ann + "/" + name, file);

        Response run = run(ann, "files", ann + "/" + name);

        assertEquals(202, run.statusCode(), run::asString);
        Response job = as(ann).get("/api/migrations/" + run.path("jobId"));
        assertEquals(name.substring(name.lastIndexOf('/') + 1), job.path("fileName"));
        assertEquals(file.length, (int) job.path("fileBytes"));
        // The same bytes sent by hand are the same import.
        Response again = as(ann).multiPart("file", "c.csv", file)
                .multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/run");
        assertEquals((String) run.path("baseIdempotencyKey"), again.path("baseIdempotencyKey"));
    }

    @Test
    void the_edge_function_takes_it_too() {
        storage.put("files/" + ann + "/edge.csv", Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee"));
        Response run = as(ann).contentType("application/json")
                .body("{\"storage\": {\"bucket\": \"files\", \"path\": \"" + ann + "/edge.csv\"}, \"mapping\": "
                        + Imports.MAPPING + "}")
                .post("/functions/v1/migrations-run");
        assertEquals(202, run.statusCode(), run::asString);
        assertEquals(
                "edge.csv", as(ann).get("/api/migrations/" + run.path("jobId")).path("fileName"));
    }

    @Test
    void a_file_of_many_blocks_comes_whole() {
        byte[] file = Imports.csv(
                (UUID.randomUUID() + "@example.com,Ann,Lee\n").repeat(4000).strip());
        storage.put("files/" + ann + "/many.csv", file);
        Response run = run(ann, "files", ann + "/many.csv");
        assertEquals(
                4000, (int) as(ann).get("/api/migrations/" + run.path("jobId")).path("progress.totalRows"));
    }

    @Test
    void anothers_file_and_one_that_is_not_there_are_answered_alike() {
        UUID bob = UUID.randomUUID();
        storage.put("files/" + bob + "/b.csv", Imports.csv("bob@example.com,Bob,Lee"));
        for (String path : List.of(bob + "/b.csv", ann + "/none.csv"))
            Refusal.of(run(ann, "files", path))
                    .is("not-found", "There is no file " + path + " in bucket files that you may read.");
        Refusal.of(run(ann, "gone", ann + "/c.csv"))
                .is("not-found", "There is no file " + ann + "/c.csv in bucket gone that you may read.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "older"})
    void what_storage_forbids_is_forbidden(String bucket) {
        Refusal.of(run(ann, bucket, ann + "/c.csv"))
                .is("forbidden", "Supabase Storage does not let you read the bucket " + bucket + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated.csv", "silent.csv"})
    void a_file_that_does_not_come_whole_is_not_imported(String name) {
        storage.put("files/" + ann + "/" + name, Imports.csv("ann@example.com,Ann,Lee\n".repeat(8000)));
        Response run = run(ann, "files", ann + "/" + name);
        Refusal.of(run).is("unavailable", AWAY);
        assertEquals(0, database.count("select count(*) from sources where user_id = ?", ann));
        assertEquals(0, database.count("select count(*) from uploads where user_id = ?", ann));
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "moved"})
    void storage_faults_and_redirects_are_answered_as_unavailable(String bucket) {
        storage.put("files/" + ann + "/c.csv", Imports.csv("ann@example.com,Ann,Lee"));
        int before = storage.asked().size();
        Refusal.of(run(ann, bucket, ann + "/c.csv")).is("unavailable", AWAY);
        assertEquals(before + 1, storage.asked().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.csv", "chunked.csv"})
    void a_file_over_the_limit_is_refused_whether_announced_or_not(String name) {
        storage.put("files/" + ann + "/" + name, new byte[MOST + 1]);
        Response run = run(ann, "files", ann + "/" + name);
        Refusal.of(run).isProblem();
        assertEquals(413, run.statusCode(), run::asString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bucket\": \"files\"}",
                "{\"bucket\": \"files\", \"path\": 1}",
                "{\"bucket\": \"files\", \"path\": \"\"}",
                "{\"bucket\": \"files\", \"path\": \"/etc/passwd\"}",
                "{\"bucket\": \"files\", \"path\": \"a//b\"}",
                "{\"bucket\": \"files\", \"path\": \"a/../../../auth/v1/admin\"}",
                "{\"bucket\": \"files\", \"path\": \"..\"}",
                "{\"bucket\": \"files\", \"path\": \"a\\\\b\"}",
                "{\"bucket\": \"files\", \"path\": \"a\\nb\"}",
                "{\"bucket\": \"..\", \"path\": \"a\"}",
                "{\"bucket\": \"a/b\", \"path\": \"a\"}",
                "{\"bucket\": \"\", \"path\": \"a\"}",
                "{\"bucket\": \"files\", \"path\": \"a\", \"url\": \"http://127.0.0.1/\"}",
                "\"http://127.0.0.1/\"",
                "null",
            })
    void what_could_lead_elsewhere_is_not_even_asked_for(String storageJson) {
        int before = storage.asked().size();
        Refusal.of(post(ann, "{\"storage\": " + storageJson + ", \"mapping\": " + Imports.MAPPING + "}"))
                .is("invalid-parameter", "storage must be {\"bucket\": \"…\", \"path\": \"…\"}.");
        assertEquals(before, storage.asked().size());
    }

    @Test
    void names_that_look_like_addresses_stay_names() {
        for (String bucket : List.of("@127.0.0.1:1", "files?x=", "%2e%2e", "files#", "127.0.0.1:1")) {
            run(ann, bucket, "%2e%2e/%2e%2e/x?y#z");
            String asked = storage.asked().get(storage.asked().size() - 1);
            assertTrue(asked.startsWith("/storage/v1/object/authenticated/"), asked);
            assertTrue(asked.endsWith("/%252e%252e/%252e%252e/x%3Fy%23z"), asked);
        }
    }

    @Test
    void a_request_names_one_source_and_one_only() {
        Refusal.of(post(
                        ann,
                        "{\"storage\": {\"bucket\": \"a\", \"path\": \"b\"}, \"sourceId\": \"x\", \"mapping\": "
                                + Imports.MAPPING + "}"))
                .is("malformed-request", "The body must be an object with mapping and either sourceId or storage.");
    }

    private static Response run(UUID user, String bucket, String path) {
        return post(
                user,
                "{\"storage\": {\"bucket\": \"%s\", \"path\": \"%s\"}, \"mapping\": %s}"
                        .formatted(bucket, path, Imports.MAPPING));
    }

    private static Response post(UUID user, String body) {
        return as(user).contentType("application/json")
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/migrations/run");
    }

    private static io.restassured.specification.RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + Jwt.of(user).sign());
    }
}
