package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody changes a declared table after an import's merge has compared it with the declaration, and before it writes. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TableChangedTest {
    private static final String WAITS_FOR_A_TABLE = """
            select count(*) from pg_locks l
            where not l.granted and l.locktype = 'relation' and l.database = (select oid from pg_database where datname = current_database())
            """;

    Database database;

    @BeforeEach
    void a_table() {
        nothing_is_left();
        database.update("create table wares (code text primary key, n int, note text)");
        database.update("insert into wares values ('old', 1, 'kept')");
        put("wares", """
                {"name": "wares", "table": "public.wares", "owner": null, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"}]}
                """).then().statusCode(201);
    }

    @AfterEach
    void nothing_is_left() {
        database.update("drop table if exists wares, goods");
        database.update("delete from import_targets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alter table wares drop column n                              | wares | false",
                "alter table wares rename column n to m                       | wares | true",
                "alter table wares alter column n type date using null        | wares | false",
                "alter table wares drop constraint wares_pkey                 | wares | true",
                "alter table wares drop constraint wares_pkey                 | wares | false",
                "alter table wares rename to goods                            | goods | true",
                "drop table wares                                             |       | false",
            })
    void the_job_fails_as_a_whole_and_says_why(String change, String left, boolean undoable) {
        String mapping = "{\"target\": \"wares\", \"undoable\": %s, \"fields\": {\"code\": \"code\", \"n\": \"n\"}}"
                .formatted(undoable);
        AtomicReference<CompletableFuture<JsonPath>> running = new AtomicReference<>();
        database.whileUncommitted(change, () -> {
            running.set(CompletableFuture.supplyAsync(() -> imported(csv("code,n", "old,2", "new,3"), mapping)));
            awaitTableLocked(running.get());
        });

        JsonPath job = running.get().join();

        assertEquals("failed", job.getString("status"), job::prettify);
        assertEquals("urn:importonce:problem:target-changed", job.getString("error.type"), job::prettify);
        if (left != null)
            assertEquals(List.of(List.of("old", "kept")), database.rows("select code, note from " + left));
        for (String table : List.of("target_staging", "target_rows", "target_before_images"))
            Await.until(() ->
                    database.count("select count(*) from " + table + " where job_id = ?::uuid", job.getString("jobId"))
                            == 0);
    }

    @Test
    void an_undo_fails_likewise_and_can_be_repeated() {
        String mapping = "{\"target\": \"wares\", \"undoable\": true, \"fields\": {\"code\": \"code\", \"n\": \"n\"}}";
        String id = imported(csv("code,n", "old,2", "new,3"), mapping).getString("jobId");
        database.update("alter table wares drop constraint wares_pkey");

        JsonPath failed = Undos.undone(id);

        assertEquals("failed", failed.getString("undo.status"), failed::prettify);
        assertEquals("urn:importonce:problem:target-changed", failed.getString("undo.error.type"), failed::prettify);
        assertEquals(2, database.count("select count(*) from wares where n > 1"));
        database.update("alter table wares add primary key (code)");
        assertEquals(2, Undos.undone(id).getInt("undo.undone"));
        assertEquals(List.of(List.of("old", 1, "kept")), database.rows("select * from wares"));
    }

    private void awaitTableLocked(Future<?> waiter) {
        while (database.count(WAITS_FOR_A_TABLE) == 0) {
            if (waiter.isDone()) throw new AssertionError("it ended and waited for nobody");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
