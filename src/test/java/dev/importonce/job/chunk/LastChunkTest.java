package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two last chunks that finish at the same moment: neither believes that the other is still running. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class LastChunkTest extends ChunksByHand {
    LastChunkTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    /** Whoever ends a chunk stops at this gate when it has done everything but commit. */
    @BeforeEach
    void gate() {
        database.update("create table gate ()");
        database.update("""
                create function wait_at_the_gate() returns trigger language plpgsql as $$
                begin lock table gate in access share mode; return null; end $$
                """);
        database.update("""
                create constraint trigger wait_at_the_gate after update on import_chunks deferrable initially deferred
                for each row when (new.status = 'done') execute function wait_at_the_gate()
                """);
    }

    @AfterEach
    void no_gate() {
        database.update("drop trigger wait_at_the_gate on import_chunks");
        database.update("drop function wait_at_the_gate");
        database.update("drop table gate");
    }

    @Test
    @Timeout(60)
    void two_last_blocks_open_the_merge_and_two_last_shares_complete() {
        cuts.set(2, 2);
        String job = Imports.run(
                        Imports.csv("a@example.com,A,B", "b@example.com,A,B", "c@example.com,A,B", "d@example.com,A,B"),
                        Imports.MAPPING)
                .path("jobId");

        bothAtOnce();
        assertEquals("merging", Imports.job(job).getString("progress.phase"));
        bothAtOnce();
        assertEquals("completed", Imports.job(job).getString("status"));
    }

    private void bothAtOnce() {
        List<CompletableFuture<?>> both = new java.util.ArrayList<>();
        database.whileHolding("lock table gate in access exclusive mode", () -> {
            Stream.of(1, 2)
                    .map(i -> CompletableFuture.runAsync(worker::workOne, task -> new Thread(task).start()))
                    .forEach(both::add);
            // One at the gate, the other there as well or behind it.
            while (database.count("select count(distinct pid) from pg_locks where not granted") < 2)
                LockSupport.parkNanos(1_000_000);
        });
        both.forEach(CompletableFuture::join);
    }
}
