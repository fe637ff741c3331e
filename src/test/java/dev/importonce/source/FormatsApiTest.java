package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same table in any format gives the same contacts. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FormatsApiTest {
    private static final String MAPPING = """
            {"target": "contacts", "fields": {"email": "E-Mail", "firstName": "Vorname", "company": "Gr\\u00f6\\u00dfe"},
             "unmapped": "attributes"%s}
            """;

    private static final String MAPPING_OF_MAIL =
            "{\"target\": \"contacts\", \"fields\": {\"email\": \"E-Mail\", \"firstName\": \"Vorname\"}%s}";

    /** Everything that Western character sets have. */
    private static final List<List<String>> WESTERN = List.of(
            List.of("Vorname", "E-Mail", "Größe", "Notiz"),
            List.of("Jörg", "joerg@%s", "Müller & Söhne", "sagt \"ja\", oft"),
            List.of("Zoë", "zoe@%s", "", "zwei\nZeilen"),
            List.of("", "leer@%s", "a;b|c\td", ""),
            List.of("=1+1", "formel@%s", "0123", "1,5"),
            List.of("Anaïs", "anais@%s", " außen ", "'Anführung'"));

    private static final List<List<String>> WORLD = with(
            WESTERN,
            List.of(
                    List.of("Łukasz", "lukasz@%s", "株式会社", "\uD83D\uDE00"),
                    List.of("Иван", "ivan@%s", "Γιώργος", "שלום")));

    static Stream<Arguments> files() {
        List<Arguments> files = new ArrayList<>();
        for (String delimiter : List.of(",", ";", "\t", "|"))
            for (String end : List.of("\n", "\r", "\r\n"))
                files.add(file(
                        "csv " + delimiter + " " + end, table -> Formats.csv(table, delimiter, end, UTF_8), WORLD, ""));
        for (String encoding : List.of("windows-1252", "ISO-8859-1", "ISO-8859-15"))
            files.add(file(encoding, table -> Formats.csv(table, ";", "\r\n", Charset.forName(encoding)), WESTERN, ""));
        for (String encoding : List.of("UTF-16LE", "UTF-16BE"))
            files.add(file(encoding, table -> Formats.csv(table, ",", "\n", Charset.forName(encoding)), WORLD, ""));
        files.add(file("UTF-8 with mark", table -> marked(Formats.csv(table, ",", "\n", UTF_8)), WORLD, ""));
        files.add(file(
                "UTF-16 with mark",
                table -> Formats.csv(table, "\t", "\r\n", java.nio.charset.StandardCharsets.UTF_16),
                WORLD,
                ""));
        files.add(file(
                "named",
                table -> Formats.csv(table, ",", "\n", Charset.forName("IBM850")),
                WESTERN,
                "\"encoding\":\"cp850\""));
        files.add(file("tsv", table -> Formats.csv(table, "\t", "\n", UTF_8), WORLD, "\"type\":\"tsv\""));
        files.add(file("json", Formats::json, WORLD, ""));
        files.add(file("ndjson", Formats::ndjson, WORLD, ""));
        files.add(file("xlsx", table -> Formats.xlsx(table, "Kontakte"), WORLD, ""));
        files.add(file("xlsx, second sheet", table -> Formats.xlsx(table, "A", "B"), WORLD, "\"sheet\":\"B\""));
        files.add(file("csv, gzip", table -> Formats.gzip(Formats.csv(table, ";", "\n", UTF_8)), WORLD, ""));
        files.add(file(
                "windows-1252, gzip",
                table -> Formats.gzip(Formats.csv(table, ";", "\n", Charset.forName("windows-1252"))),
                WESTERN,
                ""));
        files.add(file("json, gzip", table -> Formats.gzip(Formats.json(table)), WORLD, ""));
        files.add(file("ndjson, gzip", table -> Formats.gzip(Formats.ndjson(table)), WORLD, ""));
        files.add(file("xlsx, gzip", table -> Formats.gzip(Formats.xlsx(table, "Kontakte")), WORLD, ""));
        return files.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void a_table_gives_the_same_contacts_in_any_format(
            String name, Maker maker, List<List<String>> table, String hint) {
        String domain = "f" + Math.floorMod((name + hint).hashCode(), 1_000_000) + ".example";
        List<List<String>> own = table.stream()
                .map(row -> row.stream().map(cell -> cell.replace("%s", domain)).toList())
                .toList();
        byte[] file = maker.make(own);
        String mapping = MAPPING.formatted(hint.isEmpty() ? "" : ", \"format\": {" + hint + "}");

        JsonPath job = Imports.imported(file, mapping);

        assertEquals("completed", job.getString("status"), job::prettify);
        assertEquals(own.size() - 1, job.getInt("progress.inserted"), job::prettify);
        for (List<String> row : own.subList(1, own.size())) assertEquals(contact(row), stored(row.get(1)), name);
        assertEquals(own.size() - 1, Imports.imported(file, mapping).getInt("progress.unchanged"));
    }

    @Test
    void a_source_that_was_sent_ahead_is_read_as_any_mapping_says() {
        byte[] file = Formats.xlsx(List.of(List.of("E-Mail"), List.of("two@ahead.example")), "Two");
        String source = given().contentType("application/octet-stream")
                .body(file)
                .post("/api/sources")
                .path("sourceId");

        String request =
                "{\"sourceId\":\"%s\",\"mapping\":{\"target\":\"contacts\",\"fields\":{\"email\":\"E-Mail\"}%s}}";
        for (String format : List.of("", ",\"format\":{\"type\":\"xlsx\"}", ",\"format\":{\"sheet\":\"Two\"}")) {
            String job = given().contentType("application/json")
                    .body(request.formatted(source, format))
                    .post("/api/migrations/run")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("jobId");
            assertEquals("completed", Imports.ended(job).getString("status"));
        }
        given().contentType("application/json")
                .body(request.formatted(source, ",\"format\":{\"sheet\":\"Three\"}"))
                .post("/api/migrations/run")
                .then()
                .statusCode(422)
                .body("type", endsWith("unknown-sheet"))
                .body("detail", containsString("Sheets found: Two."));
    }

    @Test
    void an_unreadable_source_is_kept_for_a_mapping_that_says_how() {
        // One row of it is UTF-8, so nothing but that is guessed.
        byte[] dos = "E-Mail;Vorname\nann@dos.example;Jürgen\nzoe@dos.example;Zo\u251C\u00BD\n"
                .getBytes(Charset.forName("IBM850"));
        String source = sent(dos);

        preview(source, "")
                .statusCode(422)
                .body("type", endsWith("unreadable-file"))
                .body("detail", containsString("format.encoding"));
        preview(source, ",\"mapping\":{\"format\":{\"encoding\":\"IBM850\"}}")
                .statusCode(200)
                .body("sampleRows[0]", equalTo(List.of("ann@dos.example", "Jürgen")))
                .body("summary", nullValue());
        assertEquals(
                "completed",
                ended(source, MAPPING_OF_MAIL.formatted(",\"format\":{\"encoding\":\"IBM850\"}"))
                        .getString("status"));
        assertEquals("Jürgen", stored("ann@dos.example").get("firstName"));
    }

    @Test
    void a_workbook_lists_its_sheets_and_skips_an_empty_first_one() {
        byte[] file = Formats.workbook(
                Map.of("Leads", List.of(List.of("E-Mail", "Vorname"), List.of("second@sheet.example", "Ann"))),
                "Read me",
                "Leads");
        String source = sent(file);

        assertEquals(List.of("Read me", "Leads"), sheets(source));
        preview(source, ",\"mapping\":{\"format\":{\"sheet\":\"Read me\"}}")
                .statusCode(422)
                .body("type", endsWith("empty-file"));
        preview(source, "")
                .statusCode(200)
                .body("format.sheet", equalTo("Leads"))
                .body("columns", equalTo(List.of("E-Mail", "Vorname")))
                .body("suggestedMapping.fields.email", equalTo("E-Mail"));
        assertEquals(1, ended(source, MAPPING_OF_MAIL.formatted("")).getInt("progress.inserted"));
    }

    @Test
    void only_workbooks_have_sheets_and_unreadable_files_are_refused() {
        assertEquals(List.of(), sheets(sent("email\nann@none.example\n".getBytes(UTF_8))));
        assertEquals(
                List.of("One", "Two"),
                sheets(sent(Formats.gzip(Formats.xlsx(List.of(List.of("a"), List.of("b")), "One", "Two")))));

        for (byte[] file : List.of(
                "PK\3\4 and no more".getBytes(UTF_8), "[{\"a\": 1}, {".getBytes(UTF_8), "email\n".getBytes(UTF_8)))
            given().contentType("application/octet-stream")
                    .body(file)
                    .post("/api/sources")
                    .then()
                    .statusCode(422);
        given().get("/api/sources/" + UUID.randomUUID() + "/sheets").then().statusCode(404);
        given().get("/api/sources/nonsense/sheets").then().statusCode(404);
    }

    @Test
    void only_a_preview_may_say_how_to_read_and_no_more() {
        String source = sent("email\nann@only.example\n".getBytes(UTF_8));

        given().contentType("application/json")
                .body("{\"sourceId\":\"%s\",\"mapping\":{\"format\":{\"type\":\"csv\"}}}".formatted(source))
                .post("/api/migrations/run")
                .then()
                .statusCode(422)
                .body("type", endsWith("invalid-mapping"));
        preview(source, ",\"mapping\":{\"format\":{\"type\":\"doc\"}}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/format/type"));
    }

    private static String sent(byte[] file) {
        return given().contentType("application/octet-stream")
                .body(file)
                .post("/api/sources")
                .then()
                .statusCode(201)
                .extract()
                .path("sourceId");
    }

    private static List<String> sheets(String source) {
        return given().get("/api/sources/" + source + "/sheets").path("items");
    }

    private static ValidatableResponse preview(String source, String mapping) {
        return given().contentType("application/json")
                .body("{\"sourceId\":\"%s\"%s}".formatted(source, mapping))
                .post("/api/migrations/preview")
                .then();
    }

    private static JsonPath ended(String source, String mapping) {
        return Imports.ended(given().contentType("application/json")
                .body("{\"sourceId\":\"%s\",\"mapping\":%s}".formatted(source, mapping))
                .post("/api/migrations/run")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId"));
    }

    private static Map<String, Object> contact(List<String> row) {
        Map<String, Object> contact = new TreeMap<>();
        contact.put("firstName", row.get(0).isBlank() ? null : row.get(0).strip());
        contact.put("company", row.get(2).isBlank() ? null : row.get(2).strip());
        contact.put("attributes", row.get(3).isBlank() ? Map.of() : Map.of("Notiz", row.get(3)));
        return contact;
    }

    private static Map<String, Object> stored(String email) {
        JsonPath found = given().queryParam("email", email).get("/api/contacts").jsonPath();
        Map<String, Object> contact = new TreeMap<>();
        for (String field : List.of("firstName", "company", "attributes"))
            contact.put(field, found.get("items[0]." + field));
        return contact;
    }

    private static byte[] marked(byte[] utf8) {
        return ("\uFEFF" + new String(utf8, UTF_8)).getBytes(UTF_8);
    }

    private static List<List<String>> with(List<List<String>> table, List<List<String>> more) {
        return Stream.concat(table.stream(), more.stream()).toList();
    }

    private static Arguments file(String name, Maker maker, List<List<String>> table, String hint) {
        return Arguments.of(name, maker, table, hint);
    }

    interface Maker {
        byte[] make(List<List<String>> table);
    }
}
