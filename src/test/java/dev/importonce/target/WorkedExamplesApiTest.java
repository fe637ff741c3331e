package dev.importonce.target;

import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WorkedExample;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the documents over HTTP. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@NotOnCitus("the examples' tables have keys and references without their owner")
class WorkedExamplesApiTest {
    Database database;

    @BeforeEach
    @AfterEach
    void nothing_is_left() {
        WorkedExample.removeTables(database);
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.fixture.WorkedExample#names")
    void an_example_does_what_it_says(String name) {
        WorkedExample example = WorkedExample.of(name);
        example.makeTables(database);
        put(name, example.declaration()).then().statusCode(201);

        assertEquals(example.outcome(), foreseen(preview(example.file(), example.mapping())));
        JsonPath job = imported(example.file(), example.mapping());
        assertEquals(example.outcome(), outcome(job), job::prettify);
        example.assertStored(database);
        JsonPath again = imported(example.file(), example.mapping());
        assertEquals(example.outcome().replace("inserted", "unchanged"), outcome(again), again::prettify);
        example.assertStored(database);
    }

    @Test
    void a_foreseen_row_is_named_as_the_file_names_it() {
        WorkedExample example = WorkedExample.of("order-lines");
        example.makeTables(database);
        put(example.name(), example.declaration()).then().statusCode(201);

        JsonPath preview = preview(example.file(), example.mapping());

        assertEquals(
                List.of(Map.of("order", "2030-1", "position", "1"), Map.of("order", "2030-1", "position", "2")),
                preview.getList("changes.key"));
    }
}
