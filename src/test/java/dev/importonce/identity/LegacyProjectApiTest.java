package dev.importonce.identity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.ServiceRole;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The service beside a project's own tables and clients, connected as the role that it is meant to have. */
@QuarkusTest
@QuarkusTestResource(value = ServiceRole.class, restrictToAnnotatedClass = true)
@TestProfile(WithTokens.class)
class LegacyProjectApiTest {
    private static final UUID OWNER = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID STRANGER = UUID.fromString("00000000-0000-4000-8000-000000000003");

    Database database;

    @Test
    void it_connects_as_its_own_role() {
        as(OWNER).get("/api/migrations").then().statusCode(200);
        assertTrue(database.count(
                        "select count(*) from pg_stat_activity where usename = 'importonce' and datname = current_database()")
                > 0);
    }

    @Test
    void a_file_is_imported_and_imported_again() {
        byte[] file = Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee", "no address,Bob,Lee");
        JsonPath first = imported(file);
        assertEquals("completed", first.getString("status"));
        assertEquals(1, first.getInt("progress.inserted"));
        assertEquals(1, first.getInt("progress.rejected"));
        assertEquals(1, imported(file).getInt("progress.unchanged"));
        assertEquals(
                200,
                as(STRANGER)
                        .get("/api/migrations/" + first.getString("jobId") + "/rejects")
                        .statusCode());
    }

    /** Where a policy for the duplicate is missing, the first click works and the second fails. */
    @Test
    void a_double_click_is_one_job() {
        byte[] file = Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee");
        // Nothing can be merged meanwhile, so the first job is at work until both have been answered.
        database.whileHolding("lock table contacts in exclusive mode", () -> {
            Response first = submitted(file);
            Response second = submitted(file);
            assertEquals(202, first.statusCode(), first::asString);
            assertEquals(200, second.statusCode(), second::asString);
            assertEquals((String) first.path("jobId"), second.path("jobId"));
            assertEquals(1, database.count("select duplicate_requests from migration_jobs where id = ?::uuid", (String)
                    first.path("jobId")));
        });
    }

    @Test
    void chats_messages_and_the_queue_work_too() {
        Response chat = as(STRANGER)
                .contentType("application/json")
                .body(Map.of("participants", List.of(STRANGER, OWNER)))
                .post("/api/chats/create-or-get");
        assertEquals(201, chat.statusCode(), chat::asString);
        Response again = as(OWNER)
                .contentType("application/json")
                .body(Map.of("participants", List.of(OWNER, STRANGER)))
                .post("/api/chats/create-or-get");
        assertEquals(200, again.statusCode(), again::asString);
        assertEquals((String) chat.path("chat.id"), again.path("chat.id"));
        as(STRANGER)
                .contentType("application/json")
                .body(Map.of("body", "hello"))
                .post("/api/chats/" + chat.path("chat.id") + "/messages")
                .then()
                .statusCode(201);
        Map<String, Object> item =
                Map.of("campaignId", "c", "prospectId", "p", "step", 1, "channel", "x", "body", "hi");
        for (boolean created : new boolean[] {true, false}) {
            Response queued = as(STRANGER)
                    .contentType("application/json")
                    .body(Map.of("items", List.of(item)))
                    .post("/api/send-queue");
            assertEquals(List.of(created), queued.path("items.created"), queued::asString);
        }
        assertEquals(
                200,
                as(Jwt.ofService())
                        .post("/api/cron/process-send-queue?budget=PT1S")
                        .statusCode());
    }

    @Test
    void jobs_from_before_are_listed_with_what_is_known() {
        Response jobs = as(OWNER).get("/api/migrations");
        assertEquals(200, jobs.statusCode(), jobs::asString);
        List<String> names = jobs.path("items.fileName");
        assertEquals(12, names.size());
        for (String id : jobs.<List<String>>path("items.jobId"))
            assertEquals(200, as(OWNER).get("/api/migrations/" + id).statusCode());

        JsonPath done =
                as(OWNER).get("/api/migrations/" + job("stays in its own word")).jsonPath();
        assertEquals("completed", done.getString("status"));
        assertEquals(100, done.getInt("progress.percent"));
        assertEquals(null, done.getString("fileSha256"));
        assertEquals(null, done.getString("fileBytes"));
        assertEquals(
                404,
                as(STRANGER)
                        .get("/api/migrations/" + job("stays in its own word"))
                        .statusCode());
        assertEquals(
                "_row,_reason",
                as(OWNER)
                        .get("/api/migrations/" + job("stays completed") + "/rejects")
                        .asString()
                        .strip());
    }

    @Test
    void older_jobs_can_be_cancelled_but_not_worked_or_retried() {
        String job = job("stays other file");
        imported(Imports.csv(UUID.randomUUID() + "@example.com,Ann,Lee"));
        assertEquals(
                200,
                as(Jwt.ofService())
                        .post("/api/cron/process-imports?budget=PT1S")
                        .statusCode());
        assertEquals(List.of(List.of(0L, false, "pending")), database.rows("""
                        select (select count(*) from import_chunks c where c.job_id = j.id), j.started_at is not null, j.status
                        from migration_jobs j where j.id = ?::uuid
                        """, job));
        assertEquals("pending", as(OWNER).get("/api/migrations/" + job).path("status"));

        Response cancelled = as(OWNER).post("/api/migrations/" + job + "/cancel");
        assertEquals("cancelled", cancelled.path("status"), cancelled::asString);
        Refusal.of(as(OWNER).post("/api/migrations/" + job + "/retry"))
                .is("source-gone", "The file of this job was never kept here. Send it again as a new import.");
    }

    /** Two rows that any browser could write, when the policies were weaker, and what became of one when it was cancelled. */
    @Test
    void rows_of_a_browser_stop_nobody_whatever_is_in_them() {
        UUID user = UUID.randomUUID();
        database.update("insert into auth.users (id) values (?)", user);
        for (String mapping : List.of("{\"undoable\": \"banana\"}", "{\"undoable\": true}", "[]", "\"x\""))
            database.update(
                    "insert into migration_jobs (user_id, target, mapping) values (?, 'x', ?::jsonb)", user, mapping);
        database.update(
                "insert into migration_jobs (user_id, target, mapping, created_at) values (?, 'x', '{}', 'infinity')",
                user);
        database.update("""
                insert into migration_jobs (user_id, target, mapping, status, finished_at, before_images)
                values (?, 'x', '{"undoable": true}', 'cancelled', now() - interval '1 year', true)
                """, user);
        database.update(
                "insert into uploads (id, user_id, touched_at) values (gen_random_uuid(), ?, now() - interval '2 days')",
                user);

        Response list = as(user).get("/api/migrations?limit=1");
        assertEquals(200, list.statusCode(), list::asString);
        list = as(user).get("/api/migrations");
        assertEquals(200, list.statusCode(), list::asString);
        List<String> jobs = list.path("items.jobId");
        assertEquals(6, jobs.size());
        for (String job : jobs) {
            assertEquals(200, as(user).get("/api/migrations/" + job).statusCode());
            Response cancelled = as(user).post("/api/migrations/" + job + "/cancel");
            assertTrue(List.of(200, 409).contains(cancelled.statusCode()), cancelled::asString);
            assertEquals(410, as(user).post("/api/migrations/" + job + "/retry").statusCode());
            assertEquals(409, as(user).post("/api/migrations/" + job + "/undo").statusCode());
        }
        for (String queue : List.of("imports", "send-queue")) {
            Response cron = as(Jwt.ofService()).post("/api/cron/process-" + queue + "?budget=PT1S");
            assertEquals(200, cron.statusCode(), cron::asString);
        }
        assertEquals(0, database.count("select count(*) from uploads where user_id = ?", user), "retention went on");
        assertEquals(
                5,
                database.count(
                        "select count(*) from migration_jobs where user_id = ? and status = 'cancelled' and not before_images",
                        user));
    }

    @Test
    void nothing_of_it_is_taken_for_damage_but_what_is() {
        Response integrity = as(Jwt.ofService()).get("/api/integrity");
        // Its chats, made twice.
        assertEquals(List.of("duplicate-chats"), integrity.path("checks.findAll { !it.ok }.name"), integrity::asString);
    }

    private String job(String name) {
        return database.rows("select id from migration_jobs where file_name = ? order by created_at limit 1", name)
                .get(0)
                .get(0)
                .toString();
    }

    private static JsonPath imported(byte[] file) {
        Response run = submitted(file);
        assertEquals(202, run.statusCode(), run::asString);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            JsonPath job =
                    as(STRANGER).get("/api/migrations/" + run.path("jobId")).jsonPath();
            if (job.get("finishedAt") != null) return job;
            assertTrue(System.nanoTime() < deadline, job::prettify);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static Response submitted(byte[] file) {
        return as(STRANGER)
                .multiPart("file", "c.csv", file, "text/csv")
                .multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/run");
    }

    private static RequestSpecification as(UUID user) {
        return as(Jwt.of(user));
    }

    private static RequestSpecification as(Jwt token) {
        return given().header("Authorization", "Bearer " + token.sign());
    }
}
