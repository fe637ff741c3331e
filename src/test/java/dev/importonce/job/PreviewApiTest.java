package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.importonce.fixture.Cases;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A preview says exactly what the import then does, and does none of it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PreviewApiTest {
    private static final List<String> TABLES = List.of(
            "contacts",
            "migration_jobs",
            "import_chunks",
            "sources",
            "uploads",
            "source_blocks",
            "renditions",
            "import_rejects",
            "target_staging");

    Database database;

    @Test
    void its_summary_equals_the_import_for_any_rows_and_mapping() {
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            byte[] file = round % 2 == 0 ? file(random) : oddFile(random);
            String mapping = mapping(random);
            JsonPath preview = Imports.preview(file, mapping);
            JsonPath progress = Imports.imported(file, mapping);

            assertEquals(figures(progress), summary(preview), "round " + round + " " + mapping);
            assertEquals(
                    Math.min(100, progress.getInt("progress.rejected")),
                    preview.getList("rejects").size());
            assertEquals(preview.getList("notices"), progress.getList("notices"), "round " + round);
        }
    }

    @Test
    void it_writes_nothing_also_for_a_file_too_large_for_memory() {
        List<List<Object>> before = counts();

        JsonPath preview = Imports.preview(Imports.csv("x@preview.example,Ann,Lee\n".repeat(200_000)), Imports.MAPPING);

        assertEquals(200_000, preview.getInt("summary.totalRows"));
        assertEquals(List.of(), preview.getList("notices"));
        assertEquals(199_999, preview.getInt("summary.overridden"));
        assertEquals(before, counts());
    }

    @Test
    void of_more_than_a_million_rows_the_first_million_is_foreseen() {
        JsonPath preview =
                Imports.preview(Imports.csv("x@preview.example,Ann,Lee\n".repeat(1_000_003)), Imports.MAPPING);

        assertEquals(1_000_000, preview.getInt("summary.totalRows"));
        assertEquals(999_999, preview.getInt("summary.overridden"));
        assertEquals("first-million", preview.getString("notices[0].code"));
        assertEquals(1_000_003, preview.getInt("notices[0].count"));
        assertEquals(
                "The file has 1000003 rows; what is foreseen is what its first 1000000 would do.",
                preview.getString("notices[0].detail"));
    }

    @Test
    void of_long_rows_it_shows_a_megabyte_and_counts_all() {
        String row = "x".repeat(300_000) + ",Ann,Lee\n";

        JsonPath preview = Imports.preview(Imports.csv(row.repeat(20)), Imports.MAPPING);

        assertEquals(4, preview.getList("sampleRows").size());
        assertEquals(4, preview.getList("rejects").size());
        assertEquals(20, preview.getInt("summary.wouldReject"));
    }

    @Test
    void without_a_mapping_it_describes_the_file_and_suggests_one() {
        byte[] file = Formats.xlsx(
                List.of(List.of("Vorname", "E-Mail-Adresse", "Notiz"), List.of("Jo", "jo@preview.example", "x")),
                "Leads");

        JsonPath preview = given().multiPart("file", "leads.xlsx", file)
                .post("/api/migrations/preview")
                .jsonPath();

        assertEquals(Map.of("type", "xlsx", "sheet", "Leads"), preview.getMap("format"));
        assertEquals(List.of("Vorname", "E-Mail-Adresse", "Notiz"), preview.getList("columns"));
        assertEquals(List.of(List.of("Jo", "jo@preview.example", "x")), preview.getList("sampleRows"));
        assertEquals("contacts", preview.getString("suggestedMapping.target"));
        assertEquals(
                Map.of("email", "E-Mail-Adresse", "firstName", "Vorname"), preview.getMap("suggestedMapping.fields"));
        assertEquals(List.of("contacts", "chats", "messages"), preview.getList("suggestedMappings.target"));
        assertEquals(Map.of(), preview.getMap("suggestedMappings[2].fields"));
        assertNull(preview.getString("summary"));
        assertNull(preview.getList("rejects"));
    }

    @Test
    void exports_are_mapped_as_their_owners_would() {
        Map<String, String> google = Map.of(
                "email", "E-mail 1 - Value",
                "firstName", "First Name",
                "lastName", "Last Name",
                "phone", "Phone 1 - Value",
                "company", "Organization Name");
        assertEquals(google, suggested("15-suggested-mapping.header_google.csv"));
        assertEquals(google, suggested("15-suggested-mapping.header_google2.csv"));
        assertEquals(
                Map.of(
                        "email", "Email",
                        "firstName", "First Name",
                        "lastName", "Last Name",
                        "phone", "Phone Number",
                        "company", "Associated Company"),
                suggested("15-suggested-mapping.header_hubspot.csv"));
    }

    private static Map<String, String> suggested(String file) {
        return given().multiPart("file", file, Cases.file(file))
                .post("/api/migrations/preview")
                .jsonPath()
                .getMap("suggestedMapping.fields");
    }

    @Test
    void columns_that_say_nothing_are_taken_for_those_of_contacts() {
        JsonPath preview = given().multiPart(
                        "file", "some.csv", "Colour,Shape\nred,round\n".getBytes(StandardCharsets.UTF_8))
                .post("/api/migrations/preview")
                .jsonPath();

        assertEquals("contacts", preview.getString("suggestedMapping.target"));
        assertEquals(Map.of(), preview.getMap("suggestedMapping.fields"));
        assertEquals(Map.of(), preview.getMap("suggestedMappings.find { it.target == 'chats' }.fields"));
    }

    @Test
    void a_source_sent_ahead_is_previewed_by_its_id_and_stays() {
        byte[] file = Formats.json(List.of(List.of("mail"), List.of("ann@preview.example"), List.of("no address")));
        String source = given().contentType("application/octet-stream")
                .body(file)
                .post("/api/sources")
                .path("sourceId");
        String request = "{\"sourceId\":\"%s\",\"mapping\":{\"target\":\"contacts\",\"fields\":{\"email\":\"mail\"}}}"
                .formatted(source);

        JsonPath preview = given().contentType("application/json")
                .body(request)
                .post("/api/migrations/preview")
                .jsonPath();

        assertEquals(1, preview.getInt("summary.wouldInsert"));
        assertEquals(1, preview.getInt("summary.wouldReject"));
        assertEquals(2, preview.getInt("rejects[0].row"));
        assertEquals(List.of("no address"), preview.getList("rejects[0].cells"));
        String job = given().contentType("application/json")
                .body(request)
                .post("/api/migrations/run")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        Imports.ended(job);
    }

    @Test
    void what_the_import_would_refuse_the_preview_refuses() {
        given().multiPart("file", "c.csv", "a,b\n1,2\n".getBytes())
                .multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/preview")
                .then()
                .statusCode(422)
                .body("type", org.hamcrest.Matchers.endsWith("unknown-column"));
        given().multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/preview")
                .then()
                .statusCode(400);
    }

    private static byte[] file(Random random) {
        List<String> rows = new ArrayList<>();
        for (int i = random.nextInt(300); i >= 0; i--)
            rows.add(String.join(
                            ",",
                            random.nextInt(12) == 0 ? "nobody" : "p" + random.nextInt(60) + "@preview.example",
                            random.nextInt(3) == 0 ? "" : "First" + random.nextInt(3),
                            random.nextInt(3) == 0 ? "" : "Last" + random.nextInt(3))
                    + (random.nextInt(20) == 0 ? ",too many" : ""));
        return Imports.csv(rows.toArray(String[]::new));
    }

    /** The same with what people's files have beside their rows. */
    private static byte[] oddFile(Random random) {
        boolean json = random.nextInt(4) == 0;
        List<String> lines = new ArrayList<>();
        if (!json && random.nextBoolean()) lines.add("Report of 2026");
        if (!json) lines.add("email,first,last");
        lines.add(json ? "{\"email\":\"a@preview.example\"}" : "a@preview.example,Ann,Lee");
        for (int i = random.nextInt(300); i > 0; i--) {
            String email = "p" + random.nextInt(60) + "@preview.example";
            String name = List.of("Ann", "#N/A", "\\N", "", "#REF!").get(random.nextInt(5));
            lines.add(
                    json
                            ? random.nextInt(10) == 0
                                    ? "{\"email\":"
                                    : "{\"email\":\"" + email + "\",\"first\":\"Ann\"}"
                            : switch (random.nextInt(9)) {
                                case 0 -> ", ,";
                                case 1 -> email;
                                case 2 -> email + ",Ann,Lee,,";
                                case 3 -> email + ", \"An, na\" ,Lee";
                                case 4 -> email + ",\"An \\\"X\\\" na\",Lee";
                                case 5 -> "#N/A,Ann,Lee";
                                default -> email + "," + name + ",Lee" + random.nextInt(3);
                            });
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static String mapping(Random random) {
        String existing = List.of("update", "fill", "skip").get(random.nextInt(3));
        String blank = List.of("keep", "clear").get(random.nextInt(2));
        String rest = random.nextBoolean() ? ",\"unmapped\":\"attributes\"" : ",\"firstName\":\"first\"";
        boolean attributes = rest.contains("unmapped");
        return "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"%s},\"onExisting\":\"%s\",\"onBlank\":\"%s\"%s}"
                .formatted(attributes ? "" : rest, existing, blank, attributes ? rest : "");
    }

    private static List<Integer> summary(JsonPath preview) {
        return List.of("totalRows", "wouldInsert", "wouldUpdate", "unchanged", "wouldSkip", "overridden", "wouldReject")
                .stream()
                .map(name -> preview.getInt("summary." + name))
                .toList();
    }

    private static List<Integer> figures(JsonPath job) {
        return List.of("totalRows", "inserted", "updated", "unchanged", "skipped", "overridden", "rejected").stream()
                .map(name -> job.getInt("progress." + name))
                .toList();
    }

    private List<List<Object>> counts() {
        return TABLES.stream()
                .map(table -> database.rows("select count(*) from " + table).get(0))
                .toList();
    }
}
