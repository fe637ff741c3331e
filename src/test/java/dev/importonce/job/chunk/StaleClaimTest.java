package dev.importonce.job.chunk;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.queue.LeaseLost;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers that come too late, found by searching all interleavings of the model. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class StaleClaimTest extends ChunksByHand {
    private static final String DUE_WITHIN_A_LEASE = """
            select count(*) from import_chunks where status = 'processing' and due_at between now() and now() + interval '1 minute'
            """;

    private final ReadStep read;
    private final MergeStep merge;
    private final EndJob end;
    private final ChunkLeasesAhead sweeper;

    StaleClaimTest(
            ChunkWorker worker,
            ChunkClaims claims,
            ReadStep read,
            MergeStep merge,
            EndJob end,
            Cuts cuts,
            ChunkLeasesAhead sweeper) {
        super(worker, claims, cuts);
        this.sweeper = sweeper;
        this.read = read;
        this.merge = merge;
        this.end = end;
    }

    @Test
    void a_lease_of_a_clock_that_was_set_back_is_shortened() {
        Imports.run(Imports.csv("ann@example.com,Ann,Lee"), Imports.MAPPING);
        ChunkClaim stale = claims.claim().orElseThrow();
        database.update("update import_chunks set due_at = due_at + interval '1 day' where status = 'processing'");

        sweeper.sweep();

        assertEquals(1, database.count(DUE_WITHIN_A_LEASE));
        assertTrue(claims.claim().isEmpty(), "its worker may live: it keeps a lease");
        assertTrue(claims.extend(stale));
        everyLeaseRunsOut();
        assertTrue(claims.claim().isPresent());
    }

    @Test
    void a_chunk_that_a_clock_left_waiting_is_due_again() {
        Imports.run(Imports.csv("ann@example.com,Ann,Lee"), Imports.MAPPING);
        database.update("update import_chunks set due_at = due_at + interval '1 day' where status = 'pending'");
        assertTrue(claims.claim().isEmpty());

        sweeper.sweep();

        assertTrue(claims.claim().isPresent());
    }

    @Test
    void a_share_that_another_merged_does_not_reopen_the_reading() {
        String job = readJobOfTwoShares(100);
        ChunkClaim stale = claims.claim().orElseThrow();
        everyLeaseRunsOut();
        worker.workOne();
        assertEquals(1, mergedShares());

        assertThrows(LeaseLost.class, () -> merge.run(stale));

        assertEquals("merging", Imports.job(job).getString("progress.phase"));
        assertEquals(1, mergedShares());
        workToTheEnd();
        assertEquals(4, Imports.job(job).getInt("progress.inserted"));
    }

    @Test
    void who_has_lost_a_share_that_nobody_has_merged_writes_nothing() {
        String job = Imports.run(Imports.csv("ann@example.com,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
        worker.workOne();
        ChunkClaim stale = claims.claim().orElseThrow();
        everyLeaseRunsOut();
        ChunkClaim next = claims.claim().orElseThrow();

        assertThrows(LeaseLost.class, () -> merge.run(stale));
        assertEquals(0, database.count("select count(*) from contacts"));
        merge.run(next);

        assertEquals("completed", Imports.job(job).getString("status"));
        assertEquals(1, database.count("select count(*) from contacts"));
    }

    /** A later version may have written them. */
    @Test
    void what_this_version_cannot_read_fails_the_job_not_its_worker() {
        for (String words :
                List.of("format = '[]'", "mapping = '7'", "target = 'x', mapping = '{\"target\": \"x\"}'")) {
            String job = Imports.run(Imports.csv("a@example.com,New,B"), Imports.MAPPING)
                    .path("jobId");
            database.update("update migration_jobs set " + words + " where id = ?::uuid", job);
            while (worker.workOne())
                database.update("update import_chunks set due_at = now() where status = 'pending'");

            assertEquals("failed", Imports.job(job).getString("status"), words);
            int retried = given().post("/api/migrations/" + job + "/retry").statusCode();
            assertEquals(words.startsWith("format") ? 202 : 409, retried, words);
            database.update("truncate migration_jobs cascade");
        }
    }

    @Test
    void a_chunk_that_is_done_fails_no_job() {
        String job = readJobOfTwoShares(100);
        ChunkClaim claim = claims.claim().orElseThrow();
        merge.run(claim);

        assertFalse(end.fail(claim, "{}"));

        assertEquals("processing", Imports.job(job).getString("status"));
    }

    @Test
    void a_block_that_is_in_staging_twice_counts_once() {
        String job = readJobOfTwoShares(2);
        // As a merge leaves it that held its rows while the job was read again, and failed.
        database.update("insert into target_staging select * from target_staging");

        workToTheEnd();

        assertEquals("completed", Imports.job(job).getString("status"));
        assertEquals(4, Imports.job(job).getInt("progress.inserted"));
        assertEquals(0, Imports.job(job).getInt("progress.overridden"));
        assertEquals(
                List.of(List.of(0L)),
                database.rows("select count(*) from import_chunks where step = 'reading' and token <> 1"),
                "nothing was read again");
    }

    @Test
    void a_start_lost_in_a_database_crash_recurs_at_the_next_claim() {
        String job =
                Imports.run(Imports.csv("a@example.com,A,B"), Imports.MAPPING).path("jobId");
        ChunkClaim claim = claims.claim().orElseThrow();
        assertTrue(claims.startJob(claim));
        // It commits without waiting for the disk; the claim before it does wait.
        database.update("update migration_jobs set status = 'pending', started_at = null");

        assertThrows(LeaseLost.class, () -> read.run(claim));

        assertEquals(0, database.count("select count(*) from target_staging"));
        everyLeaseRunsOut();
        workToTheEnd();
        assertEquals("completed", Imports.job(job).getString("status"));
        assertNotNull(Imports.job(job).getString("startedAt"));
        assertEquals(1, Imports.job(job).getInt("progress.inserted"));
    }

    @Test
    void the_second_thread_of_a_worker_reads_and_does_not_merge() {
        String job = readJobOfTwoShares(2);
        assertFalse(worker.assist());
        assertEquals(0, mergedShares());

        String other =
                Imports.run(Imports.csv("e@example.com,A,B"), Imports.MAPPING).path("jobId");
        assertTrue(worker.assist(), "its block is read, though the shares of the other job come first");
        assertEquals("merging", Imports.job(other).getString("progress.phase"));
        assertEquals(0, mergedShares());
        workToTheEnd();
        assertEquals("completed", Imports.job(job).getString("status"));
        assertEquals("completed", Imports.job(other).getString("status"));
    }

    private long mergedShares() {
        return database.count("select count(*) from import_chunks where step = 'merging' and status = 'done'");
    }
}
