package dev.importonce.job.chunk;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept, and for how long. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class RetentionTest extends ChunksByHand {
    private final Retention retention;

    RetentionTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts, Retention retention) {
        super(worker, claims, cuts);
        this.retention = retention;
    }

    @Test
    void an_upload_that_was_broken_off_is_removed_after_a_day() {
        database.update(
                "insert into uploads (id, user_id, touched_at) values (gen_random_uuid(), gen_random_uuid(), now() - interval '25 hours')");
        database.update(
                "insert into uploads (id, user_id, touched_at) values (gen_random_uuid(), gen_random_uuid(), now() - interval '23 hours')");

        retention.sweep();

        assertEquals(0, database.count("select count(*) from uploads where touched_at < now() - interval '1 day'"));
        assertEquals(1, database.count("select count(*) from uploads where touched_at < now() - interval '22 hours'"));
    }

    @Test
    void a_source_is_removed_30_days_after_the_end_of_its_last_job() {
        String sourceId = source("kept@example.com,Ann,Lee");
        String job = run(sourceId, 202);
        workToTheEnd();
        database.update("update sources set last_used_at = now() - interval '60 days' where id = ?::uuid", sourceId);

        database.update("update migration_jobs set finished_at = now() - interval '29 days' where id = ?::uuid", job);
        retention.sweep();
        assertEquals(
                1,
                database.count("select count(*) from sources where id = ?::uuid and upload_id is not null", sourceId));

        database.update("update migration_jobs set finished_at = now() - interval '31 days' where id = ?::uuid", job);
        retention.sweep();
        run(sourceId, 410);

        String again = source("kept@example.com,Ann,Lee");
        run(again, 202);
    }

    @Test
    void a_source_of_an_unfinished_job_is_kept_whatever_its_age() {
        String sourceId = source("waiting@example.com,Ann,Lee");
        run(sourceId, 202);
        database.update("update sources set last_used_at = now() - interval '60 days' where id = ?::uuid", sourceId);

        retention.sweep();

        assertEquals(
                1,
                database.count("select count(*) from sources where id = ?::uuid and upload_id is not null", sourceId));
    }

    @Test
    void staging_rows_of_an_ended_job_are_removed_and_others_stay() {
        String ended = staged("ended@example.com");
        // As a merge leaves them that held them while its job was cancelled, and whose worker died.
        database.update("create table held as select * from target_staging where job_id = ?::uuid", ended);
        given().post("/api/migrations/" + ended + "/cancel").then().statusCode(200);
        database.update("insert into target_staging select * from held");
        database.update("drop table held");
        assertEquals(1, staging(ended));
        String running = staged("running@example.com");

        retention.sweep();

        assertEquals(0, staging(ended));
        assertEquals(1, staging(running));
    }

    @Test
    void a_client_key_is_new_again_after_30_days() {
        byte[] file = Imports.csv("key@example.com,Ann,Lee");
        String first = given().spec(Imports.request(file, Imports.MAPPING))
                .header("Idempotency-Key", "k")
                .post("/api/migrations/run")
                .path("jobId");
        workToTheEnd();
        String second = given().spec(Imports.request(file, Imports.MAPPING))
                .header("Idempotency-Key", "k")
                .post("/api/migrations/run")
                .path("jobId");
        assertEquals(first, second);

        database.update("update idempotency_keys set created_at = now() - interval '31 days'");
        given().spec(Imports.request(file, Imports.MAPPING))
                .header("Idempotency-Key", "k")
                .post("/api/migrations/run")
                .then()
                .statusCode(202);

        database.update("update idempotency_keys set created_at = now() - interval '31 days'");
        retention.sweep();
        assertEquals(0, database.count("select count(*) from idempotency_keys"));
    }

    @Test
    void a_mapping_is_forgotten_when_it_was_not_used_for_400_days() {
        database.update("truncate remembered_mappings");
        for (String days : List.of("399", "401"))
            database.update(
                    "insert into remembered_mappings (org_id, columns_sha256, target, mapping, used_at) values (gen_random_uuid(), sha256('x'), 'contacts', '{}', now() - ?::interval)",
                    days + " days");

        retention.sweep();

        assertEquals(1, database.count("select count(*) from remembered_mappings"));
        assertEquals(
                1,
                database.count("select count(*) from remembered_mappings where used_at > now() - interval '400 days'"));
    }

    /** A table of somebody else's refers to two of them. */
    @Test
    void what_cannot_be_removed_does_not_keep_the_rest() {
        String kept = source("kept@example.com,Ann,Lee");
        String removed = source("removed@example.com,Ann,Lee");
        database.update(
                "update sources set last_used_at = now() - interval '31 days' where id = any (?::uuid[])",
                "{" + kept + "," + removed + "}");
        for (String hours : List.of("26", "25"))
            database.update(
                    "insert into uploads (id, user_id, touched_at) values (gen_random_uuid(), gen_random_uuid(), now() - ?::interval)",
                    hours + " hours");
        database.update(
                "create table theirs (id uuid, user_id uuid, foreign key (id, user_id) references uploads (id, user_id))");
        database.update("""
                insert into theirs
                select id, user_id from uploads where touched_at < now() - interval '25 hours 30 minutes'
                union all
                select upload_id, user_id from sources where id = ?::uuid
                """, kept);
        try {
            assertThrows(IllegalStateException.class, retention::sweep, "it is told, too");

            assertEquals(
                    0,
                    database.count(
                            "select count(*) from sources where id = ?::uuid and upload_id is not null", removed));
            assertEquals(1, database.count("select count(*) from uploads where touched_at < now() - interval '1 day'"));
            assertEquals(
                    1,
                    database.count("select count(*) from sources where id = ?::uuid and upload_id is not null", kept));
        } finally {
            database.update("drop table theirs");
        }
        retention.sweep();
        assertEquals(0, database.count("select count(*) from uploads where touched_at < now() - interval '1 day'"));
        run(kept, 410);
    }

    /** Each pass asks about what it has not seen yet; those that are there to stay would be more and more. */
    @Test
    void an_upload_that_became_a_source_is_asked_about_once() {
        String sourceId = source("old@example.com,Ann,Lee");
        database.update("update uploads set touched_at = now() - interval '2 days'");

        retention.sweep();

        assertEquals(0, database.count("select count(*) from uploads where touched_at < now()"));
        run(sourceId, 202);
    }

    private long staging(String job) {
        return database.count("select count(*) from target_staging where job_id = ?::uuid", job);
    }

    /** A job that has been read and waits to be merged. */
    private String staged(String email) {
        String job = run(source(email + ",Ann,Lee"), 202);
        while (staging(job) == 0) worker.workOne();
        return job;
    }

    private static String source(String row) {
        return given().contentType("text/csv")
                .body(Imports.csv(row))
                .post("/api/sources")
                .path("sourceId");
    }

    private static String run(String sourceId, int status) {
        return given().contentType("application/json")
                .body("{\"sourceId\": \"" + sourceId + "\", \"mapping\": " + Imports.MAPPING + "}")
                .post("/api/migrations/run")
                .then()
                .statusCode(status)
                .extract()
                .path("jobId");
    }
}
