package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.job.Imports;
import dev.importonce.platform.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
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
