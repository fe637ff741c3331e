package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The queue is there, and what an import writes into is not: a node of a distributed database is down, for as long as it takes. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class NodeAwayTest extends ChunksByHand {
    /** More often than a chunk may be claimed. */
    private static final int TIMES = 60;

    NodeAwayTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @Test
    @NotOnCitus("a trigger says what a node does that is down")
    void an_import_outlives_a_node_that_is_long_away() {
        String job =
                Imports.run(Imports.csv("a@example.com,A,B"), Imports.MAPPING).path("jobId");
        assertTrue(worker.workOne(), "reads");
        database.update("""
                create function be_away() returns trigger language plpgsql as $$
                begin raise exception 'connection to the remote node failed' using errcode = 'connection_failure'; end $$
                """);
        database.update("create trigger away before insert on contacts execute function be_away()");
        try {
            for (int i = 0; i < TIMES; i++) {
                assertTrue(worker.workOne(), "tries to merge");
                database.update("update import_chunks set due_at = now() where status = 'pending'");
            }
            assertEquals("processing", Imports.job(job).getString("status"));
        } finally {
            database.update("drop function be_away cascade");
        }

        assertTrue(worker.workOne(), "merges");
        assertEquals("completed", Imports.job(job).getString("status"));
        assertEquals(1, database.count("select count(*) from contacts where email = 'a@example.com'"));
    }
}
