package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, hostile, or only unusual. Larger than 20 MB is too large here. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OddFilesApiTest.SmallLimit.class)
class OddFilesApiTest {
    private static final String WORKBOOK =
            "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>";

    private static final int LIMIT = 20_000_000;
    private static final String MAIL =
            "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"},\"unmapped\":\"attributes\"}";

    /** A limit that a test can reach. */
    public static class SmallLimit implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("importonce.max-file-bytes", String.valueOf(LIMIT));
        }
    }

    @Test
    void what_unpacks_to_more_than_the_limit_is_too_large() throws IOException {
        byte[] csv = ("email\n" + "a@b.de\n".repeat(LIMIT / 7 + 1)).getBytes(StandardCharsets.UTF_8);
        refused(Formats.gzip(csv), 413, "unpacks to more than 20000000 bytes");
        refused(workbook("<row/>".repeat(LIMIT / 6)), 413, "unpacks to more than 20000000 bytes");
        refused(Formats.gzip(Formats.gzip(csv)), 413, "unpacks to more than 20000000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "%s", "[{\"email\":\"%s\"}]", "{\"email\":\"%s\"}", "[{\"email\":%s}]"})
    void a_cell_without_an_end_is_no_row(String pattern) {
        String cell = pattern.contains(":%s") ? "7" : "x";
        String text = pattern.startsWith("[") || pattern.startsWith("{")
                ? pattern.formatted(cell.repeat(5_000_000))
                : "email\n" + pattern.formatted(cell.repeat(5_000_000)) + "\n";
        Response response = Imports.run(text.getBytes(StandardCharsets.UTF_8), MAIL);
        // A number of so many digits is no JSON at all, and of a line that nobody can read no column is known.
        if (pattern.contains(":%s") || pattern.startsWith("{"))
            assertEquals(422, response.statusCode(), response::asString);
        else {
            JsonPath job = Imports.ended(response.path("jobId"));
            assertEquals(1, job.getInt("progress.rejected"), job::prettify);
            assertEquals(1, job.getInt("progress.totalRows"), job::prettify);
        }
    }

    @Test
    void a_cell_of_a_spreadsheet_without_an_end_is_refused() throws IOException {
        String text = "x".repeat(5_000_000);
        refused(workbook("<row><c t=\"inlineStr\"><is><t>" + text + "</t></is></c></row>"), 422, "longer than");
        refused(workbook("<row>" + "<c t=\"str\"><v>abcdefghij</v></c>".repeat(200_000) + "</row>"), 422, "");
        refused(workbook("<row><c r=\"ZZZZ1\" t=\"str\"><v>x</v></c></row>"), 422, "columns");
    }

    @Test
    void a_million_columns_are_refused() {
        StringBuilder object = new StringBuilder("[{");
        for (int i = 0; i < 1_000_000; i++)
            object.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
        refused(object.append("}]").toString().getBytes(StandardCharsets.UTF_8), 422, "columns");
        refused(("a" + ",a".repeat(1_000_000) + "\n1\n").getBytes(StandardCharsets.UTF_8), 422, "");
    }

    @Test
    void deeply_nested_json_is_refused() {
        String nested = "[{\"email\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}]";
        refused(nested.getBytes(StandardCharsets.UTF_8), 422, "not valid JSON");
    }

    @Test
    void xml_entities_are_refused() throws IOException {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        refused(workbook(bomb, "<row><c t=\"str\"><v>&b;</v></c></row>"), 422, "");
        refused(workbook("", "<row><c t=\"str\"><v>&b;</v></c></row>"), 422, "");
    }

    @Test
    void what_only_looks_like_a_spreadsheet_is_refused() throws IOException {
        byte[] whole = Formats.xlsx(List.of(List.of("email"), List.of("a@b.de")), "S");
        refused(java.util.Arrays.copyOf(whole, whole.length / 2), 422, "damaged");
        refused("PK\3\4 and no more".getBytes(StandardCharsets.UTF_8), 422, "damaged");
        refused(zip(Map.of("readme.txt", "hello")), 422, "not an XLSX workbook");
        // Found by fuzzing: a sheet that is nowhere.
        refused(
                zip(Map.of(
                        "xl/workbook.xml",
                        WORKBOOK,
                        "xl/_rels/workbook.xml.rels",
                        "<Relationships><Relationship Id=\"r1\"/></Relationships>")),
                422,
                "no data");
        // And a list of parts that begins four gigabytes behind the file's end, and a text that ends in
        // the middle, which is
        // noticed late.
        refused(
                Base64.getDecoder()
                        .decode(
                                "UEsDBC0ACAABAAAAAE2UbAAAAAAAc3R5bGVz//////////////////8A////////////////////////////////////////////"
                                        + "//////////////////////8ueG1sLFBLBQYAAAAAAAr/////////////lDI0MA4AAAAA"),
                422,
                "damaged");
        refused(zip(Map.of("xl/workbook.xml", WORKBOOK, "xl/sharedStrings.xml", "<sst><si><t>and no")), 422, "damaged");
        refused(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2, 3}, 422, "before 2007");
        refused(Formats.xlsx(List.of(List.of("email")), "S"), 422, "no rows");
        refused(Formats.xlsx(List.of(), "S"), 422, "no data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"email\":\"a@b.de\"}", "[{\"email\":\"a@b.de\"}] x", "[]", "{\"email\":}", "[{}]"})
    void json_that_is_no_table_is_refused(String json) {
        refused(json.getBytes(StandardCharsets.UTF_8), 422, "");
    }

    @Test
    void gzip_that_breaks_off_is_refused() {
        byte[] whole = Formats.gzip("email\na@b.de\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        refused(java.util.Arrays.copyOf(whole, whole.length - 12), 422, "damaged or breaks off");
    }

    @Test
    void a_wrong_encoding_is_refused_with_the_place_and_a_guess() {
        byte[] file = "email,name\na@b.de,M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1);
        given().multiPart("file", "c.csv", file)
                .multiPart(
                        "mapping",
                        "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"},\"format\":{\"encoding\":\"utf-8\"}}",
                        "application/json")
                .post("/api/migrations/run")
                .then()
                .statusCode(422)
                .body("detail", org.hamcrest.Matchers.containsString("offset 19"))
                .body("detail", org.hamcrest.Matchers.containsString("windows-1252"));
    }

    @Test
    void a_spreadsheet_is_read_as_people_see_it() throws IOException {
        String rows = """
                <row r="3"><c r="B3" t="inlineStr"><is><r><t>ema</t></r><r><t>il</t></r><rPh><t>no</t></rPh></is></c>
                  <c r="C3" t="str"><v>When</v></c><c r="D3" t="str"><v>Zip</v></c><c r="E3" t="str"><v>Flag</v></c>
                  <c r="F3" t="str"><v>Number</v></c></row>
                <row r="4"/>
                <row r="7"><c r="B7" t="str"><f>A1&amp;B1</f><v>odd1@odd.example</v></c><c r="C7" s="1"><v>45322</v></c>
                  <c r="D7" s="2"><v>1234</v></c><c r="E7" t="b"><v>1</v></c><c r="F7"><v>4.912345678E9</v></c></row>
                <row r="9"><c r="B9" t="str"><v>odd2@odd.example</v></c><c r="F9" t="str"><v>a_x000A_b</v></c></row>
                <row r="10"><c r="B10" t="str"><v>nobody</v></c></row>
                <row r="11"><c r="B11" t="str"><v>odd3@odd.example</v></c><c r="H11" t="str"><v>beyond</v></c></row>
                """;
        JsonPath job = Imports.imported(workbook(rows), MAIL);

        assertEquals(2, job.getInt("progress.inserted"), job::prettify);
        assertEquals(
                Map.of("When", "2024-01-31", "Zip", "01234", "Flag", "TRUE", "Number", "4912345678"),
                contact("odd1@odd.example").getMap("items[0].attributes"));
        assertEquals(Map.of("Number", "a\nb"), contact("odd2@odd.example").getMap("items[0].attributes"));
        String rejects = given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        assertTrue(rejects.contains("nobody,,,,,10,"), rejects);
        assertTrue(rejects.contains("odd3@odd.example,,,,,11,\"The row has 8 cells"), rejects);
    }

    @Test
    void json_values_are_kept_as_they_are_written() {
        String lines = """
                {"email":"json1@odd.example","n":1.50,"big":12345678901234567890,"b":true,"x":null,"o":{"a":[1, 2]}}

                {"n":"later","email":"json2@odd.example","new":""}
                {"email":"nobody"}
                """;
        JsonPath job = Imports.imported(lines.getBytes(StandardCharsets.UTF_8), MAIL);

        assertEquals(2, job.getInt("progress.inserted"), job::prettify);
        assertEquals(
                Map.of("n", "1.50", "big", "12345678901234567890", "b", "true", "o.a", "[1,2]"),
                contact("json1@odd.example").getMap("items[0].attributes"));
        assertEquals(Map.of("n", "later"), contact("json2@odd.example").getMap("items[0].attributes"));
        String rejects = given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        assertTrue(rejects.contains("nobody,,,,,,,4,"), rejects);
    }

    private static JsonPath contact(String email) {
        return given().queryParam("email", email).get("/api/contacts").jsonPath();
    }

    private static void refused(byte[] file, int status, String detail) {
        Response response = Imports.run(file, MAIL);
        assertEquals(status, response.statusCode(), response::asString);
        assertTrue(response.jsonPath().getString("detail").contains(detail), response::asString);
    }

    private static byte[] workbook(String rows) throws IOException {
        return workbook("", rows);
    }

    private static byte[] workbook(String prologue, String rows) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("xl/workbook.xml", WORKBOOK);
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
        parts.put("xl/worksheets/sheet1.xml", prologue + "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
        return zip(parts);
    }

    private static byte[] zip(Map<String, String> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
