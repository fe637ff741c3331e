package dev.importonce.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Formats;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Half a surrogate pair, which JSON and spreadsheets can spell and no database can hold, has its row rejected. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class HalfCharactersApiTest {
    private static final String REASON = "has a character that cannot be stored: U+0000 or half a surrogate pair.";

    private static final String MAPPING = """
            {"target": "contacts", "fields": {"email": "email", "firstName": "firstName"}, "unmapped": "attributes"}
            """;

    @Test
    void the_row_that_was_reported_is_rejected() throws IOException {
        byte[] file = Files.readAllBytes(Path.of("src/test/resources/cases/14-lone-surrogate.json"));
        String mapping = MAPPING.replace(", \"unmapped\": \"attributes\"", "");

        JsonPath job = Imports.imported(file, mapping);

        assertEquals(1, job.getInt("progress.rejected"), job::prettify);
        assertEquals(
                List.of("firstName \"\ufffdx\" " + REASON),
                Imports.request(file, mapping).post("/api/migrations/preview").path("rejects.reason"));
        // Sent back as it is, it is rejected once more.
        byte[] rejects = given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asByteArray();
        assertEquals(1, Imports.imported(rejects, mapping).getInt("progress.rejected"));
    }

    @Test
    void wherever_it_is_it_rejects_its_row_and_no_other() {
        Random random = new Random(14);
        for (String kind : List.of("json", "ndjson")) {
            List<String> objects = new ArrayList<>();
            int damaged = 0;
            for (int row = 0; row < 300; row++) {
                String address = kind + row + "@half.example";
                String half = "\\ud" + "89abcdef".charAt(random.nextInt(8)) + "%02x".formatted(random.nextInt(256));
                String place = List.of("email", "firstName", "note", "name", "nested", "key", "none", "pair")
                        .get(random.nextInt(8));
                if (!place.equals("none") && !place.equals("pair")) damaged++;
                objects.add("{\"email\":\"" + at("email", place, half, address, random)
                        + "\",\"firstName\":\""
                        + at("firstName", place, half, place.equals("pair") ? "\\ud83d\\ude00" : "Ann", random)
                        + "\",\"note\":\"" + at("note", place, half, "abc", random)
                        + "\",\"" + at("name", place, half, "city", random) + "\":\"Bonn\""
                        + ",\"tags\":[{\"a\":\"" + at("nested", place, half, "x", random) + "\",\""
                        + at("key", place, half, "b", random) + "\":1}]}");
            }
            byte[] file = (kind.equals("json") ? "[" + String.join(",", objects) + "]" : String.join("\n", objects))
                    .getBytes(StandardCharsets.UTF_8);

            JsonPath job = Imports.imported(file, MAPPING);

            assertEquals("completed", job.getString("status"), job::prettify);
            assertEquals(damaged, job.getInt("progress.rejected"), job::prettify);
            assertEquals(300 - damaged, job.getInt("progress.inserted"), job::prettify);
            JsonPath preview = Imports.request(file, MAPPING)
                    .post("/api/migrations/preview")
                    .jsonPath();
            assertEquals(damaged, preview.getInt("summary.wouldReject"));
            for (String reason : preview.getList("rejects.reason", String.class))
                assertTrue(reason.endsWith(REASON), reason);
        }
    }

    @Test
    void the_name_of_a_property_rejects_the_rows_that_have_it() {
        String file = """
                [{"email": "n1@half.example", "a\\ud800": "x"}, {"email": "n2@half.example"},
                 {"email": "n3@half.example", "a\\ud801": "y"}, {"email": "n4@half.example", "a\\ud800": null}]
                """;
        JsonPath preview = Imports.request(
                        file.getBytes(StandardCharsets.UTF_8), MAPPING.replace(", \"firstName\": \"firstName\"", ""))
                .post("/api/migrations/preview")
                .jsonPath();
        assertEquals(List.of("email", "a\\ud800", "a\\ud801"), preview.getList("columns"));
        assertEquals(
                List.of("a\\ud800 \"\ufffdx\" " + REASON, "a\\ud801 \"\ufffdy\" " + REASON),
                preview.getList("rejects.reason"));
        assertEquals(2, preview.getInt("summary.wouldInsert"));
    }

    @Test
    void an_escaped_half_is_rejected_and_an_escaped_pair_is_not() {
        byte[] file = Formats.xlsx(
                List.of(
                        List.of("email", "firstName"),
                        List.of("x1@half.example", "_xD83D__xDE00_"),
                        List.of("x2@half.example", "_xD83D_Ann"),
                        List.of("x3@half.example", "Ann_xDE00_")),
                "Kontakte");
        JsonPath preview =
                Imports.request(file, MAPPING).post("/api/migrations/preview").jsonPath();
        assertEquals(Map.of("type", "xlsx", "sheet", "Kontakte"), preview.getMap("format"));
        assertEquals(
                List.of("firstName \"\ufffdAnn\" " + REASON, "firstName \"Ann\ufffd\" " + REASON),
                preview.getList("rejects.reason"));
        assertEquals(1, preview.getInt("summary.wouldInsert"));
    }

    private static String at(String here, String place, String half, String text, Random random) {
        if (!here.equals(place)) return text;
        int position = random.nextInt(text.length() + 1);
        return text.substring(0, position) + half + text.substring(position);
    }
}
