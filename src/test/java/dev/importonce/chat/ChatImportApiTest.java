package dev.importonce.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file of chats, imported. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ChatImportApiTest {
    private static final String FIELDS =
            "\"fields\": {\"participant1\": \"a\", \"participant2\": \"b\", \"participant3\": \"c\"}";
    private static final String MAPPING = "{\"target\": \"chats\", " + FIELDS + "}";
    private static final String SKIPPING = "{\"target\": \"chats\", \"onExisting\": \"skip\", " + FIELDS + "}";

    Database database;

    @Test
    void each_row_gets_its_chat_in_any_order_of_the_participants() {
        Response known = Talk.createOrGet("imp-ann", "imp-bob");
        byte[] file =
                csv("imp-bob,imp-ann,", "imp_c,imp-ann,imp-bob", "imp-ann,imp-bob,imp_c", "imp-bob,imp-bob,imp-ann");

        JsonPath first = Imports.imported(file, MAPPING);

        assertEquals(List.of(1, 0, 1, 0, 2, 0), outcome(first), first::prettify);
        assertEquals(List.of(0, 0, 2, 0, 2, 0), outcome(Imports.imported(file, MAPPING)));
        assertEquals(List.of(0, 0, 0, 2, 2, 0), outcome(Imports.imported(file, SKIPPING)));
        Response made = Talk.createOrGet("imp_c", "imp-bob", "imp-ann");
        assertEquals(200, made.statusCode());
        assertEquals(List.of("imp-ann", "imp-bob", "imp_c"), made.path("chat.participants"));
        assertEquals(
                known.<String>path("chat.id"),
                Talk.createOrGet("imp-ann", "imp-bob").path("chat.id"));
        assertEquals(0, database.count("select count(*) from chat_staging"));
    }

    @Test
    void a_row_that_is_no_chat_is_rejected_with_its_reason() {
        JsonPath job =
                Imports.imported(csv("imp-eve,imp-eve,", "imp-eve,,", "imp-eve," + "x".repeat(129) + ","), MAPPING);

        assertEquals(List.of(0, 0, 0, 0, 0, 3), outcome(job), job::prettify);
        String rejects = RestAssured.get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        assertTrue(rejects.contains("A chat needs at least two different participants."), rejects);
        assertTrue(rejects.contains("b is blank."), rejects);
        assertTrue(rejects.contains("A participant must have 1 to 128 characters; this one has 129."), rejects);
    }

    @Test
    void a_preview_says_what_becomes_of_each_row() {
        byte[] file = csv("imp-pre1,imp-pre2,", "imp-pre2,imp-pre1,", "imp-pre1,imp-pre3,");
        JsonPath preview =
                Imports.request(file, MAPPING).post("/api/migrations/preview").jsonPath();

        assertEquals(2, preview.getInt("summary.wouldInsert"));
        assertEquals(1, preview.getInt("summary.overridden"));
        assertEquals(List.of(2, 0, 0, 0, 1, 0), outcome(Imports.imported(file, MAPPING)));
    }

    private static List<Integer> outcome(JsonPath job) {
        return List.of("inserted", "updated", "unchanged", "skipped", "overridden", "rejected").stream()
                .map(name -> job.getInt("progress." + name))
                .toList();
    }

    private static byte[] csv(String... rows) {
        return ("a,b,c\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
