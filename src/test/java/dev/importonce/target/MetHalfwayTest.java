package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Citus;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody else writes a row of a declared table while an import's merge has looked it up already. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MetHalfwayTest {
    private static final String MAPPING = """
            {"target": "stock", "undoable": true, "fields": {"code": "code", "n": "n"}}
            """;

    /** Of an import that cannot be undone, which tries to insert all rows as new ones if the table has none. */
    private static final String NEW_ROWS = MAPPING.replace("true", "false");

    Database database;

    @BeforeEach
    void a_table() {
        database.update("drop table if exists stock");
        database.update("create table stock (code text primary key, n int, note text)");
        database.update("insert into stock values ('old', 1, null)");
        database.update("delete from import_targets");
        put("stock", """
                {"name": "stock", "table": "public.stock", "owner": null, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"}]}
                """).then().statusCode(201);
    }

    @AfterEach
    void nothing_is_left() {
        database.update("drop table stock");
        database.update("delete from import_targets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into stock values ('new', 5, 'theirs')            | inserted 1, updated 2 | new 7 theirs, old 7 null, other 7 null",
                "insert into stock values ('new', 7, 'theirs')            | inserted 1, updated 1, unchanged 1 | new 7 theirs, old 7 null, other 7 null",
                "update stock set n = 5, note = 'theirs' where code = 'old' | inserted 2, updated 1 | new 7 null, old 7 theirs, other 7 null",
                "update stock set n = 7, note = 'theirs' where code = 'old' | inserted 2, unchanged 1 | new 7 null, old 7 theirs, other 7 null",
                "delete from stock where code = 'old'                     | inserted 3 | new 7 null, old 7 null, other 7 null",
            })
    void what_another_transaction_wrote_counts(String change, String counts, String rows) {
        AtomicReference<CompletableFuture<JsonPath>> job = new AtomicReference<>();
        database.whileUncommitted(change, () -> {
            job.set(CompletableFuture.supplyAsync(() -> imported(csv("code,n", "new,7", "old,7", "other,7"), MAPPING)));
            database.awaitBlocked(job.get());
        });

        assertEquals(counts, outcome(job.get().join()));
        assertEquals(
                List.of(List.of(rows)),
                database.rows(
                        "select string_agg(code || ' ' || n || ' ' || coalesce(note, 'null'), ', ' order by code) from stock"));
        assertEquals(
                counts.contains("unchanged") ? 2 : 3,
                database.count(
                        "select count(*) from " + Citus.unowned("target_before_images")
                                + " where job_id = ?::uuid and after[1] = '7'",
                        job.get().join().getString("jobId")));
    }

    @Test
    void what_another_transaction_wrote_counts_beside_refused_rows() {
        database.update("delete from stock");
        database.update("alter table stock add check (n < 100)");
        AtomicReference<CompletableFuture<JsonPath>> job = new AtomicReference<>();

        // The row that the table refuses comes first: the others are written some at a time when they meet the other
        // one's.
        database.whileUncommitted("insert into stock values ('new', 5, 'theirs')", () -> {
            job.set(CompletableFuture.supplyAsync(
                    () -> imported(csv("code,n", "bad,100", "new,7", "other,7"), NEW_ROWS)));
            database.awaitBlocked(job.get());
        });

        assertEquals("inserted 1, updated 1, rejected 1", outcome(job.get().join()));
        assertEquals(
                List.of(List.of("new", 7), List.of("other", 7)),
                database.rows("select code, n from stock order by code"));
    }

    /** The import is held up between what it looks up and what it updates, and each time somebody changes the row. */
    @Test
    @Timeout(60)
    void a_row_that_others_change_all_the_time_is_not_missed() throws SQLException {
        database.update("""
                create function hold_up_imports() returns trigger language plpgsql as $$
                begin
                    if current_query() like '%changed as (%' then perform pg_advisory_xact_lock_shared(7); end if;
                    return null;
                end $$
                """);
        database.update("create trigger gate before update on stock execute function hold_up_imports()");
        try (Connection gate = database.connect();
                Statement gatekeeper = gate.createStatement()) {
            gatekeeper.execute("select pg_advisory_lock(7)");
            CompletableFuture<JsonPath> job =
                    CompletableFuture.supplyAsync(() -> imported(csv("code,n", "old,7"), MAPPING));
            CompletableFuture<Integer> change = CompletableFuture.completedFuture(0);
            for (int i = 0; i < 12 && !job.isDone(); i++) {
                await("advisory", job);
                change = CompletableFuture.supplyAsync(
                        () -> database.update("update stock set n = n + 10 where code = 'old'"));
                await("transactionid", change);
                gatekeeper.execute("select pg_advisory_unlock(7)");
                // Behind the import, which has it until its statement is rolled back, or its transaction ends.
                gatekeeper.execute("select pg_advisory_lock(7)");
            }
            gatekeeper.execute("select pg_advisory_unlock(7)");

            assertEquals("updated 1", outcome(job.join()));
            assertEquals(1, change.join(), "it came behind the import, which had locked the row");
        } finally {
            database.update("drop function hold_up_imports() cascade");
        }
    }

    /** Until somebody waits for such a lock, or it has ended. */
    private void await(String kind, CompletableFuture<?> ended) {
        while (!ended.isDone()
                && database.count("select count(*) from pg_locks where not granted and locktype = ?", kind) == 0)
            LockSupport.parkNanos(1_000_000);
    }

    @Test
    void two_imports_of_the_same_keys_end_with_the_later_one() {
        String[] one = new String[2001];
        String[] other = new String[2001];
        one[0] = other[0] = "code,n";
        for (int i = 1; i <= 2000; i++) {
            one[i] = "k" + i + ",1";
            other[2001 - i] = "k" + i + ",2";
        }
        for (int round = 0; round < 3; round++) {
            database.update("truncate stock");
            CompletableFuture<JsonPath> first = CompletableFuture.supplyAsync(() -> imported(csv(one), MAPPING));
            CompletableFuture<JsonPath> second = CompletableFuture.supplyAsync(() -> imported(csv(other), MAPPING));
            long inserted =
                    first.join().getLong("progress.inserted") + second.join().getLong("progress.inserted");
            long updated =
                    first.join().getLong("progress.updated") + second.join().getLong("progress.updated");
            assertEquals(2000, inserted);
            assertEquals(2000, updated);
            assertEquals(2000, database.count("select count(*) from stock"));
        }
    }
}
