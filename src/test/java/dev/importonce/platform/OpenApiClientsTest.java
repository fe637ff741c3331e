package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.importonce.fixture.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What people make clients with takes the description of the API as it is. */
class OpenApiClientsTest {
    private static final String DOCUMENT =
            Path.of("src/docs/openapi.yaml").toAbsolutePath().toString();

    @Test
    void redocly_finds_nothing_wrong() {
        Node.Ended lint = Node.passes(Node.program("redocly"), "lint", "--config=redocly.yaml", DOCUMENT);
        assertFalse(lint.output().contains("warning"), lint::output);
    }
}
