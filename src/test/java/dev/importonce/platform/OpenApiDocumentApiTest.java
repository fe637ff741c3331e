package dev.importonce.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of the API that the service hands out. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OpenApiDocumentApiTest {
    private static final Path KEPT = Path.of("src/docs/openapi.yaml");
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Path SERVED = Path.of("target/openapi.yaml");

    @Test
    void it_is_the_one_that_is_kept_among_the_documents() throws IOException {
        byte[] served = given().get("/q/openapi").asByteArray();
        Files.write(SERVED, served);
        // As trees: the scanner puts properties in another order now and then.
        assertTrue(
                YAML.readTree(KEPT.toFile()).equals(YAML.readTree(served)),
                "The description has changed: cp " + SERVED + " " + KEPT);
    }

    @Test
    void every_call_has_an_id_of_its_own() throws IOException {
        Set<String> ids = new TreeSet<>();
        for (JsonNode call : calls())
            assertTrue(ids.add(call.path("operationId").asText()), () -> call.path("operationId")
                    .asText());
        assertTrue(ids.size() > 25 && !ids.contains(""), ids::toString);
    }

    @Test
    void every_call_says_which_problems_it_answers_with() throws IOException {
        for (JsonNode call : calls())
            for (String status : List.of("403", "500"))
                assertTrue(call.path("responses").has(status), call::toString);
        for (var path : document().path("paths").properties())
            for (JsonNode call : path.getValue())
                if (path.getKey().contains("{id}") && call.has("responses"))
                    assertTrue(call.path("responses").has("404"), path.getKey());
    }

    /** Two classes of one name. */
    @Test
    void no_schema_is_named_by_a_number() throws IOException {
        List<String> numbered = new ArrayList<>();
        document().path("components").path("schemas").fieldNames().forEachRemaining(name -> {
            if (name.matches(".*\\d")) numbered.add(name);
        });
        assertEquals(List.of(), numbered);
    }

    private static List<JsonNode> calls() throws IOException {
        List<JsonNode> calls = new ArrayList<>();
        document().path("paths").forEach(path -> path.forEach(calls::add));
        return calls;
    }

    private static JsonNode document() throws IOException {
        return new ObjectMapper().readTree(given().get("/q/openapi?format=json").asByteArray());
    }
}
