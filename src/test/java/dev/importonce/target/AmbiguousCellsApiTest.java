package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Declared.rejects;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cells that could mean two things: read as the other cells of their column can only be read, and never guessed. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class AmbiguousCellsApiTest {
    private static final String LAMPS = """
            {"name": "lamps", "table": "public.lamps", "owner": {"organisation": "org_id"}, "key": ["sku"], "fields": [
               {"name": "sku", "column": "sku", "type": "text"},
               {"name": "price", "column": "price", "type": "decimal"},
               {"name": "stock", "column": "stock", "type": "integer"},
               {"name": "made", "column": "made", "type": "date"},
               {"name": "sold", "column": "sold", "type": "timestamp"}]}
            """;

    private static final String FIELDS =
            "\"fields\": {\"sku\": \"sku\", \"price\": \"price\", \"stock\": \"stock\", \"made\": \"made\", \"sold\": \"sold\"}";

    private static final String MAPPING = "{\"target\": \"lamps\", " + FIELDS + ", \"format\": {\"delimiter\": \";\"}}";

    Database database;

    @BeforeEach
    void a_table() {
        nothing_is_left();
        database.update("""
                create table lamps (org_id uuid not null, sku text not null, price numeric, stock bigint, made date, sold timestamptz, unique (org_id, sku))
                """);
        put("lamps", LAMPS).then().statusCode(201);
    }

    @AfterEach
    void nothing_is_left() {
        database.update("delete from import_targets");
        database.update("drop table if exists lamps");
    }

    @Test
    void they_are_read_as_the_rest_of_their_column() {
        byte[] file = csv(
                "sku;price;stock;made;sold",
                "a;1,234;1.234;03/04/2026;03/04/2026 10:00",
                "b;0,5;1.234.567;31/12/2026;12/31/2026 10:00");

        JsonPath preview = preview(file, MAPPING);
        JsonPath job = imported(file, MAPPING);

        assertEquals("inserted 2", foreseen(preview));
        assertEquals("inserted 2", outcome(job));
        assertEquals(
                List.of(
                        List.of("a", "1.234", "1234", "2026-04-03", "2026-03-04 10:00:00"),
                        List.of("b", "0.5", "1234567", "2026-12-31", "2026-12-31 10:00:00")),
                lamps());
        for (JsonPath told : List.of(preview, job))
            assertEquals(
                    List.of(
                            "made 1 dates.order \"dmy\"",
                            "price 1 numbers.decimal \",\"",
                            "sold 1 dates.order \"mdy\"",
                            "stock 1 numbers.decimal \",\""),
                    told.<Map<String, Object>>getList("notices.findAll { it.code == 'read-as-others' }").stream()
                            .map(notice -> notice.get("column") + " " + notice.get("count") + " "
                                    + ((String) notice.get("detail"))
                                            .replaceFirst(".*the mapping said (.*?), since.*", "$1"))
                            .sorted()
                            .toList());
    }

    @Test
    void without_evidence_they_are_rejected() {
        byte[] file = csv(
                "sku;price;stock;made;sold",
                // Both readings in one column, or one that is neither.
                "a;1,234;1.234;03/04/2026;03/04/2026 10:00",
                "b;0,5;12;31/12/2026;",
                "c;0.5;13;12/31/2026;");

        assertEquals("inserted 2, rejected 1", foreseen(preview(file, MAPPING)));
        JsonPath job = imported(file, MAPPING);

        assertEquals("inserted 2, rejected 1", outcome(job));
        assertEquals(
                List.of(
                        "2: price \"1,234\" is ambiguous: it may be 1234 or 1.234; set numbers.decimal in the mapping to . or ,."),
                rejects(job));
        assertEquals(List.of(), job.getList("notices.findAll { it.code == 'read-as-others' }"));
    }

    @Test
    void what_the_mapping_says_needs_no_evidence() {
        String said =
                MAPPING.replaceFirst("}$", ", \"numbers\": {\"decimal\": \".\"}, \"dates\": {\"order\": \"mdy\"}}");
        JsonPath job = imported(
                csv("sku;price;stock;made;sold", "a;1,234;;03/04/2026;", "b;0,5;;31/12/2026;", "c;1;;12/31/2026;"),
                said);

        assertEquals("inserted 2, rejected 1", outcome(job));
        assertEquals(
                List.of(
                        List.of("a", "1234", "null", "2026-03-04", "null"),
                        List.of("c", "1", "null", "2026-12-31", "null")),
                lamps());
    }

    @Test
    void the_beginning_of_a_file_speaks_for_all_of_it() {
        int rows = 150_000;
        String[] lines = new String[rows + 1];
        lines[0] = "sku;price;stock;made;sold";
        for (int i = 1; i <= rows; i++) lines[i] = "k" + i + (i == 5 ? ";0,5;;;" : ";1,234;;;");
        JsonPath job = imported(csv(lines), MAPPING);

        assertEquals("inserted " + rows, outcome(job));
        assertEquals(List.of(List.of(rows - 1L)), database.rows("select count(*) from lamps where price = 1.234"));
        assertEquals(rows - 1, job.getInt("notices.find { it.code == 'read-as-others' }.count"));
    }

    private List<List<String>> lamps() {
        return database.rows("""
                        select sku, price::text, stock::text, made::text, (sold at time zone 'UTC')::text from lamps order by sku
                        """).stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }
}
