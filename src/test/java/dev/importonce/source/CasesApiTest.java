package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Workbooks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people's files have around their cells, from the file to what is stored. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class CasesApiTest {
    private static final String ALL =
            "{\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"firstName\":\"First Name\"},\"unmapped\":\"attributes\"}";

    @Test
    void a_row_with_too_many_cells_keeps_them_and_is_rejected_again() {
        JsonPath job = Imports.imported(Cases.file("02-rejects-cut-surplus-cells.rt_extra.csv"), ALL);
        String rejects = rejects(job);
        assertTrue(rejects.contains("rt1@a.example,Ann,2,") && rejects.contains(",precious\r\n"), rejects);

        JsonPath again = Imports.imported(rejects.getBytes(StandardCharsets.UTF_8), ALL);
        assertEquals(1, again.getInt("progress.rejected"));
        String counts = "\\d+ cells, the header has \\d+";
        assertEquals(rejects.replaceAll(counts, ""), rejects(again).replaceAll(counts, ""));
    }

    @Test
    void columns_without_a_name_are_kept_by_their_place() {
        imported("08-column-without-name-dropped.blank_header_mid.csv");
        assertEquals(Map.of("Column 2", "x"), contact("bh1@a.example").getMap("items[0].attributes"));
        imported("08-column-without-name-dropped.blank_headers_two.csv");
        assertEquals(
                Map.of("Column 2", "x", "Column 3", "y"),
                contact("bt1@a.example").getMap("items[0].attributes"));
    }

    @Test
    void what_keeps_leading_zeros_in_a_spreadsheet_is_not_stored() {
        Imports.imported(
                Cases.file("12-excel-text-formula-csv.csv"),
                "{\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"phone\":\"Phone\"}}");
        assertEquals("0049151", contact("xf1@a.example").getString("items[0].phone"));
        assertEquals("0151", contact("xf2@a.example").getString("items[0].phone"));
    }

    @Test
    void blank_cells_too_many_or_too_few_at_the_end_are_no_fault() {
        imported("32-cell-count.short_rows.csv");
        assertEquals("Bo", contact("sr2@a.example").getString("items[0].firstName"));
        assertEquals(Map.of("Note", "hi"), contact("sr4@a.example").getMap("items[0].attributes"));
        imported("32-cell-count.trailing_delim_data_only.csv");
        imported("32-cell-count.trailing_delim_header_only.csv");
        assertEquals(Map.of(), contact("th1@a.example").getMap("items[0].attributes"));
        JsonPath job = Imports.imported(
                Cases.file("32-cell-count.delim_header_one_short.csv"),
                "{\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"lastName\":\"Name\"}}");
        assertEquals(0, job.getInt("progress.rejected"), job::prettify);
    }

    @Test
    void an_error_of_a_spreadsheet_takes_no_value_away() {
        String mapping = "{\"target\":\"contacts\",\"fields\":{\"email\":\"Email\",\"firstName\":\"First Name\"}%s}";
        Imports.imported(text("Email,First Name\nex1@a.example,Ann\nex2@a.example,Bo\n"), mapping.formatted(""));
        byte[] csv = text("Email,First Name\nex1@a.example,#N/A\nex2@a.example,#WERT!\n#REF!,Cy\n");
        byte[] sheet = Workbooks.with(
                Workbooks.SHEET,
                "<worksheet><row><c t=\"str\"><v>Email</v></c><c t=\"str\"><v>First Name</v></c></row>"
                        + "<row><c t=\"str\"><v>ex1@a.example</v></c><c t=\"e\"><v>#DIV/0!</v></c></row>"
                        + "<row><c t=\"str\"><v>ex2@a.example</v></c><c><f>A1</f></c></row>"
                        + "<row><c t=\"e\"><v>#N/A</v></c><c t=\"str\"><v>Cy</v></c></row></worksheet>");
        for (byte[] file : List.of(csv, sheet)) {
            JsonPath preview = Imports.preview(file, mapping.formatted(""));
            JsonPath job = Imports.imported(file, mapping.formatted(""));
            assertEquals(1, job.getInt("progress.rejected"));
            assertEquals(2, job.getInt("progress.unchanged"));
            assertEquals("Ann", contact("ex1@a.example").getString("items[0].firstName"));
            assertEquals("Bo", contact("ex2@a.example").getString("items[0].firstName"));
            assertEquals(2, job.getInt("notices.find { it.code == 'error-cells' }.count"), job::prettify);
            assertEquals("First Name", job.getString("notices.find { it.code == 'error-cells' }.column"));
            assertEquals(preview.getList("notices"), job.getList("notices"));
            assertTrue(rejects(job).contains("is an error of a spreadsheet"), rejects(job));

            JsonPath clearing = Imports.imported(file, mapping.formatted(",\"onBlank\":\"clear\""));
            assertEquals(3, clearing.getInt("progress.rejected"));
            assertEquals("Ann", contact("ex1@a.example").getString("items[0].firstName"));
        }
    }

    @Test
    void what_a_database_writes_for_nothing_is_text_and_is_told() {
        byte[] file = text("Email,First Name\nnu1@a.example,\\N\nnu2@a.example,NULL\nnu3@a.example,Null\n");
        JsonPath preview = Imports.preview(file, ALL);
        JsonPath job = Imports.imported(file, ALL);
        assertEquals(2, job.getInt("notices.find { it.code == 'null-cells' }.count"), job::prettify);
        assertEquals(preview.getList("notices"), job.getList("notices"));
        assertEquals("\\N", contact("nu1@a.example").getString("items[0].firstName"));
        assertEquals("NULL", contact("nu2@a.example").getString("items[0].firstName"));
    }

    @Test
    void a_broken_line_is_rejected_each_time_and_others_are_imported() {
        String mapping = "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"}}";
        JsonPath job = Imports.imported(Cases.file("24-ndjson-one-bad-line.nd_bad_line.ndjson"), mapping);
        assertEquals(2, job.getInt("progress.inserted"));
        assertEquals(1, job.getInt("progress.rejected"));
        assertTrue(rejects(job).contains(",2,Line 2 is not valid JSON at column"), rejects(job));
        JsonPath again = Imports.imported(text(rejects(job)), mapping);
        assertEquals(1, again.getInt("progress.totalRows"));
        assertEquals(1, again.getInt("progress.rejected"));
        assertEquals(
                3,
                Imports.imported(Cases.file("24-ndjson-one-bad-line.json_null_element.json"), mapping)
                        .getInt("progress.rejected"));
        assertEquals(
                3,
                Imports.imported(Cases.file("24-ndjson-one-bad-line.nd_array_line.ndjson"), mapping)
                        .getInt("progress.rejected"));
    }

    @Test
    void the_header_and_delimiter_come_from_the_file_or_the_mapping() {
        String mapping = "{\"target\":\"contacts\",\"fields\":{\"email\":\"%s\"},\"format\":%s}";
        for (String format : List.of("{}", "{\"headerRow\":3}", "{\"headerRow\":2}")) {
            JsonPath job = Imports.imported(
                    Cases.file("31-header-not-first.title_rows.csv"), mapping.formatted("Email", format));
            assertEquals(2, job.getInt("progress.totalRows"));
            assertEquals(0, job.getInt("progress.rejected"));
            assertEquals(format.equals("{}") ? 1 : 0, job.getList("notices").size(), job::prettify);
        }
        for (String format : List.of("{}", "{\"header\":false}"))
            assertEquals(
                    2,
                    Imports.imported(
                                    Cases.file("31-header-not-first.no_header.csv"),
                                    mapping.formatted("Column 1", format))
                            .getInt("progress.totalRows"));
        assertTrue(contact("nh1@a.example").getList("items").size() == 1);
        Imports.imported(
                Cases.file("38-delimiters.delim_tilde_fmt.csv"), mapping.formatted("Email", "{\"delimiter\":\"~\"}"));
        Imports.imported(
                Cases.file("38-delimiters.delim_colon_fmt.csv"), mapping.formatted("Email", "{\"delimiter\":\":\"}"));
        Imports.imported(Cases.file("30-sep-line.sep_semicolon.csv"), ALL);
        assertEquals("Ann", contact("sep1@a.example").getString("items[0].firstName"));
    }

    @Test
    void what_was_done_to_a_file_is_told_before_and_after() {
        byte[] file = text("Email,,First Name\n\nwd1@a.example,x,Ann\n,,\nwd2@a.example\nwd3@a.example,,Cy,,\n");
        JsonPath preview = Imports.preview(file, ALL);
        JsonPath job = Imports.imported(file, ALL);
        assertEquals(
                List.of("blank-rows", "short-rows", "blank-surplus-cells", "unnamed-column"),
                job.getList("notices.code"));
        assertEquals(List.of(1, 1, 1, 1), job.getList("notices.count"));
        assertEquals(preview.getList("notices"), job.getList("notices"));
        assertEquals(3, job.getInt("progress.totalRows"));
        // From a source that is known, too, in whichever way it is read.
        String id = given().body(file).post("/api/sources").path("sourceId");
        JsonPath known = given().contentType("application/json")
                .body("{\"sourceId\":\"" + id + "\",\"mapping\":" + ALL + "}")
                .post("/api/migrations/run")
                .jsonPath();
        assertEquals(
                job.getList("notices"), Imports.ended(known.getString("jobId")).getList("notices"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void imported(String file) {
        JsonPath job = Imports.imported(Cases.file(file), ALL);
        assertTrue(job.getInt("progress.totalRows") > 0);
        assertEquals(0, job.getInt("progress.rejected"), job::prettify);
    }

    private static String rejects(JsonPath job) {
        return given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static JsonPath contact(String email) {
        return given().queryParam("email", email).get("/api/contacts").jsonPath();
    }
}
