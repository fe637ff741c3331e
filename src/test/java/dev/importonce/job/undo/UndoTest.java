package dev.importonce.job.undo;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import dev.importonce.job.chunk.ChunkClaim;
import dev.importonce.job.chunk.ChunkClaims;
import dev.importonce.job.chunk.ChunkWorker;
import dev.importonce.queue.LeaseLost;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An undo step by step: who may write when, what a failure leaves, what others do meanwhile. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class UndoTest extends ChunksByHand {
    private static final String[] FOUR = {
        "a@example.com,New,B", "b@example.com,New,B", "c@example.com,New,B", "d@example.com,New,B"
    };

    private final UndoStep undo;
    private final BeforeImages images;

    UndoTest(ChunkWorker worker, ChunkClaims claims, UndoStep undo, BeforeImages images, Cuts cuts) {
        super(worker, claims, cuts);
        this.undo = undo;
        this.images = images;
    }

    @AfterEach
    void all_is_well() {
        JsonPath integrity = RestAssured.get("/api/integrity").jsonPath();
        assertTrue(integrity.getBoolean("ok"), integrity::prettify);
    }

    @Test
    void progress_is_shown_share_by_share() {
        String job = completedJobOfTwoShares();
        Undos.ask(job).then().statusCode(202);
        JsonPath begun = Imports.job(job);
        assertEquals("processing", begun.getString("undo.status"));
        assertEquals(0, begun.getInt("undo.percent"));
        assertNull(begun.get("undoneAt"));

        worker.workOne();

        JsonPath half = Imports.job(job);
        assertEquals("processing", half.getString("undo.status"));
        assertEquals("completed", half.getString("status"));
        assertEquals(half.getInt("undo.undone") * 25, half.getInt("undo.percent"));
        workToTheEnd();
        assertEquals(100, Imports.job(job).getInt("undo.percent"));
        assertEquals(0, database.count("select count(*) from contacts"));
    }

    @Test
    void a_worker_that_lost_its_lease_leaves_the_undo_to_its_rescuer() {
        String job = completedJobOfTwoShares();
        Undos.ask(job).then().statusCode(202);
        ChunkClaim stale = claims.claim().orElseThrow();
        assertEquals(ChunkClaim.Step.UNDOING, stale.step());
        database.update("update import_chunks set due_at = now() where status = 'processing'");
        ChunkClaim rescuer = claims.claim().orElseThrow();
        assertEquals(stale.ordinal(), rescuer.ordinal());

        // The before-images are still there for both: only the token tells them apart.
        assertThrows(LeaseLost.class, () -> undo.run(stale));
        assertEquals(4, database.count("select count(*) from contacts"));
        undo.run(rescuer);
        assertThrows(LeaseLost.class, () -> undo.run(stale));
        assertThrows(LeaseLost.class, () -> undo.run(rescuer));
        workToTheEnd();

        assertEquals(4, Imports.job(job).getInt("undo.undone"));
        assertEquals(0, database.count("select count(*) from contacts"));
    }

    @Test
    void a_killed_workers_share_is_done_by_another_after_its_lease() {
        String job = completedJobOfTwoShares();
        Undos.ask(job).then().statusCode(202);
        claims.claim().orElseThrow();
        workToTheEnd();
        assertEquals("processing", Imports.job(job).getString("undo.status"));

        database.update("update import_chunks set due_at = now() where status = 'processing'");
        workToTheEnd();

        assertEquals("completed", Imports.job(job).getString("undo.status"));
        assertEquals(4, Imports.job(job).getInt("undo.undone"));
    }

    @Test
    void a_claim_that_is_given_back_is_done_by_another_at_once() {
        String job = completedJobOfTwoShares();
        Undos.ask(job).then().statusCode(202);
        claims.giveBack(claims.claim().orElseThrow());

        workToTheEnd();

        assertEquals(4, Imports.job(job).getInt("undo.undone"));
        assertEquals(0, database.count("select count(*) from import_chunks where step = 'undoing' and attempts <> 1"));
    }

    @Test
    void the_cron_endpoint_works_an_undo_as_well() {
        String job = completedJobOfTwoShares();
        Undos.ask(job).then().statusCode(202);

        Response run = given().post("/api/cron/process-imports");

        assertEquals(200, run.statusCode(), run::asString);
        assertEquals(2, (int) run.path("processed"));
        assertEquals("completed", Imports.job(job).getString("undo.status"));
    }

    @Test
    void an_undo_that_always_fails_shows_why_and_can_be_asked_again() {
        String job = completedJobOfTwoShares();
        database.update("""
                create function fail_inside() returns trigger language plpgsql as $$
                begin raise exception 'seeded failure' using errcode = 'internal_error'; end $$
                """);
        database.update("""
                create trigger seeded before delete on contacts
                for each row when (old.email = 'a@example.com') execute function fail_inside()
                """);
        try {
            Undos.ask(job).then().statusCode(202);
            ChunkClaim other = claimOtherThanOf("a@example.com");
            workUntilItHasFailed();

            JsonPath failed = Imports.job(job);
            assertEquals("completed", failed.getString("status"));
            assertEquals("failed", failed.getString("undo.status"));
            String error = failed.getString("undo.error.detail");
            assertEquals(
                    "A part of the rows could not be undone, also after 5 attempts. Undo the job once more; if it fails again, report it.",
                    error);
            assertNull(failed.get("error"));
            assertNull(failed.get("undoneAt"));
            assertThrows(LeaseLost.class, () -> undo.run(other), "stopped with the others");
            database.update("update import_chunks set due_at = now() where status = 'processing'");
            assertFalse(worker.workOne(), "nothing is left to claim");
            assertEquals(4, database.count("select count(*) from contacts"));
        } finally {
            database.update("drop trigger seeded on contacts");
            database.update("drop function fail_inside()");
        }

        Undos.ask(job).then().statusCode(202);
        assertNull(Imports.job(job).get("undo.error"));
        workToTheEnd();

        assertEquals("completed", Imports.job(job).getString("undo.status"));
        assertEquals(4, Imports.job(job).getInt("undo.undone"));
        assertEquals(0, database.count("select count(*) from contacts"));
    }

    @Test
    void a_contact_that_another_table_needs_is_kept() {
        String job = completedJobOfTwoShares();
        database.update("create table referrers (id uuid, org_id uuid, foreign key (id, org_id) references contacts)");
        database.update("insert into referrers select id, org_id from contacts where email = 'a@example.com'");
        try {
            Undos.ask(job).then().statusCode(202);
            workToTheEnd();

            JsonPath undone = Imports.job(job);
            assertEquals(3, undone.getInt("undo.undone"));
            assertEquals(List.of("refused"), undone.getList("undo.kept.reason"));
            assertEquals(List.of("a@example.com"), undone.getList("undo.kept.email"));
            assertEquals(List.of(Map.of("email", "a@example.com")), undone.getList("undo.kept.key"));
            assertEquals(
                    database.rows("select id::text from contacts").get(0),
                    List.of(undone.getString("undo.kept[0].id")));
        } finally {
            database.update("drop table referrers");
        }
    }

    /** Instances of an earlier version write them, and nobody else does. */
    @Test
    void images_of_an_earlier_version_are_undone() {
        completed(Imports.MAPPING, "old@example.com,Old,B");
        String job = completed(Undos.MAPPING, "old@example.com,New,B", "new@example.com,New,B");
        database.update("truncate target_before_images");
        database.update("""
                insert into contact_before_images (job_id, user_id, share, part, contact_id, email, before, after, attributes_before,
                    attributes_after)
                select ?::uuid, org_id, 0, 0, array_agg(id order by email), array_agg(email order by email),
                       array[null, '{"firstName": "Old"}']::jsonb[],
                       array['{"email": "new@example.com", "firstName": "New", "lastName": "B", "phone": null, "company": null}',
                           '{"firstName": "New"}']::jsonb[],
                       array[null, '{}']::jsonb[], array['{}', '{}']::jsonb[]
                from contacts
                group by org_id
                """, job);
        database.update("update contacts set company = 'Ours' where email = 'old@example.com'");

        Undos.ask(job).then().statusCode(202);
        workToTheEnd();

        JsonPath undone = Imports.job(job);
        assertEquals(2, undone.getInt("undo.undone"), undone::prettify);
        assertEquals(0, undone.getInt("undo.keptCount"), undone::prettify);
        assertEquals(
                List.of(List.of("old@example.com", "Old", "Ours")),
                database.rows("select email, first_name, company from contacts"));
        assertEquals(0, database.count("select count(*) from contact_before_images"));
    }

    @Test
    void of_ten_calls_at_once_exactly_one_is_accepted() {
        for (int round = 0; round < 5; round++) {
            String job = completedJobOfTwoShares();
            List<Response> answers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> Undos.ask(job), task -> new Thread(task).start()))
                    .limit(10)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertEquals(
                    1,
                    answers.stream()
                            .filter(answer -> answer.statusCode() == 202)
                            .count());
            for (Response answer : answers)
                if (answer.statusCode() != 202) Refusal.of(answer).is("conflict", "The job is being undone already.");
            assertEquals(2, database.count("select count(*) from import_chunks where step = 'undoing' and token = 0"));
            workToTheEnd();
            database.update("truncate migration_jobs cascade");
        }
    }

    @Test
    void two_last_shares_that_end_at_the_same_moment_end_the_undo() throws Exception {
        for (int round = 0; round < 5; round++) {
            String job = completedJobOfTwoShares();
            Undos.ask(job).then().statusCode(202);
            List<CompletableFuture<Void>> both = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.runAsync(worker::workOne, task -> new Thread(task).start()))
                    .toList();
            for (CompletableFuture<Void> one : both) one.get();
            assertEquals("completed", Imports.job(job).getString("undo.status"));
        }
    }

    @Test
    @Timeout(60)
    void what_somebody_commits_while_the_undo_waits_for_it_is_kept() throws SQLException {
        String job = completed(Undos.MAPPING, FOUR);
        Undos.ask(job).then().statusCode(202);
        CompletableFuture<Void> undoing;
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("update contacts set first_name = 'Newer' where email = 'b@example.com'");
            undoing = CompletableFuture.runAsync(worker::workOne, task -> new Thread(task).start());
            database.awaitBlocked(undoing);
            other.commit();
        }
        undoing.join();

        JsonPath undone = Imports.job(job);
        assertEquals("completed", undone.getString("undo.status"));
        assertEquals(List.of("b@example.com"), undone.getList("undo.kept.email"));
        assertEquals(List.of(List.of("Newer")), database.rows("select first_name from contacts"));
    }

    @Test
    @Timeout(60)
    void the_before_image_is_what_was_there_when_it_was_overwritten() throws SQLException {
        completed(Imports.MAPPING, "b@example.com,Old,B");
        String job = Imports.run(Imports.csv(FOUR), Undos.MAPPING).path("jobId");
        worker.workOne();
        CompletableFuture<Void> merging;
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("update contacts set first_name = 'Between' where email = 'b@example.com'");
            // Nobody sees it before it is there.
            other.createStatement()
                    .execute("insert into contacts (org_id, email, first_name, updated_at)"
                            + " select org_id, 'c@example.com', 'Between', now() + interval '1 second' from contacts");
            merging = CompletableFuture.runAsync(worker::workOne, task -> new Thread(task).start());
            database.awaitBlocked(merging);
            other.commit();
        }
        merging.join();
        assertEquals(2, Imports.job(job).getInt("progress.inserted"));
        assertEquals(2, Imports.job(job).getInt("progress.updated"));
        assertEquals(List.of(List.of(4L)), database.rows("select count(*) from contacts where first_name = 'New'"));

        Undos.ask(job).then().statusCode(202);
        workToTheEnd();

        assertEquals(
                List.of(List.of("b@example.com", "Between"), List.of("c@example.com", "Between")),
                database.rows("select email, first_name from contacts order by email"));
        assertEquals(4, Imports.job(job).getInt("undo.undone"));
    }

    @Test
    @Timeout(120)
    void an_undo_and_an_import_of_one_file_at_once_both_succeed() {
        String[] rows = IntStream.range(0, 300)
                .mapToObj(i -> "p" + i + "@example.com,New,B")
                .toArray(String[]::new);
        String[] some = Stream.of(rows)
                .filter(row -> row.hashCode() % 2 == 0)
                .map(row -> row.replace("New", "Old"))
                .toArray(String[]::new);
        for (int round = 0; round < 10; round++) {
            database.update("delete from contacts");
            completed(Imports.MAPPING, some);
            cuts.set(100, 100);
            String job = completed(Undos.MAPPING, rows);
            String[] others = round % 2 == 0
                    ? rows
                    : Stream.of(rows).map(row -> row.replace("New", "Newer")).toArray(String[]::new);
            String again = Imports.run(Imports.csv(others), round % 3 == 0 ? Imports.MAPPING : Undos.MAPPING)
                    .path("jobId");
            while (Imports.job(again).getString("progress.phase").equals("reading")) worker.workOne();
            Undos.ask(job).then().statusCode(202);

            List<CompletableFuture<Void>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                workers.add(CompletableFuture.runAsync(this::workToTheEnd, task -> new Thread(task).start()));
            workers.forEach(CompletableFuture::join);

            assertEquals("completed", Imports.job(again).getString("status"));
            JsonPath undone = Imports.job(job);
            assertEquals("completed", undone.getString("undo.status"));
            assertEquals(300, undone.getInt("undo.undone") + undone.getInt("undo.keptCount"));
            assertEquals(
                    0, database.count("select count(*) from import_chunks where attempts <> 1"), "none was repeated");
            assertEquals(
                    0,
                    database.count(
                            "select count(*) from contacts where first_name not in ('Old', 'New', 'Newer') or last_name <> 'B'"));
            if (round % 2 == 1)
                assertEquals(
                        300,
                        database.count("select count(*) from contacts where first_name = 'Newer'"),
                        "the import has them all");
        }
    }

    @Test
    void before_images_are_kept_30_days_and_then_the_undo_is_refused() {
        String job = completed(Undos.MAPPING, FOUR);
        finished(job, "29 days");
        images.sweep();
        assertEquals(4, database.count("select count(*) from target_before_images"));

        finished(job, "31 days");
        images.sweep();
        assertEquals(0, database.count("select count(*) from target_before_images"));
        // The clock alone would allow it.
        finished(job, "1 day");

        Refusal.of(Undos.ask(job))
                .is("conflict", "The job can no longer be undone: what it replaced was kept for 30 days.");
        assertEquals(4, database.count("select count(*) from contacts"));
    }

    /** One cannot be swept, of one another version knows the target. */
    @Test
    void what_cannot_be_swept_does_not_keep_the_others() {
        List<String> jobs =
                Stream.of(FOUR).map(row -> completed(Undos.MAPPING, row)).toList();
        jobs.forEach(job -> finished(job, "31 days"));
        database.update("update migration_jobs set target = 'of another version' where id = ?::uuid", jobs.get(1));
        database.update("create table theirs (job_id uuid, user_id uuid, share integer, owner_id uuid, n integer,"
                + " foreign key (job_id, user_id, share, owner_id, n) references target_before_images)");
        database.update(
                "insert into theirs select job_id, user_id, share, owner_id, n from target_before_images where job_id = ?::uuid",
                jobs.get(0));
        try {
            assertThrows(IllegalStateException.class, images::sweep, "it is told, too");

            assertEquals(
                    List.of(List.of(jobs.get(0)), List.of(jobs.get(1))),
                    database.rows("select job_id::text from target_before_images order by job_id"));
            assertEquals(2, database.count("select count(*) from migration_jobs where before_images"));
        } finally {
            database.update("drop table theirs");
            database.update("update migration_jobs set target = 'contacts'");
        }
        images.sweep();
        assertEquals(0, database.count("select count(*) from target_before_images"));
    }

    @Test
    void an_undo_that_is_under_way_keeps_what_it_needs() {
        String job = completed(Undos.MAPPING, FOUR);
        Undos.ask(job).then().statusCode(202);
        finished(job, "31 days");

        images.sweep();
        workToTheEnd();

        assertEquals(4, Imports.job(job).getInt("undo.undone"));
    }

    @Test
    void a_job_cancelled_during_its_merge_leaves_no_before_images() {
        cuts.set(100, 2);
        String job = Imports.run(Imports.csv(FOUR), Undos.MAPPING).path("jobId");
        worker.workOne();
        worker.workOne();
        assertTrue(database.count("select count(*) from target_before_images") > 0);
        given().post("/api/migrations/" + job + "/cancel").then().statusCode(200);

        images.sweep();

        assertEquals(0, database.count("select count(*) from target_before_images"));
        Refusal.of(Undos.ask(job)).is("conflict", "Only a completed job can be undone; this one is cancelled.");
    }

    @Test
    void all_contacts_of_several_rows_of_before_images_are_undone() {
        String[] rows = IntStream.range(0, 1201)
                .mapToObj(i -> "p" + i + "@example.com,New,B")
                .toArray(String[]::new);
        completed(Imports.MAPPING, rows[1000].replace("New", "Old"));
        String job = completed(Undos.MAPPING, rows);
        assertEquals(1201, database.count("select count(*) from target_before_images"));

        Undos.ask(job).then().statusCode(202);
        workToTheEnd();

        assertEquals(1201, Imports.job(job).getInt("undo.undone"));
        assertEquals(List.of(List.of("Old")), database.rows("select first_name from contacts"));
    }

    @Test
    void a_job_that_changed_nothing_is_undone_at_once() {
        completed(Imports.MAPPING, FOUR);
        String job = completed(Undos.MAPPING, FOUR);

        Undos.ask(job).then().statusCode(202);
        assertEquals(0, Imports.job(job).getInt("undo.percent"));
        workToTheEnd();

        JsonPath undone = Imports.job(job);
        assertNotNull(undone.getString("undoneAt"));
        assertEquals(0, undone.getInt("undo.total"));
        assertEquals(100, undone.getInt("undo.percent"));
        assertEquals(4, database.count("select count(*) from contacts"));
    }

    private String completedJobOfTwoShares() {
        // Two fifths of it: it can be undone.
        cuts.set(100, 5);
        return completed(Undos.MAPPING, FOUR);
    }

    private String completed(String mapping, String... rows) {
        String job = Imports.run(Imports.csv(rows), mapping).path("jobId");
        workToTheEnd();
        assertEquals("completed", Imports.job(job).getString("status"));
        return job;
    }

    /** Claims the share that does not have the contact, and leaves the other to be worked. */
    private ChunkClaim claimOtherThanOf(String email) {
        ChunkClaim first = claims.claim().orElseThrow();
        if (database.count(
                        "select count(*) from target_before_images where share = ? and ? = any (key)",
                        first.ordinal(),
                        email)
                == 0) return first;
        ChunkClaim second = claims.claim().orElseThrow();
        claims.giveBack(first);
        return second;
    }

    private void workUntilItHasFailed() {
        for (int attempt = 0; attempt < 5; attempt++) {
            worker.workOne();
            database.update("update import_chunks set due_at = now() where status = 'pending'");
        }
    }

    private void finished(String job, String ago) {
        database.update("update migration_jobs set finished_at = now() - ?::interval where id = ?::uuid", ago, job);
    }
}
