package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.queue.LeaseLost;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Incident 2: 5,000 records in 25 chunks of 200 that run in parallel, fail and are retried. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(BatchOfFiveThousandTest.ChunksOf200.class)
class BatchOfFiveThousandTest {
    private static final int RECORDS = 5000;
    private static final int PEOPLE = 4200;
    private static final int BROKEN = 100;

    Database database;

    private final ChunkWorker worker;
    private final ChunkClaims claims;
    private final ReadStep read;
    private final MergeStep merge;

    BatchOfFiveThousandTest(ChunkWorker worker, ChunkClaims claims, ReadStep read, MergeStep merge) {
        this.worker = worker;
        this.claims = claims;
        this.read = read;
        this.merge = merge;
    }

    @BeforeEach
    void nobody_is_stored() {
        database.update("delete from contacts");
    }

    @Test
    void many_workers_on_the_same_batch_make_no_duplicate() throws Exception {
        String job = submit();
        assertEquals(
                25,
                database.count("select count(*) from import_chunks where job_id = ?::uuid and step = 'reading'", job));

        workInParallel(8);

        assertAsIfByOneWorkerThatNeverFailed(job);
    }

    /** The merge asks for the first address and every hundredth: whether any is known. This one is the second. */
    @Test
    void a_known_contact_among_new_ones_is_found_and_not_rewritten() {
        String known = "select ctid::text, xmin::text from contacts where email = 'b@example.com'";
        completed("b@example.com,B,C");
        List<List<Object>> before = database.rows(known);

        String same = completed("a@example.com,A,B", "b@example.com,B,C", "c@example.com,C,D");
        assertEquals(2, Imports.job(same).getInt("progress.inserted"));
        assertEquals(1, Imports.job(same).getInt("progress.unchanged"));
        assertEquals(before, database.rows(known));

        database.update("delete from contacts where email <> 'b@example.com'");
        String changed = completed("a@example.com,A,B", "b@example.com,B,New");
        assertEquals(1, Imports.job(changed).getInt("progress.inserted"));
        assertEquals(1, Imports.job(changed).getInt("progress.updated"));
        assertEquals(
                "New",
                database.rows("select last_name from contacts where email = 'b@example.com'")
                        .get(0)
                        .get(0));
    }

    private String completed(String... rows) {
        String job = Imports.run(Imports.csv(rows), Imports.MAPPING).path("jobId");
        while (worker.workOne()) Thread.onSpinWait();
        assertEquals("completed", Imports.job(job).getString("status"));
        return job;
    }

    @Test
    void a_chunk_that_fails_three_times_is_retried_and_counted_once() throws Exception {
        database.update("create sequence failures");
        database.update("""
                create function fail_thrice() returns trigger language plpgsql as $$
                begin
                    if nextval('failures') <= 3 then raise exception 'seeded failure'; end if;
                    return new;
                end $$
                """);
        database.update(
                "create trigger seeded before insert on target_staging for each row when (new.block = 7) execute function fail_thrice()");
        try {
            String job = submit();
            workInParallel(2);
            while (Imports.job(job).getString("status").equals("processing")) {
                database.update("update import_chunks set due_at = now() where status = 'pending'");
                workInParallel(2);
            }

            assertEquals(
                    4,
                    database.count(
                            "select attempts from import_chunks where job_id = ?::uuid and step = 'reading' and ordinal = 7",
                            job));
            assertAsIfByOneWorkerThatNeverFailed(job);
        } finally {
            database.update("drop trigger seeded on target_staging");
            database.update("drop function fail_thrice()");
            database.update("drop sequence failures");
        }
    }

    @Test
    void a_worker_that_lost_its_lease_while_reading_writes_nothing() throws Exception {
        String job = submit();
        ChunkClaim stale = claims.claim().orElseThrow();
        claims.startJob(stale);
        database.update("update import_chunks set due_at = now() where status = 'processing'");
        workInParallel(2);

        assertThrows(LeaseLost.class, () -> read.run(stale));

        assertEquals(0, database.count("select count(*) from target_staging"));
        assertAsIfByOneWorkerThatNeverFailed(job);
    }

    @Test
    void a_worker_that_lost_its_lease_while_merging_writes_nothing() throws Exception {
        String job = submit();
        while (Imports.job(job).getString("progress.phase").equals("reading")) assertTrue(worker.workOne());
        ChunkClaim stale = claims.claim().orElseThrow();
        assertEquals(ChunkClaim.Step.MERGING, stale.step());
        database.update("update import_chunks set due_at = now() where status = 'processing'");
        ChunkClaim rescuer = claims.claim().orElseThrow();

        // The share's rows are still there for both: only the token tells them apart.
        assertThrows(LeaseLost.class, () -> merge.run(stale));
        assertEquals(0, database.count("select count(*) from contacts"));
        merge.run(rescuer);
        workInParallel(2);

        assertAsIfByOneWorkerThatNeverFailed(job);
    }

    @Test
    void two_chunks_that_finish_at_once_do_not_leave_the_job_open() throws Exception {
        for (int round = 0; round < 5; round++) {
            database.update("delete from contacts");
            String job = submit();
            workInParallel(25);
            assertEquals("completed", Imports.job(job).getString("status"));
        }
    }

    @Test
    void a_job_cancelled_before_its_merge_has_changed_nothing() throws Exception {
        String job = submit();
        for (int i = 0; i < 10; i++) assertTrue(worker.workOne());
        ChunkClaim held = claims.claim().orElseThrow();

        io.restassured.RestAssured.post("/api/migrations/" + job + "/cancel")
                .then()
                .statusCode(200);

        assertThrows(LeaseLost.class, () -> read.run(held));
        workInParallel(2);
        assertEquals("cancelled", Imports.job(job).getString("status"));
        assertEquals(0, database.count("select count(*) from contacts"));
        assertEquals(0, database.count("select count(*) from target_staging"));
    }

    @Test
    void staging_that_a_crash_of_the_database_emptied_is_read_again() throws Exception {
        String job = submit();
        while (Imports.job(job).getString("progress.phase").equals("reading")) assertTrue(worker.workOne());
        // What recovery does to every unlogged table.
        database.update("truncate target_staging");

        workInParallel(2);

        assertAsIfByOneWorkerThatNeverFailed(job);
    }

    @Test
    void a_chunk_that_always_fails_ends_the_job_and_names_its_rows() throws Exception {
        database.update("alter table target_staging add constraint seeded check (block <> 3) not valid");
        try {
            String job = submit();
            do {
                database.update("update import_chunks set due_at = now() where status = 'pending'");
                workInParallel(2);
            } while (Imports.job(job).getString("status").equals("processing"));

            JsonPath failed = Imports.job(job);
            assertEquals("failed", failed.getString("status"));
            assertTrue(failed.getString("error.detail").contains("row 602"), failed::prettify);
            assertFalse(failed.getString("error.detail").contains("seeded"));
            assertEquals(0, database.count("select count(*) from contacts"));
            assertEquals(0, database.count("select count(*) from target_staging"));
        } finally {
            database.update("alter table target_staging drop constraint seeded");
        }
    }

    /** Row i writes person i modulo PEOPLE, so the first people come twice; every fiftieth row has no address. */
    private static String submit() {
        byte[] file = Imports.csv(IntStream.range(0, RECORDS)
                .mapToObj(i -> i % 50 == 49 ? ",No,Address" : "Person" + i % PEOPLE + "@Example.com,Row" + i + ",Lee")
                .toArray(String[]::new));
        return Imports.run(file, Imports.MAPPING).path("jobId");
    }

    private void assertAsIfByOneWorkerThatNeverFailed(String jobId) {
        JsonPath job = Imports.job(jobId);
        assertEquals("completed", job.getString("status"), job::prettify);
        long people = IntStream.range(0, RECORDS)
                .filter(i -> i % 50 != 49)
                .map(i -> i % PEOPLE)
                .distinct()
                .count();
        assertEquals(people, job.getLong("progress.inserted"));
        assertEquals(BROKEN, job.getInt("progress.rejected"));
        assertEquals(RECORDS - BROKEN - people, job.getLong("progress.overridden"));
        assertEquals(
                0, job.getInt("progress.updated") + job.getInt("progress.unchanged") + job.getInt("progress.skipped"));
        assertEquals(people, database.count("select count(*) from contacts"));
        assertEquals(people, database.count("select count(distinct email) from contacts"));
        assertEquals(
                List.of(List.of("Row4200")),
                database.rows("select first_name from contacts where email = 'person0@example.com'"));
        assertEquals(0, database.count("select count(*) from target_staging"));
    }

    private void workInParallel(int workers) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        Callable<Void> untilNothingIsDue = () -> {
            while (worker.workOne()) Thread.onSpinWait();
            return null;
        };
        try {
            // A worker that finds nothing due leaves; the one that opens the merge still comes back for it.
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, workers).mapToObj(i -> untilNothingIsDue).toList())) done.get();
        } finally {
            threads.shutdown();
        }
    }

    /** As in the incident. */
    public static class ChunksOf200 implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("importonce.workers", "0", "importonce.chunk-rows", "200", "importonce.share-rows", "1000");
        }
    }
}
