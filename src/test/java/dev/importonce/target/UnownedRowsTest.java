package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Declared.rejects;
import static dev.importonce.fixture.Imports.imported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Citus;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import dev.importonce.queue.Sweeper;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rows of nobody on a database where the service's tables of rows have twins for them, as deploy/citus/distribute.sql makes: nothing
 * of such an import may be in the tables that are on the nodes. Here those refuse it, so that this is seen without a cluster, too.
 */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class UnownedRowsTest {
    private static final List<String> TABLES = List.of("target_staging", "target_rows", "target_before_images");

    private static final String MAPPING = """
            {"target": "units", "undoable": true, "fields": {"code": "code", "n": "n"}}
            """;

    Database database;

    @All
    List<Sweeper> sweepers;

    @BeforeEach
    void tables_that_refuse_rows_of_nobody() {
        database.update("create table units (code text primary key, n int check (n < 100))");
        if (Citus.WANTED) return;
        database.update("create schema importonce_unowned");
        for (String table : TABLES) {
            database.update("create table importonce_unowned." + table + " (like " + table + " including all)");
            database.update(
                    "alter table " + table + " add constraint of_somebody check (owner_id <> user_id) not valid");
        }
    }

    @AfterEach
    void nothing_is_left() {
        database.update("delete from import_targets");
        database.update("drop table units");
        if (Citus.WANTED) return;
        for (String table : TABLES) database.update("alter table " + table + " drop constraint of_somebody");
        database.update("drop schema importonce_unowned cascade");
    }

    @Test
    void they_are_imported_and_undone() {
        put("units", """
                {"name": "units", "table": "public.units", "owner": null, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"}]}
                """).then().statusCode(201);
        database.update("insert into units values ('old', 1)");

        JsonPath job = imported(csv("code,n", "new,2", "old,3", "bad,100"), MAPPING);

        String id = job.getString("jobId");
        assertEquals("inserted 1, updated 1, rejected 1", outcome(job));
        assertEquals(List.of("4: The table's check refuses it (units_n_check on n)."), rejects(job));
        assertEquals(List.of(List.of("new", 2), List.of("old", 3)), stored());
        assertEquals(2, unowned("target_before_images", id));
        assertEquals(0, unowned("target_staging", id) + unowned("target_rows", id));

        assertEquals(2, Undos.undone(id).getInt("undo.undone"));
        assertEquals(List.of(List.of("old", 1)), stored());
        assertEquals(0, unowned("target_before_images", id));
    }

    @Test
    void what_an_ended_import_has_left_is_swept() {
        put("units", """
                {"name": "units", "table": "public.units", "owner": null, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text"}]}
                """).then().statusCode(201);
        String job = imported(csv("code", "a"), "{\"target\": \"units\", \"fields\": {\"code\": \"code\"}}")
                .getString("jobId");
        database.update(
                "insert into importonce_unowned.target_staging (job_id, user_id, share, owner_id, block, row_no, id)"
                        + " select id, user_id, 0, user_id, 0, '{2}', '{}' from migration_jobs where id = ?::uuid",
                job);

        sweepers.forEach(Sweeper::sweep);

        assertEquals(0, unowned("target_staging", job));
    }

    private long unowned(String table, String job) {
        return database.count("select count(*) from importonce_unowned." + table + " where job_id = ?::uuid", job);
    }

    private List<List<Object>> stored() {
        return database.rows("select code, n from units order by code");
    }
}
