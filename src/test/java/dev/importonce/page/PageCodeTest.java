package dev.importonce.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's code, checked as it is: by TypeScript for its types, by ESLint for what is likely a fault. */
class PageCodeTest {
    private static final String CODE = "src/main/resources/web";
    private static final List<String> EXCUSES = List.of("@ts-nocheck", "@ts-ignore", "@ts-expect-error");

    @Test
    void its_types_fit_together_and_to_the_answers_of_the_api() {
        // Which has the types of the API's answers.
        Node.button();
        Node.passes(
                "node",
                "node_modules/typescript/bin/tsc",
                "--project",
                Path.of("src/test/js/tsconfig.json").toAbsolutePath().toString());
    }

    @Test
    void the_linter_finds_nothing() {
        Node.passes(
                "node",
                "lint.mjs",
                Path.of("").toAbsolutePath().toString(),
                CODE + "/**/*.js",
                "src/test/js/*.{js,mjs}");
    }

    /** The states of an import, and the texts in all languages. */
    @Test
    void what_needs_no_browser_holds_without_one() {
        Node.passes(
                Map.of("WEB", Path.of(CODE).toAbsolutePath().toString()),
                "node",
                "--test",
                "machine.test.mjs",
                "texts.test.mjs",
                "rejects.test.mjs");
    }

    /** For editors, which do not know the configuration. */
    @Test
    void every_file_asks_to_be_checked_and_excuses_nothing() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(CODE))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                String code = Files.readString(file);
                assertEquals("// @ts-check", code.lines().skip(1).findFirst().orElse(""), file::toString);
                assertEquals(List.of(), EXCUSES.stream().filter(code::contains).toList(), file::toString);
            }
        }
    }
}
