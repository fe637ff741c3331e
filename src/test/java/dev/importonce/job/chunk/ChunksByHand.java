package dev.importonce.job.chunk;

import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Chunks that are claimed and worked when a test says so, in a database without others' jobs and contacts. */
abstract class ChunksByHand {
    Database database;

    final ChunkWorker worker;
    final ChunkClaims claims;
    final Cuts cuts;

    ChunksByHand(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        this.worker = worker;
        this.claims = claims;
        this.cuts = cuts;
    }

    @BeforeEach
    void no_other_jobs() {
        database.update("truncate migration_jobs cascade");
        database.update("truncate contact_staging");
        database.update("delete from contacts");
    }

    @AfterEach
    void cut_as_usual() {
        cuts.set(0, 0);
    }

    void everyLeaseRunsOut() {
        database.update("update import_chunks set due_at = now() where status = 'processing'");
    }

    void workToTheEnd() {
        while (worker.workOne()) Thread.onSpinWait();
    }

    /** Of four rows, ready to be merged. */
    String readJobOfTwoShares(int blockRows) {
        cuts.set(blockRows, 2);
        String job = Imports.run(
                        Imports.csv("a@example.com,A,B", "b@example.com,A,B", "c@example.com,A,B", "d@example.com,A,B"),
                        Imports.MAPPING)
                .path("jobId");
        while (!Imports.job(job).getString("progress.phase").equals("merging")) worker.workOne();
        return job;
    }
}
