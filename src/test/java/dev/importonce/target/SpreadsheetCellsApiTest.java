package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Workbooks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A spreadsheet knows which of its cells are numbers and dates: what a mapping says is about those that are texts. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SpreadsheetCellsApiTest {
    private static final String STYLES = """
            <styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/><xf numFmtId="3"/><xf numFmtId="22"/><xf numFmtId="10"/></cellXfs></styleSheet>
            """;
    private static final int DATE = 1;
    private static final int THOUSANDS_AND_CENTS = 2;
    private static final int THOUSANDS = 3;
    private static final int DATE_AND_TIME = 4;
    private static final int PERCENT = 5;

    Database database;

    @BeforeEach
    void a_table() {
        nothing_is_left();
        database.update("""
                create table cells (org_id uuid, code text, price numeric, n int check (n <> 1300), day date, at timestamptz, note text,
                    primary key (org_id, code))
                """);
        put("cells", """
                {"name": "cells", "table": "public.cells", "owner": {"organisation": "org_id"}, "key": ["code"], "fields": [
                  {"name": "code", "column": "code", "type": "text"}, {"name": "price", "column": "price", "type": "decimal"},
                  {"name": "n", "column": "n", "type": "integer"}, {"name": "day", "column": "day", "type": "date"},
                  {"name": "at", "column": "at", "type": "timestamp"}, {"name": "note", "column": "note", "type": "text"}]}
                """).then().statusCode(201);
    }

    @AfterEach
    void nothing_is_left() {
        database.update("drop table if exists cells");
        database.update("delete from import_targets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"numbers\": {\"decimal\": \",\"}, \"dates\": {\"order\": \"mdy\", \"zone\": \"Europe/Berlin\"}",
                "\"numbers\": {\"decimal\": \".\"}, \"dates\": {\"order\": \"dmy\", \"zone\": \"Europe/Berlin\"}",
                "\"dates\": {\"zone\": \"Europe/Berlin\"}"
            })
    void a_number_and_a_date_are_what_they_are_whatever_is_said(String rules) {
        byte[] file = sheet(
                row(text("a"), number(0, "1.234"), number(THOUSANDS, "1234"), number(DATE, "47546")),
                row(text("b"), number(THOUSANDS_AND_CENTS, "1234.5"), number(0, "-7")),
                row(text("c"), number(0, "0.001"), "<c/>", "<c/>", number(DATE_AND_TIME, "47546.5")));
        String mapping = mapping(rules);

        assertEquals("inserted 3", foreseen(preview(file, mapping)));
        assertEquals("inserted 3", outcome(imported(file, mapping)));
        assertEquals(
                List.of("a 1.234 1234 2030-03-04 -", "b 1234.50 -7 - -", "c 0.001 - - 2030-03-04 11:00:00"), stored());
    }

    @Test
    void a_text_is_read_as_the_mapping_says() {
        String mapping = mapping("\"numbers\": {\"decimal\": \",\"}, \"dates\": {\"order\": \"dmy\"}");
        byte[] file = sheet(
                row(text("a"), text("1.234"), text("1.234"), text("04.03.2030")),
                row(text("b"), text("1,5"), number(0, "2")),
                row(text("c"), number(0, "1.5"), text("2,0")));

        assertEquals("inserted 3", outcome(imported(file, mapping)));
        assertEquals(List.of("a 1234 1234 2030-03-04 -", "b 1.5 2 - -", "c 1.5 2 - -"), stored());
    }

    @Test
    void a_text_that_the_mapping_has_for_a_number_is_its_own() {
        String mapping = mapping("\"numbers\": {\"decimal\": \",\"}, \"values\": {\"price\": {\"-1\": \"1,5\"}}");
        assertEquals("inserted 1", outcome(imported(sheet(row(text("a"), number(0, "-1"))), mapping)));
        assertEquals(List.of("a 1.5 - - -"), stored());
    }

    @Test
    void numbers_do_not_say_how_texts_are_meant() {
        byte[] file = sheet(row(text("a"), number(0, "0.5")), row(text("b"), text("1,234")));
        assertEquals("inserted 1, rejected 1", foreseen(preview(file, mapping("\"onExisting\": \"update\""))));
        assertEquals("inserted 1, rejected 1", outcome(imported(file, mapping("\"onExisting\": \"update\""))));
    }

    @Test
    void a_field_of_texts_has_the_number_as_it_is_shown() {
        byte[] file = sheet(row(text("a"), "<c/>", "<c/>", "<c/>", "<c/>", number(THOUSANDS_AND_CENTS, "1234.5")));
        assertEquals("inserted 1", outcome(imported(file, mapping("\"numbers\": {\"decimal\": \",\"}"))));
        assertEquals(1, database.count("select count(*) from cells where note = '1,234.50'"));
    }

    @Test
    void corrected_rejects_mean_what_the_spreadsheet_meant() {
        String mapping = mapping("\"numbers\": {\"decimal\": \",\"}");
        byte[] file = sheet(
                row(text("a"), number(THOUSANDS_AND_CENTS, "1234.567"), text("x"), "<c/>", "<c/>", number(0, "1.5")),
                row(text("b"), number(0, "1.234"), number(THOUSANDS, "1300")));
        JsonPath job = imported(file, mapping);
        assertEquals("rejected 2", outcome(job));

        String rejects = given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        byte[] corrected =
                rejects.replace(",x,", ",1,").replace("1.300", "1.301").getBytes(StandardCharsets.UTF_8);

        assertEquals("inserted 2", outcome(imported(corrected, mapping)), rejects);
        assertEquals(List.of("a 1234.57 1 - -", "b 1.234 1301 - -"), stored());
        assertEquals(1, database.count("select count(*) from cells where note = '1.5'"));
    }

    @Test
    void a_percentage_is_the_number_behind_it() {
        byte[] file = sheet(
                row(
                        text("a"),
                        number(PERCENT, "0.125"),
                        number(PERCENT, "12"),
                        "<c/>",
                        "<c/>",
                        number(PERCENT, "0.125")),
                row(text("b"), number(PERCENT, "-0.125"), text("x")));
        String mapping = mapping("\"numbers\": {\"decimal\": \",\"}");
        JsonPath job = imported(file, mapping);
        assertEquals("inserted 1, rejected 1", outcome(job));
        assertEquals(List.of("a 0.1250 12 - -"), stored());
        assertEquals(1, database.count("select count(*) from cells where note = '12.50%'"));

        byte[] corrected = given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString()
                .replace(",x,", ",1,")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals("inserted 1", outcome(imported(corrected, mapping)));
        assertEquals(List.of("a 0.1250 12 - -", "b -0.1250 1 - -"), stored());
    }

    @Test
    void decimals_that_a_cell_does_not_show_are_told() {
        byte[] file = sheet(
                row(text("a"), number(THOUSANDS_AND_CENTS, "1234.567"), number(0, "1")),
                row(text("b"), number(THOUSANDS_AND_CENTS, "0.30000000000000004"), number(THOUSANDS, "1.5")),
                row(text("c"), number(PERCENT, "0.12345"), number(0, "1")),
                row(text("d"), number(PERCENT, "0.1234"), number(0, "1")));
        String mapping = mapping("\"onExisting\": \"update\"");
        List<Map<String, Object>> notices = preview(file, mapping).getList("notices");

        Map<String, Object> told = notices.stream()
                .filter(notice -> notice.get("code").equals("numbers-as-shown"))
                .findFirst()
                .orElseThrow();
        assertEquals(3, told.get("count"));
        assertTrue(told.get("detail").toString().contains(": B2, C3, B4."), told::toString);
        assertEquals("inserted 4", outcome(imported(file, mapping)));
        assertEquals(List.of("a 1234.57 1 - -", "b 0.30 2 - -", "c 0.1235 1 - -", "d 0.1234 1 - -"), stored());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"code\": \"a\", \"price\": 1.234, \"n\": 1234, \"note\": 1.50}, {\"code\": \"b\", \"price\": \"1.234\", \"n\": -1200}]",
                "[[\"code\", \"price\", \"n\", \"day\", \"at\", \"note\"], [\"a\", 1.234, 1234, null, null, 1.50], [\"b\", \"1.234\", -1200]]",
                "{\"code\": \"a\", \"price\": 1.234, \"n\": 1234, \"note\": 1.50}\n{\"code\": \"b\", \"price\": \"1.234\", \"n\": -1200}"
            })
    void a_number_of_json_is_that_number_and_a_text_is_a_text(String json) {
        String fields =
                "{\"target\": \"cells\", \"fields\": {\"code\": \"code\", \"price\": \"price\", \"n\": \"n\", \"note\": \"note\"}";
        byte[] file = json.getBytes(StandardCharsets.UTF_8);
        assertEquals("inserted 1, rejected 1", outcome(imported(file, fields + "}")));
        assertEquals(List.of("a 1.234 1234 - -"), stored());

        String byComma = fields + ", \"numbers\": {\"decimal\": \",\"}}";
        assertEquals("inserted 1, unchanged 1", foreseen(preview(file, byComma)));
        assertEquals("inserted 1, unchanged 1", outcome(imported(file, byComma)));
        assertEquals(List.of("a 1.234 1234 - -", "b 1234 -1200 - -"), stored());
        assertEquals(1, database.count("select count(*) from cells where note = '1.50'"));
    }

    @Test
    void in_a_file_of_texts_nothing_is_known() {
        String mapping = mapping("\"numbers\": {\"decimal\": \",\"}");
        assertEquals("inserted 1", outcome(imported(csv("code,price,n,day,at,note", "a,1.234,,,,"), mapping)));
        assertEquals(List.of("a 1234 - - -"), stored());
    }

    private static String mapping(String rules) {
        return """
                {"target": "cells", "fields": {"code": "code", "price": "price", "n": "n", "day": "day", "at": "at", "note": "note"}, %s}
                """.formatted(rules);
    }

    private static byte[] sheet(String... rows) {
        String names = row(text("code"), text("price"), text("n"), text("day"), text("at"), text("note"));
        return Workbooks.with(Map.of(
                Workbooks.STYLES,
                STYLES,
                Workbooks.SHEET,
                "<worksheet>" + names + String.join("", rows) + "</worksheet>"));
    }

    private static String row(String... cells) {
        return "<row>" + String.join("", cells) + "</row>";
    }

    private static String text(String text) {
        return "<c t=\"str\"><v>" + text + "</v></c>";
    }

    private static String number(int style, String number) {
        return "<c s=\"" + style + "\"><v>" + number + "</v></c>";
    }

    private List<String> stored() {
        return database.rows("""
                        select concat_ws(' ', code, coalesce(price::text, '-'), coalesce(n::text, '-'), coalesce(day::text, '-'),
                            coalesce((at at time zone 'UTC')::text, '-'))
                        from cells order by code
                        """).stream().map(row -> (String) row.get(0)).toList();
    }
}
