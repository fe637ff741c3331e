package dev.importonce.job.chunk;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.identity.Caller;
import dev.importonce.job.JobEnded;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mapping is remembered in the transaction that completes its job, or not at all. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class RememberTest extends ChunksByHand {
    private final Listener listener;

    RememberTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts, Listener listener) {
        super(worker, claims, cuts);
        this.listener = listener;
    }

    /** Is told last, in the transaction that completes a job. */
    @Singleton
    static class Listener {
        private boolean fails;

        void ended(@Observes JobEnded job) {
            if (fails) throw new IllegalStateException("after all statements of " + job);
        }
    }

    @BeforeEach
    void nothing_is_remembered() {
        database.update("truncate remembered_mappings");
    }

    @Test
    void the_last_share_remembers_and_none_before_it() {
        readJobOfTwoShares(100);
        worker.workOne();
        assertEquals(0, remembered());
        worker.workOne();
        assertEquals(1, remembered());
    }

    @Test
    void a_cancelled_job_is_not_remembered() {
        String job = readJobOfTwoShares(100);
        worker.workOne();
        given().post("/api/migrations/" + job + "/cancel").then().statusCode(200);
        workToTheEnd();

        assertEquals(0, remembered());
    }

    @Test
    void a_failed_job_is_not_remembered() {
        String job = readJobOfTwoShares(100);
        worker.workOne();
        database.update("update migration_jobs set mapping = '7' where id = ?::uuid", job);
        while (worker.workOne()) database.update("update import_chunks set due_at = now() where status = 'pending'");

        assertEquals("failed", Imports.job(job).getString("status"));
        assertEquals(0, remembered());
    }

    @Test
    @Timeout(60)
    void who_dies_while_it_remembers_has_not_completed_the_job() {
        String job = readJobOfTwoShares(100);
        worker.workOne();
        database.update("""
                create function die() returns trigger language plpgsql as $$
                begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
                """);
        database.update("""
                create constraint trigger die after insert on remembered_mappings deferrable initially deferred
                for each row execute function die()
                """);
        try {
            worker.workOne();
            assertEquals("processing", Imports.job(job).getString("status"));
            assertEquals(0, remembered());
        } finally {
            database.update("drop trigger die on remembered_mappings");
            database.update("drop function die");
        }
        database.update("update import_chunks set due_at = now() where due_at is not null");
        workToTheEnd();

        assertEquals("completed", Imports.job(job).getString("status"));
        assertEquals(1, remembered());
    }

    @Test
    void who_fails_after_it_remembered_has_remembered_nothing() {
        String job = readJobOfTwoShares(100);
        worker.workOne();
        listener.fails = true;
        try {
            worker.workOne();
        } finally {
            listener.fails = false;
        }
        assertEquals("processing", Imports.job(job).getString("status"));
        assertEquals(0, remembered());
    }

    @Test
    @Timeout(60)
    void of_two_that_complete_at_once_the_later_is_remembered() {
        Imports.run(Imports.csv("a@once.example,Ann,Lee"), Imports.MAPPING);
        workToTheEnd();
        List<List<Object>> key = database.rows("select columns_sha256 from remembered_mappings");
        database.update("truncate remembered_mappings");
        Imports.run(
                Imports.csv("b@once.example,Bob,Ray"), Imports.MAPPING.replace("}}", "}, \"onExisting\": \"skip\"}"));
        while (database.count("select count(*) from import_chunks where step = 'merging' and status = 'pending'") == 0)
            worker.workOne();

        List<CompletableFuture<?>> later = new ArrayList<>();
        database.whileUncommitted(
                """
                insert into remembered_mappings (org_id, columns_sha256, target, mapping)
                values ('%s', '\\x%s', 'contacts', '{"onExisting": "fill"}')
                """.formatted(Caller.LOCAL_USER, HexFormat.of().formatHex((byte[])
                        key.get(0).get(0))),
                () -> {
                    later.add(CompletableFuture.runAsync(worker::workOne, task -> new Thread(task).start()));
                    database.awaitBlocked(later.get(0));
                });
        later.forEach(CompletableFuture::join);

        assertEquals(
                List.of(List.of("skip")), database.rows("select mapping ->> 'onExisting' from remembered_mappings"));
        assertEquals(0, database.count("select count(*) from migration_jobs where status <> 'completed'"));
    }

    @Test
    void an_organisation_has_no_more_than_so_many_and_the_oldest_go() {
        database.update("""
                insert into remembered_mappings (org_id, columns_sha256, target, mapping, used_at)
                select o.id, sha256(convert_to(n::text, 'UTF8')), n::text, '{}', now() - n * interval '1 minute'
                from generate_series(1, 210) n, unnest(?::uuid[]) o (id)
                """, "{" + Caller.LOCAL_USER + ",00000000-0000-0000-0000-000000000002}");
        readJobOfTwoShares(100);
        workToTheEnd();

        assertEquals(
                List.of(List.of(200L, "199")),
                database.rows(
                        "select count(*), max(case when target <> 'contacts' then target::integer end)::text from remembered_mappings where org_id = ?",
                        Caller.LOCAL_USER));
        assertEquals(410, remembered(), "of others nothing is lost");
    }

    private long remembered() {
        return database.count("select count(*) from remembered_mappings");
    }
}
