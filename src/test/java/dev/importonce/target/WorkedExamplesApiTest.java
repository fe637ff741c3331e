package dev.importonce.target;

import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the documents, as they are written there. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class WorkedExamplesApiTest {
    private static final Path DOCUMENT = Path.of("src/docs/declarations.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    Database database;

    @BeforeEach
    @AfterEach
    void nothing_is_left() {
        database.update("drop table if exists products, students, order_lines, orders");
        database.update("delete from import_targets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"## Products,", "## Students,", "## Order lines,"})
    void an_example_does_what_it_says(String heading) throws IOException {
        Map<String, String> blocks = blocks(heading);
        for (String statement : blocks.get("sql").split(";\\n")) database.update(statement);
        String name =
                new ObjectMapper().readTree(blocks.get("json")).get("name").textValue();
        put(name, blocks.get("json")).then().statusCode(201);
        byte[] file = blocks.get("csv").getBytes(StandardCharsets.UTF_8);

        assertEquals(blocks.get("outcome").strip(), foreseen(preview(file, blocks.get("mapping"))));
        JsonPath job = imported(file, blocks.get("mapping"));
        assertEquals(blocks.get("outcome").strip(), outcome(job), job::prettify);
        assertStored(blocks.get("result"));
        JsonPath again = imported(file, blocks.get("mapping"));
        assertEquals(blocks.get("outcome").strip().replace("inserted", "unchanged"), outcome(again), again::prettify);
        assertStored(blocks.get("result"));
    }

    /** The query is the first line. */
    private void assertStored(String result) {
        List<String> lines = result.lines().toList();
        List<String> stored = database.rows(lines.get(0)).stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" | ")))
                .toList();
        assertEquals(lines.subList(1, lines.size()), stored);
    }

    private static Map<String, String> blocks(String heading) throws IOException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(heading);
        int to = document.indexOf("\n## ", from + 1);
        Matcher block = BLOCK.matcher(document.substring(from, to < 0 ? document.length() : to));
        Map<String, String> blocks = new HashMap<>();
        while (block.find()) blocks.put(block.group(1), block.group(2));
        return blocks;
    }
}
