package dev.importonce.problem;

import static dev.importonce.fixture.Send.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.Stored;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a request about jobs, sources and lists that exist. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class JobErrorsApiTest {
    private static final String NO_JOB = "You have no job with that id.";

    Database database;

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "1", "not-an-id", "%00", "..%2f", "ä", "1-1-1-1-1"})
    void a_job_that_does_not_exist_is_not_found_by_any_call(String id) {
        String job = "/api/migrations/" + id.replace("ä", "%C3%A4");
        Refusal.of(Send.get(job)).is("not-found", NO_JOB);
        Refusal.of(Send.post(job + "/cancel")).is("not-found", NO_JOB);
        Refusal.of(Send.post(job + "/retry")).is("not-found", NO_JOB);
        Refusal.of(Send.post(job + "/undo")).is("not-found", NO_JOB);
        Refusal.of(Send.get(job + "/rejects")).is("not-found", NO_JOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "ten", "1.5", "99999999999", "1e2", "%00"})
    void a_limit_outside_of_1_to_500_is_refused(String limit) {
        Refusal.of(Send.get("/api/migrations?limit=" + limit))
                .is("invalid-parameter", "limit must be a number from 1 to 500.");
        Refusal.of(Send.get("/api/contacts?limit=" + limit))
                .is("invalid-parameter", "limit must be a number from 1 to 500.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "Pending", "pending,failed"})
    void a_status_that_does_not_exist_is_told_which_do(String status) {
        Refusal.of(Send.get("/api/migrations?status=" + status))
                .is("invalid-parameter", "status must be one of: pending, processing, completed, failed, cancelled.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no cursor",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z\nnot-an-id",
                "2026-01-01T00:00:00Z\n00000000-0000-7000-8000-000000000000\nmore",
                "+1000000000-12-31T23:59:59Z\n00000000-0000-7000-8000-000000000000",
                "-1000000000-01-01T00:00:00Z\n00000000-0000-7000-8000-000000000000",
            })
    void a_cursor_of_jobs_that_we_did_not_make_is_refused(String position) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(position));
        for (String cursor : new String[] {encoded, "%21" + encoded, encoded + "%21"})
            Refusal.of(Send.get("/api/migrations?cursor=" + cursor)).is("invalid-parameter", invalidCursor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\nb"})
    void a_cursor_of_contacts_that_we_did_not_make_is_refused(String position) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(position));
        Refusal.of(Send.get("/api/contacts?cursor=" + cursor)).is("invalid-parameter", invalidCursor());
        Refusal.of(Send.get("/api/contacts?cursor=%21")).is("invalid-parameter", invalidCursor());
    }

    @Test
    void an_organisation_that_is_no_uuid_is_refused() {
        Refusal.of(Send.get("/api/contacts?orgId=acme")).is("invalid-parameter", "orgId must be a UUID.");
    }

    @ParameterizedTest
    @CsvSource({
        "completed, cancel",
        "cancelled, cancel",
        "failed, cancel",
        "completed, retry",
        "pending, retry",
        "processing, retry"
    })
    void only_active_jobs_can_be_cancelled_and_stopped_ones_retried(String status, String call) {
        String id = jobThatIs(status);

        Refusal refusal = Refusal.of(Send.post("/api/migrations/" + id + "/" + call));

        refusal.is(
                "conflict",
                call.equals("cancel")
                        ? "The job has already ended; it cannot be cancelled."
                        : "Only a failed or cancelled job can be retried; this one is " + status + ".");
        assertEquals(status, Imports.job(id).getString("status"));
        database.update("delete from migration_jobs where id = ?", UUID.fromString(id));
    }

    @Test
    void a_file_that_is_no_longer_kept_cannot_be_imported_or_retried() {
        byte[] file = uniqueFile();
        String source = JsonPath.from(
                        Send.post("/api/sources", "text/csv", file).body())
                .getString("sourceId");
        String job = Imports.imported(file, Imports.MAPPING).getString("jobId");
        database.update("update migration_jobs set status = 'failed' where id = ?", UUID.fromString(job));
        database.update(
                "delete from uploads u using sources s where s.upload_id = u.id and s.id = ?", UUID.fromString(source));
        Stored before = Stored.in(database);
        String gone = "This file was removed 30 days after its last import. Send it again.";

        Refusal.of(Send.post("/api/migrations/" + job + "/retry")).is("source-gone", gone);
        Refusal.of(Send.post(
                        Send.RUN,
                        "application/json",
                        utf8("{\"sourceId\": \"" + source + "\", \"mapping\": " + Imports.MAPPING + "}")))
                .is("source-gone", gone);

        assertEquals(before, Stored.in(database));
    }

    @Test
    void an_idempotency_key_belongs_to_one_request() {
        byte[] file = uniqueFile();
        String key = UUID.randomUUID().toString();
        Response first = keyed(key, file, Imports.MAPPING);
        assertEquals(202, first.statusCode());
        String detail =
                "This Idempotency-Key belongs to a request with another file or mapping. Send a new key with a new request.";

        Refusal.of(keyed(key, uniqueFile(), Imports.MAPPING)).is("idempotency-key-reused", detail);
        Refusal.of(keyed(key, file, Imports.MAPPING.replaceFirst("\\{", "{\"onExisting\": \"skip\", ")))
                .is("idempotency-key-reused", detail);
        Imports.ended(first.path("jobId"));

        assertEquals(0, database.count("""
                select count(*) from migration_jobs j join idempotency_keys k on k.user_id = j.user_id
                where k.key = ? and j.created_at > k.created_at and j.id <> k.job_id
                """, key));
    }

    @Test
    void an_idempotency_key_gives_the_same_job_even_when_completed() {
        byte[] file = uniqueFile();
        String key = "!" + "~".repeat(254);
        Response first = keyed(key, file, Imports.MAPPING);
        assertEquals(202, first.statusCode());
        Imports.ended(first.path("jobId"));

        Response again = keyed(key, file, Imports.MAPPING);

        assertEquals(200, again.statusCode());
        assertEquals((String) first.path("jobId"), again.path("jobId"));
        assertEquals("completed", again.path("status"));
        assertEquals(false, again.path("created"));
        assertEquals(first.header("Location"), again.header("Location"));
        assertEquals((String) first.path("baseIdempotencyKey"), again.path("baseIdempotencyKey"));
        assertEquals((String) first.path("idempotencyKey"), again.path("idempotencyKey"));
    }

    @Test
    void a_bad_request_with_a_known_key_is_told_what_is_bad() {
        String key = UUID.randomUUID().toString();
        Response first = keyed(key, uniqueFile(), Imports.MAPPING);
        assertEquals(202, first.statusCode());
        Imports.ended(first.path("jobId"));
        Stored before = Stored.in(database);

        assertEquals("invalid-mapping", refused(keyed(key, uniqueFile(), "{\"target\": 7}")));
        assertEquals(
                "unknown-column",
                refused(keyed(key, uniqueFile(), Imports.MAPPING.replace("\"last\"}", "\"no such column\"}"))));
        assertEquals("no-data-rows", refused(keyed(key, utf8("email,first,last\n"), Imports.MAPPING)));
        assertEquals("unreadable-file", refused(keyed(key, utf8("%PDF-1.7\n"), Imports.MAPPING)));
        assertEquals("malformed-request", refused(keyed("two words", uniqueFile(), Imports.MAPPING)));

        assertEquals(before, Stored.in(database));
        assertEquals("completed", Imports.job(first.path("jobId")).getString("status"));
    }

    private static String refused(Response response) {
        Refusal.of(response).isProblem();
        return response.<String>path("type").replace("urn:importonce:problem:", "");
    }

    private static Response keyed(String key, byte[] file, String mapping) {
        return Imports.request(file, mapping).header("Idempotency-Key", key).post(Send.RUN);
    }

    private static byte[] uniqueFile() {
        return Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee");
    }

    private static String invalidCursor() {
        return "cursor must be the nextCursor of an earlier answer, unchanged.";
    }

    /** A job that no worker will touch again. */
    private String jobThatIs(String status) {
        String id = Imports.imported(uniqueFile(), Imports.MAPPING).getString("jobId");
        boolean ended = !status.equals("pending") && !status.equals("processing");
        database.update(
                "update migration_jobs set status = ?, finished_at = case when ? then now() end where id = ?",
                status,
                ended,
                UUID.fromString(id));
        return id;
    }
}
