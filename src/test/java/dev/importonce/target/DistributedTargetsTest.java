package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Imports.imported;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.importonce.fixture.Citus;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the tables of declarations may be on a cluster. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DistributedTargetsTest {
    private static final String UNIT = """
            , {"name": "unit", "column": "unit", "type": "reference",
               "references": {"table": "public.units", "match": ["code"], "owner": null}}
            """;

    Database database;

    @BeforeEach
    void tables() {
        Citus.tellIfMissing("where the tables of declarations may be");
        assumeTrue(Citus.WANTED, "needs a cluster");
        database.update("create table units (id int primary key, code text not null unique)");
        database.update("create table labels (code text primary key, unit int)");
        database.update("create table stock (org_id uuid, code text, unit int, primary key (org_id, code))");
    }

    @AfterEach
    void nothing_is_left() {
        if (!Citus.WANTED) return;
        database.update("delete from import_targets");
        database.update("drop table stock");
        database.update("drop table labels");
        database.update("drop table units");
    }

    @Test
    void a_table_is_distributed_if_asked() {
        declareStock("false", "")
                .statusCode(422)
                .body(
                        "errors[0].detail",
                        equalTo(
                                "This database is distributed, and the table public.stock is not. Say \"distribute\": true, or run: "
                                        + "select create_distributed_table('public.stock', 'org_id', colocate_with => 'target_staging');"));
        declareStock("true", "").statusCode(201);
        declareStock("false", "").statusCode(200);
    }

    @Test
    void rows_of_nobody_stay_on_the_coordinator() {
        declareUnits("true").statusCode(422).body("errors[0].pointer", is("/distribute"));
        declareUnits("false").statusCode(201);

        // A copy on each node would no longer take imports.
        declareStock("true", UNIT)
                .statusCode(422)
                .body(
                        "errors[0].detail",
                        startsWith("The table public.units would be copied to all nodes, and could then no longer"));

        given().delete("/api/targets/units").then().statusCode(204);
        declareStock("true", UNIT).statusCode(201);
        declareUnits("false").statusCode(422).body("errors[0].pointer", is("/table"));
        declareLabels().statusCode(422).body("errors.pointer", equalTo(List.of("/fields/1/references")));
    }

    @Test
    void refused_rows_are_found_among_new_ones_on_a_node() {
        database.update("alter table stock add constraint short check (length(code) < 4)");
        declareStock("true", "").statusCode(201);
        assertEquals("inserted 3, rejected 1", outcome(imported(csv("code", "a", "b", "much too long", "z"), """
                        {"target": "stock", "fields": {"code": "code"}}
                        """)));
    }

    @Test
    void the_script_takes_along_what_belongs_to_nobody() {
        declareUnits("false").statusCode(201);
        String job = imported(csv("code,id", "kg,1"), """
                {"target": "units", "undoable": true, "fields": {"code": "code", "id": "id"}}
                """).getString("jobId");
        database.update("insert into target_before_images select * from importonce_unowned.target_before_images");
        database.update("drop schema importonce_unowned cascade");

        Citus.distribute(database);
        Citus.distribute(database);

        assertEquals(0, database.count("select count(*) from target_before_images where job_id = ?::uuid", job));
        assertEquals(1, Undos.undone(job).getInt("undo.undone"));
        assertEquals(0, database.count("select count(*) from units"));
    }

    private static ValidatableResponse declareUnits(String distribute) {
        return declare("units", """
                {"name": "units", "distribute": %s, "table": "public.units", "owner": null, "key": ["code"], "fields": [
                 {"name": "code", "column": "code", "type": "text"}, {"name": "id", "column": "id", "type": "integer", "required": true}]}
                """.formatted(distribute));
    }

    private static ValidatableResponse declareStock(String distribute, String unit) {
        return declare("stock", """
                {"name": "stock", "distribute": %s, "table": "public.stock", "owner": {"organisation": "org_id"}, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text"}%s]}
                """.formatted(distribute, unit));
    }

    private static ValidatableResponse declareLabels() {
        return declare("labels", """
                {"name": "labels", "table": "public.labels", "owner": null, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text"}%s]}
                """.formatted(UNIT));
    }

    private static ValidatableResponse declare(String name, String declaration) {
        return given().contentType("application/json")
                .body(declaration)
                .put("/api/targets/" + name)
                .then();
    }
}
