package dev.importonce.job;

import static io.restassured.RestAssured.post;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.platform.Database;
import dev.importonce.platform.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling at the worst moment. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class CancelTest {
    Database database;

    private final ChunkWorker worker;

    CancelTest(ChunkWorker worker) {
        this.worker = worker;
    }

    @BeforeEach
    void no_other_jobs() {
        database.update("truncate migration_jobs cascade");
        database.update("truncate contact_staging");
    }

    @Test
    @Timeout(60)
    void a_cancel_in_the_middle_of_a_merge_waits_for_nobody_and_leaves_nothing() {
        String job = Imports.run(Imports.csv("merging@example.com,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
        worker.workOne();
        CompletableFuture<?>[] merge = new CompletableFuture<?>[1];
        database.whileHolding("lock table contacts in share mode", () -> {
            merge[0] = CompletableFuture.runAsync(worker::workOne);
            // The merge has taken its rows out of staging and now waits for the contacts.
            awaitBlockedMerge();

            Response cancelled = post("/api/migrations/" + job + "/cancel");

            assertEquals(200, cancelled.statusCode());
            assertEquals("cancelled", cancelled.path("status"));
        });
        merge[0].join();

        assertEquals("cancelled", Imports.job(job).getString("status"));
        assertEquals(0, database.count("select count(*) from contacts where email = 'merging@example.com'"));
        assertEquals(0, database.count("select count(*) from contact_staging"));
    }

    @Test
    @Timeout(60)
    void what_a_worker_holds_is_due_at_once_when_its_process_ends() {
        String job = Imports.run(Imports.csv("held@example.com,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
        worker.workOne();
        CompletableFuture<?>[] merge = new CompletableFuture<?>[1];
        database.whileHolding("lock table contacts in share mode", () -> {
            merge[0] = CompletableFuture.runAsync(worker::workOne);
            awaitBlockedMerge();

            worker.giveBack();

            assertEquals(
                    1,
                    database.count(
                            "select count(*) from import_chunks where job_id = ?::uuid and status = 'pending' and due_at <= now() and attempts = 0",
                            job));
        });
        merge[0].join();
        assertEquals(0, database.count("select count(*) from contacts where email = 'held@example.com'"));

        while (worker.workOne()) Thread.onSpinWait();
        assertEquals(1, Imports.job(job).getInt("progress.inserted"));
    }

    private void awaitBlockedMerge() {
        while (database.count("select count(*) from pg_locks where not granted and relation = 'contacts'::regclass")
                == 0) LockSupport.parkNanos(1_000_000);
    }
}
