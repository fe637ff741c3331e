package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.identity.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a chunk's transaction may last is a matter of its lease and of nothing else. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(LongTransactionTest.ShortTransactions.class)
@Timeout(120)
class LongTransactionTest extends ChunksByHand {
    /** Long enough for the first request that a service answers while its classes are loaded. */
    private static final int SHORT_SECONDS = 5;

    LongTransactionTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @AfterEach
    void nothing_is_watched() {
        database.update("drop table if exists limits");
        database.update("drop function if exists note_limit cascade");
    }

    @Test
    void a_chunk_outlasts_the_default_of_the_transaction_manager() {
        String job = read("a@example.com");
        mergeBehindSomebody(contact("a@example.com"), SHORT_SECONDS + 1);

        assertEquals("completed", Imports.job(job).getString("status"));
        assertEquals(List.of(List.of("Ann")), database.rows("select first_name from contacts"));
        assertEquals(
                0, database.count("select count(*) from import_chunks where attempts > 1 or last_error is not null"));
    }

    @Test
    void an_upsert_has_what_the_insert_before_it_has_left() {
        database.update("create table limits (millis bigint)");
        database.update("""
                create function note_limit() returns trigger language plpgsql as $$
                begin
                    insert into limits values (1000 * extract(epoch from current_setting('statement_timeout')::interval));
                    return new;
                end $$
                """);
        database.update(
                "create trigger note_limit before update on contacts for each row execute function note_limit()");
        String job = read("a@example.com");
        mergeBehindSomebody(contact("a@example.com"), 1);

        assertEquals("completed", Imports.job(job).getString("status"));
        long left = database.count("select max(millis) from limits");
        assertTrue(left > 0 && left <= 44_000, () -> left + " ms of 45 s, of which one has passed");
    }

    @Test
    void a_commit_that_fails_says_why() {
        Imports.run(Imports.csv("a@example.com,Ann,Lee"), Imports.MAPPING);
        // A merge checks at once what could be refused; a reading does not.
        database.update("""
                create function note_limit() returns trigger language plpgsql as $$
                begin raise 'no rows on a Sunday'; end $$
                """);
        database.update("""
                create constraint trigger note_limit after insert on target_staging
                deferrable initially deferred for each row execute function note_limit()
                """);
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler log = handler(logged);
        Logger.getLogger("dev.importonce").addHandler(log);
        try {
            worker.workOne();
        } finally {
            Logger.getLogger("dev.importonce").removeHandler(log);
        }

        assertTrue(logged.stream().anyMatch(line -> line.contains("no rows on a Sunday")), logged::toString);
        assertEquals(
                List.of(List.of("An attempt failed. The log of the service says why.")),
                database.rows("select last_error from import_chunks where last_error is not null"));
    }

    private static Handler handler(List<String> logged) {
        return new Handler() {
            private final Formatter formatter = new SimpleFormatter();

            @Override
            public void publish(LogRecord line) {
                logged.add(formatter.formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** Merges; for so many seconds of its transaction another one, not committed yet, holds what it needs. */
    private void mergeBehindSomebody(String change, int seconds) {
        CompletableFuture<?>[] merge = new CompletableFuture<?>[1];
        database.whileUncommitted(change, () -> {
            merge[0] = CompletableFuture.runAsync(worker::workOne);
            database.awaitBlocked(merge[0]);
            database.awaitOlderThan(seconds, merge[0]);
        });
        merge[0].join();
    }

    private String read(String email) {
        String job =
                Imports.run(Imports.csv(email + ",Ann,Lee"), Imports.MAPPING).path("jobId");
        worker.workOne();
        return job;
    }

    private static String contact(String email) {
        return "insert into contacts (org_id, email) values ('" + Caller.LOCAL_USER + "', '" + email + "')";
    }

    /** As if somebody had forgotten that there is this setting, too. */
    public static class ShortTransactions implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "importonce.workers",
                    "0",
                    "quarkus.transaction-manager.default-transaction-timeout",
                    SHORT_SECONDS + "S");
        }
    }
}
