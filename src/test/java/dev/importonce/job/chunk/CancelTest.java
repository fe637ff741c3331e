package dev.importonce.job.chunk;

import static io.restassured.RestAssured.post;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.identity.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelling at the worst moment. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class CancelTest extends ChunksByHand {
    CancelTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    /** Beside others, contacts are upserted; the first ones are inserted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void a_cancel_during_a_merge_waits_for_nobody_and_leaves_nothing(boolean first) {
        if (!first)
            database.update("insert into contacts (org_id, email) values (?, 'other@example.com')", Caller.LOCAL_USER);
        String job = read("merging@example.com");
        duringItsMerge("merging@example.com", () -> assertCancels(job));

        assertEquals("cancelled", Imports.job(job).getString("status"));
        assertEquals(0, database.count("select count(*) from contacts where email = 'merging@example.com'"));
        assertEquals(0, database.count("select count(*) from target_staging"));
    }

    @Test
    @Timeout(60)
    void a_merge_that_fails_after_a_cancel_leaves_nothing_either() {
        String job = read("failing@example.com");
        duringItsMerge("failing@example.com", () -> {
            assertCancels(job);
            database.rows("select pg_cancel_backend(pid) from pg_locks where not granted");
        });

        assertEquals("cancelled", Imports.job(job).getString("status"));
        assertEquals(0, database.count("select count(*) from target_staging"));
    }

    @Test
    @Timeout(60)
    void what_a_worker_holds_is_due_at_once_when_its_process_ends() {
        String job = read("held@example.com");
        duringItsMerge("held@example.com", () -> {
            worker.giveBack();

            assertEquals(1, database.count("""
                            select count(*) from import_chunks
                            where job_id = ?::uuid and status = 'pending' and due_at <= now() and attempts = 0
                            """, job));
        });
        assertEquals(0, database.count("select count(*) from contacts where email = 'held@example.com'"));

        workToTheEnd();
        assertEquals(1, Imports.job(job).getInt("progress.inserted"));
    }

    private String read(String email) {
        String job =
                Imports.run(Imports.csv(email + ",Ann,Lee"), Imports.MAPPING).path("jobId");
        worker.workOne();
        return job;
    }

    /** The merge has taken its rows out of staging and waits for somebody who is inserting the same contact. */
    private void duringItsMerge(String email, Runnable work) {
        CompletableFuture<?>[] merge = new CompletableFuture<?>[1];
        database.whileHolding(
                "insert into contacts (org_id, email) values ('" + Caller.LOCAL_USER + "', '" + email + "')", () -> {
                    merge[0] = CompletableFuture.runAsync(worker::workOne);
                    database.awaitBlocked(merge[0]);
                    work.run();
                });
        merge[0].join();
    }

    private static void assertCancels(String job) {
        Response cancelled = post("/api/migrations/" + job + "/cancel");
        assertEquals(200, cancelled.statusCode());
        assertEquals("cancelled", cancelled.path("status"));
    }
}
