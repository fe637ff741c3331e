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

    @Test
    void its_types_in_typescript_are_those_of_the_client_to_copy() {
        Node.passes(
                Node.program("openapi-typescript"), DOCUMENT, "--output=openapi.ts", "--default-non-nullable=false");
        Node.passes(
                Node.program("tsc"),
                "--noEmit",
                "--strict",
                "--target",
                "es2022",
                "--module",
                "es2022",
                "--moduleResolution",
                "bundler",
                "--lib",
                "es2022,dom,dom.iterable",
                "--skipLibCheck",
                "openapi.check.ts");
    }
}
