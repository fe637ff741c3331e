package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.job.Imports;
import dev.importonce.platform.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
                        "csv " + delimiter + " " + end,
                        table -> Formats.csv(table, delimiter, end, StandardCharsets.UTF_8),
                        WORLD,
                        ""));
        for (String encoding : List.of("windows-1252", "ISO-8859-1", "ISO-8859-15"))
            files.add(file(encoding, table -> Formats.csv(table, ";", "\r\n", Charset.forName(encoding)), WESTERN, ""));
        for (String encoding : List.of("UTF-16LE", "UTF-16BE"))
            files.add(file(encoding, table -> Formats.csv(table, ",", "\n", Charset.forName(encoding)), WORLD, ""));
        files.add(file(
                "UTF-8 with mark", table -> marked(Formats.csv(table, ",", "\n", StandardCharsets.UTF_8)), WORLD, ""));
        files.add(file(
                "UTF-16 with mark", table -> Formats.csv(table, "\t", "\r\n", StandardCharsets.UTF_16), WORLD, ""));
        files.add(file(
                "named",
                table -> Formats.csv(table, ",", "\n", Charset.forName("IBM850")),
                WESTERN,
                "\"encoding\":\"cp850\""));
        files.add(file(
                "tsv", table -> Formats.csv(table, "\t", "\n", StandardCharsets.UTF_8), WORLD, "\"type\":\"tsv\""));
        files.add(file("json", Formats::json, WORLD, ""));
        files.add(file("ndjson", Formats::ndjson, WORLD, ""));
        files.add(file("xlsx", table -> Formats.xlsx(table, "Kontakte"), WORLD, ""));
        files.add(file("xlsx, second sheet", table -> Formats.xlsx(table, "A", "B"), WORLD, "\"sheet\":\"B\""));
        files.add(file(
                "csv, gzip", table -> Formats.gzip(Formats.csv(table, ";", "\n", StandardCharsets.UTF_8)), WORLD, ""));
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
                .body("type", org.hamcrest.Matchers.endsWith("unknown-sheet"))
                .body("detail", org.hamcrest.Matchers.containsString("Sheets found: Two."));
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
        return ("\uFEFF" + new String(utf8, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
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
