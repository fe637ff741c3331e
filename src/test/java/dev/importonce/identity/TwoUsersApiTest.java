package dev.importonce.identity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What users see of each other: nothing. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class TwoUsersApiTest {
    private static final String NO_JOB = "You have no job with that id.";
    private static final String NAME_THE_USER = "A service_role token acts for nobody: name the user in X-User-Id.";

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    Database database;

    @Test
    void calls_about_anothers_job_are_answered_as_if_there_were_none() {
        String job = imported(as(ann), uniqueFile());
        Map<String, Map<String, Object>> paths =
                given().get("/q/openapi?format=json").jsonPath().getMap("paths");
        int calls = 0;
        for (String path : paths.keySet()) {
            if (!path.startsWith("/api/migrations/{id}")) continue;
            for (String method : paths.get(path).keySet()) {
                assertInvisible(method, path, job);
                calls++;
            }
        }
        assertTrue(calls >= 4, "calls tried: " + calls);
        assertEquals("completed", as(ann).get("/api/migrations/" + job).path("status"));
    }

    private void assertInvisible(String method, String path, String job) {
        for (String id : List.of(job, UUID.randomUUID().toString()))
            Refusal.of(as(bob).request(method, path.replace("{id}", id))).is("not-found", NO_JOB);
        Refusal.of(as(Jwt.ofService()).header("X-User-Id", bob).request(method, path.replace("{id}", job)))
                .is("not-found", NO_JOB);
        assertNotEquals(404, as(ann).request(method, path.replace("{id}", job)).statusCode(), method + " " + path);
    }

    @Test
    void lists_have_the_callers_own_jobs_only() {
        String job = imported(as(ann), uniqueFile());

        assertEquals(List.of(job), as(ann).get("/api/migrations").path("items.jobId"));
        assertEquals(List.of(ann.toString()), as(ann).get("/api/migrations").path("items.userId"));
        assertEquals(List.of(), as(bob).get("/api/migrations").path("items.jobId"));
    }

    @Test
    void the_same_file_of_two_users_makes_two_jobs() {
        byte[] file = uniqueFile();
        Response anns = run(as(ann).header("Idempotency-Key", "one"), file, Imports.MAPPING);
        Response bobs = run(as(bob).header("Idempotency-Key", "one"), file, Imports.MAPPING);

        assertEquals(202, anns.statusCode(), anns::asString);
        assertEquals(202, bobs.statusCode(), bobs::asString);
        assertNotEquals((String) anns.path("jobId"), bobs.path("jobId"));
        assertNotEquals((String) anns.path("baseIdempotencyKey"), bobs.path("baseIdempotencyKey"));
        assertEquals("completed", ended(as(ann), anns.path("jobId")).path("status"));
        assertEquals(1, (int) ended(as(bob), bobs.path("jobId")).path("progress.inserted"));
    }

    @Test
    void a_file_that_another_user_sent_is_not_found() {
        byte[] file = uniqueFile();
        String anns = source(as(ann), file);
        assertNotEquals(anns, source(as(bob), file));

        String body = "{\"sourceId\": \"" + anns + "\", \"mapping\": " + Imports.MAPPING + "}";
        Refusal.of(as(bob).contentType("application/json").body(body).post(Send.RUN))
                .is("not-found", "You have no source " + anns + ". Send the file first.");
    }

    @Test
    void contacts_belong_to_the_organisation_of_the_token() {
        UUID org = UUID.randomUUID();
        byte[] file = uniqueFile();
        RequestSpecification member = as(Jwt.of(ann).with("app_metadata", Map.of("org_id", org.toString())));
        imported(member, file);

        Jwt colleague = Jwt.of(bob).with("app_metadata", Map.of("org_id", org.toString()));
        assertEquals(1, (int) as(colleague).get("/api/contacts").path("items.size()"));
        assertEquals(0, (int) as(bob).get("/api/contacts").path("items.size()"));
        assertEquals(0, (int) as(ann).get("/api/contacts").path("items.size()"));
        Refusal.of(as(bob).get("/api/contacts?orgId=" + org)).is("forbidden", notAMember(org));
        assertEquals(0, (int) as(colleague).get("/api/migrations").path("items.size()"));
    }

    @Test
    void another_organisation_can_be_named_only_by_its_members() {
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        Jwt token = Jwt.of(ann).with("app_metadata", Map.of("org_ids", List.of(second.toString(), "no uuid", 3)));
        byte[] file = uniqueFile();

        imported(as(token), file, mappingInto(second));
        Refusal.of(run(as(token), file, mappingInto(third))).is("forbidden", notAMember(third));
        Refusal.of(run(as(bob), file, mappingInto(second))).is("forbidden", notAMember(second));

        assertEquals(1, (int) as(token).get("/api/contacts?orgId=" + second).path("items.size()"));
        assertEquals(0, (int) as(token).get("/api/contacts").path("items.size()"));
        assertEquals(0, database.count("select count(*) from contacts where org_id = ?", third));
        assertEquals(0, database.count("select count(*) from migration_jobs where org_id = ?", third));
    }

    @Test
    void a_former_member_cannot_retry_an_import_of_the_organisation() {
        UUID org = UUID.randomUUID();
        Jwt member = Jwt.of(ann).with("app_metadata", Map.of("org_ids", List.of(org.toString())));
        String job = imported(as(member), uniqueFile(), mappingInto(org));
        database.update("update migration_jobs set status = 'failed' where id = ?", UUID.fromString(job));

        Refusal.of(as(ann).post("/api/migrations/" + job + "/retry")).is("forbidden", notAMember(org));
        Response again = as(member).post("/api/migrations/" + job + "/retry");
        assertEquals(202, again.statusCode(), again::asString);
        ended(as(member), again.path("jobId"));
    }

    @Test
    void a_user_cannot_act_for_another() {
        String job = imported(as(ann), uniqueFile());

        RequestSpecification bobAsAnn = as(bob).header("X-User-Id", ann);
        Refusal.of(bobAsAnn.get("/api/migrations/" + job)).is("not-found", NO_JOB);
        assertEquals(
                List.of(),
                as(bob).header("X-User-Id", ann).get("/api/migrations").path("items.jobId"));
    }

    @Test
    void a_service_reads_everything() {
        UUID org = UUID.randomUUID();
        String job = imported(as(Jwt.of(ann).with("app_metadata", Map.of("org_id", org.toString()))), uniqueFile());

        assertEquals(job, as(Jwt.ofService()).get("/api/migrations/" + job).path("jobId"));
        assertEquals(
                200,
                as(Jwt.ofService()).get("/api/migrations/" + job + "/rejects").statusCode());
        assertEquals(
                1, (int) as(Jwt.ofService()).get("/api/contacts?orgId=" + org).path("items.size()"));
    }

    @Test
    void a_service_that_names_nobody_can_do_nothing() {
        String job = imported(as(ann), uniqueFile());
        byte[] file = uniqueFile();

        Refusal.of(as(Jwt.ofService()).get("/api/migrations")).is("forbidden", NAME_THE_USER);
        Refusal.of(as(Jwt.ofService()).get("/api/contacts")).is("forbidden", NAME_THE_USER);
        Refusal.of(run(as(Jwt.ofService()), file, Imports.MAPPING)).is("forbidden", NAME_THE_USER);
        Refusal.of(as(Jwt.ofService()).contentType("text/csv").body(file).post("/api/sources"))
                .is("forbidden", NAME_THE_USER);
        Refusal.of(as(Jwt.ofService()).post("/api/migrations/" + job + "/cancel"))
                .is("forbidden", NAME_THE_USER);
        Refusal.of(as(Jwt.ofService()).post("/api/migrations/" + job + "/retry"))
                .is("forbidden", NAME_THE_USER);
    }

    @Test
    void a_service_acts_for_the_user_it_names() {
        Response response = run(as(Jwt.ofService()).header("X-User-Id", ann), uniqueFile(), Imports.MAPPING);

        assertEquals(202, response.statusCode(), response::asString);
        String job = response.path("jobId");
        assertEquals("completed", ended(as(ann), job).path("status"));
        assertEquals(
                List.of(job),
                as(Jwt.ofService())
                        .header("X-User-Id", ann)
                        .get("/api/migrations")
                        .path("items.jobId"));
        Refusal.of(as(Jwt.ofService()).header("X-User-Id", "ann").get("/api/migrations"))
                .is("malformed-request", "X-User-Id must be a UUID.");
    }

    private static RequestSpecification as(UUID user) {
        return as(Jwt.of(user));
    }

    private static RequestSpecification as(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign());
    }

    private static Response run(RequestSpecification caller, byte[] file, String mapping) {
        return caller.multiPart("file", "contacts.csv", file, "text/csv")
                .multiPart("mapping", mapping, "application/json")
                .post(Send.RUN);
    }

    private static String imported(RequestSpecification caller, byte[] file) {
        return imported(caller, file, Imports.MAPPING);
    }

    /** The id of a job that is completed. */
    private static String imported(RequestSpecification caller, byte[] file, String mapping) {
        Response response = run(caller, file, mapping);
        assertEquals(202, response.statusCode(), response::asString);
        String job = response.path("jobId");
        assertEquals("completed", ended(as(Jwt.ofService()), job).path("status"));
        return job;
    }

    private static Response ended(RequestSpecification caller, String job) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            Response response = given(caller).get("/api/migrations/" + job);
            assertEquals(200, response.statusCode(), response::asString);
            if (response.path("finishedAt") != null) return response;
            assertTrue(System.nanoTime() < deadline, response::asString);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String source(RequestSpecification caller, byte[] file) {
        return caller.contentType("text/csv").body(file).post("/api/sources").path("sourceId");
    }

    private static byte[] uniqueFile() {
        return Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee");
    }

    private static String mappingInto(UUID org) {
        return Imports.MAPPING.replaceFirst("\\{", "{\"orgId\": \"" + org + "\", ");
    }

    private static String notAMember(UUID org) {
        return "You are not a member of organisation " + org + ".";
    }
}
