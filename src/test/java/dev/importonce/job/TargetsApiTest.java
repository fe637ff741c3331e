package dev.importonce.job;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who offers a choice of targets asks what there is. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TargetsApiTest {
    @Test
    void every_target_is_listed_with_what_its_mappings_need() {
        JsonPath answer = given().get("/api/targets").jsonPath();

        assertEquals(List.of("chats", "contacts", "messages"), answer.getList("items.name"));
        assertEquals(
                Map.of("name", "email", "type", "email", "required", true, "maxLength", 254),
                answer.getMap("items.find { it.name == 'contacts' }.fields[0]"));
        assertEquals(
                List.of("campaignId", "prospectId", "step", "channel", "body"),
                answer.getList("items.find { it.name == 'messages' }.fields.findAll { it.required }.name"));
        assertEquals(List.of("contacts"), answer.getList("items.findAll { it.attributes }.name"));
        assertEquals(List.of("contacts"), answer.getList("items.findAll { it.undoable }.name"));
    }
}
