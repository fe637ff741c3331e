package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.postgres.DatabaseException;
import dev.importonce.postgres.Sql;
import dev.importonce.postgres.Standing;
import dev.importonce.queue.Heartbeat;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who still has a connection when others hold all that they may. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(ScarceConnectionsTest.ImpatientWithoutWorkers.class)
@Timeout(120)
class ScarceConnectionsTest {
    private static final int CALLERS = 15;
    private static final int WORKERS = 3;
    private static final String DUE = "select due_at from import_chunks where status = 'processing'";

    Database database;

    private final ChunkWorker worker;
    private final ChunkClaims claims;
    private final Heartbeat heartbeat;
    private final Sql sql;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CompletableFuture<?>> holding = new ArrayList<>();

    ScarceConnectionsTest(ChunkWorker worker, ChunkClaims claims, Heartbeat heartbeat, Sql sql) {
        this.worker = worker;
        this.claims = claims;
        this.heartbeat = heartbeat;
        this.sql = sql;
    }

    @BeforeEach
    void a_table_to_wait_for() {
        database.update("truncate migration_jobs cascade");
        database.update("create table if not exists gate ()");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void callers_who_hold_all_that_they_may_hold_up_no_work() {
        Imports.run(Imports.csv("a@example.com,A,B"), Imports.MAPPING).then().statusCode(202);
        whileHeld(() -> {
            hold(Standing.CALLER, CALLERS);
            assertThrows(DatabaseException.class, () -> sql.list("select", row -> row));
            while (worker.workOne()) Thread.onSpinWait();
            assertEquals(1, database.count("select count(*) from migration_jobs where status = 'completed'"));
        });
    }

    @Test
    void a_claim_is_kept_alive_though_work_holds_all_that_it_may() {
        Imports.run(Imports.csv("a@example.com,A,B"), Imports.MAPPING).then().statusCode(202);
        ChunkClaim claim = claims.claim().orElseThrow();
        Object claimed = due();
        whileHeld(() -> {
            hold(Standing.CALLER, CALLERS);
            hold(Standing.WORKER, WORKERS);
            assertThrows(DatabaseException.class, () -> Standing.WORKER.call(() -> sql.list("select", row -> row)));
            heartbeat.during(
                    () -> {
                        while (due().equals(claimed)) LockSupport.parkNanos(10_000_000);
                    },
                    () -> claims.extend(claim));
            assertTrue(holding.stream().noneMatch(CompletableFuture::isDone));
        });
    }

    private Object due() {
        return database.rows(DUE).get(0).get(0);
    }

    private void whileHeld(Runnable work) {
        database.whileHolding("lock table gate in access exclusive mode", work);
        holding.forEach(CompletableFuture::join);
    }

    /** That many of them wait in the database, each on its connection. */
    private void hold(Standing standing, int count) {
        long before = waiting();
        for (int i = 0; i < count; i++)
            holding.add(CompletableFuture.runAsync(
                    () -> standing.call(() ->
                            QuarkusTransaction.requiringNew().call(() -> sql.list("select from gate", row -> row))),
                    threads));
        while (waiting() < before + count) {
            if (holding.stream().anyMatch(CompletableFuture::isDone)) throw new AssertionError("one has no connection");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private long waiting() {
        return database.count("select count(*) from pg_locks where not granted and relation = 'gate'::regclass");
    }

    /** Nobody waits long in vain; beats come every three seconds. */
    public static class ImpatientWithoutWorkers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "importonce.workers",
                    "0",
                    "importonce.lease",
                    "PT9S",
                    "quarkus.datasource.jdbc.initial-size",
                    "20",
                    "quarkus.datasource.jdbc.acquisition-timeout",
                    "2S");
        }
    }
}
