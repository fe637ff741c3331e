package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.queue.Deaths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chunks whose workers end, and that are therefore worked alone. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class IsolatedChunkTest extends ChunksByHand {
    IsolatedChunkTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @Test
    void a_chunk_that_ends_every_worker_is_given_up_after_ten_claims() {
        cuts.set(2, 2);
        String job =
                Imports.run(Imports.csv("a@example.com,A,B"), Imports.MAPPING).path("jobId");
        for (int i = 0; i < 2; i++) {
            claims.claim().orElseThrow();
            everyLeaseRunsOut();
        }
        for (int i = 0; i < 8; i++) {
            assertTrue(worker.workOne(), "found dead, it is put off");
            // For how long is left to chance, and may be no time at all.
            assertEquals(0, database.count("select count(*) from import_chunks where status = 'processing'"));
            whatWasPutOffIsDue();
            ChunkClaim alone = claims.claim().orElseThrow();
            assertTrue(claims.beginAlone(alone));
            assertEquals(3 + i, alone.attempts());
            assertEquals(new Deaths(2 + i, i, false), alone.deaths());
            everyLeaseRunsOut();
        }
        assertEquals("pending", Imports.job(job).getString("status"));

        worker.workOne();

        assertEquals("failed", Imports.job(job).getString("status"));
        assertEquals(
                "The rows from row 2 on could not be read: each of the 8 times when it was all that the service worked on, the"
                        + " service ended. Retry the import; if it fails again, report it.",
                Imports.job(job).getString("error.detail"));
        assertEquals(0, database.count("select count(*) from import_chunks where due_at is not null"));
        assertEquals(0, database.count("select count(*) from target_staging"));
    }

    @Test
    void crashes_that_meet_whatever_is_under_way_fail_nothing() {
        String job = readJobOfTwoShares(1);
        for (int i = 0; i < 15; i++) {
            while (claims.claim().isPresent()) Thread.onSpinWait();
            everyLeaseRunsOut();
        }
        // One after the other is put off, becomes due, and is worked alone.
        while (!Imports.job(job).getString("status").equals("completed")) {
            worker.workOne();
            whatWasPutOffIsDue();
        }
        assertEquals(4, Imports.job(job).getInt("progress.inserted"));
        assertEquals(
                2,
                database.count(
                        "select count(*) from import_chunks where step = 'merging' and deaths >= 15 and deaths_alone = 0"));
    }

    @Test
    void who_lost_a_chunk_but_lives_is_not_counted_against_it() {
        String job = readJobOfTwoShares(1);
        ChunkClaim slow = claimedAlone();
        everyLeaseRunsOut();
        assertEquals(1, claims.claim().orElseThrow().deaths().alone());

        claims.outlive(slow);

        assertFalse(claims.beginAlone(slow));
        assertEquals(0, database.count("select max(deaths_alone) from import_chunks"));
        assertEquals("processing", Imports.job(job).getString("status"));
    }

    @Test
    void who_lost_a_chunk_writes_nothing_to_it_after_it_has_ended() {
        String job = readJobOfTwoShares(1);
        ChunkClaim slow = claimedAlone();
        everyLeaseRunsOut();
        while (!Imports.job(job).getString("status").equals("completed")) {
            worker.workOne();
            whatWasPutOffIsDue();
        }
        String chunks = "select step, ordinal, xmin::text, deaths_alone from import_chunks order by step, ordinal";
        List<List<Object>> ended = database.rows(chunks);

        claims.outlive(slow);

        assertEquals(ended, database.rows(chunks));
    }

    private ChunkClaim claimedAlone() {
        for (int i = 0; i < 2; i++) {
            claims.claim().orElseThrow();
            everyLeaseRunsOut();
        }
        worker.workOne();
        whatWasPutOffIsDue();
        ChunkClaim claim = claims.claim().orElseThrow();
        assertTrue(claims.beginAlone(claim));
        return claim;
    }

    private void whatWasPutOffIsDue() {
        database.update("update import_chunks set due_at = now() where status = 'pending'");
    }
}
