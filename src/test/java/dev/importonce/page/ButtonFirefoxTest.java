package dev.importonce.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Node;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The import button in the Firefox of this machine; skipped, and said so, where there is none. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ButtonFirefoxTest {
    @TestHTTPResource("/")
    URI base;

    @Test
    void a_file_is_imported_and_corrected_in_firefox_too() throws IOException {
        Optional<Path> firefox = firefox();
        if (firefox.isEmpty())
            System.err.println("NOT TESTED: the button in Firefox; none here (Debian: apt-get install firefox-esr)");
        assumeTrue(firefox.isPresent(), "no Firefox here: apt-get install firefox-esr");
        Path file = Files.createTempDirectory("importonce-firefox").resolve("firefox.csv");
        Files.write(file, Imports.csv("ann@firefox.example,Ann,Lee", "nobody,Bob,Ray", "no one,Eve,Mo"));
        Node.folder();
        try (OtherSite site =
                OtherSite.withButton(base, "en", "<import-once-button target=contacts></import-once-button>")) {
            Node.Ended ended = Node.passes(
                    Map.of(
                            "PAGE", site.address(),
                            "FILE", file.toString(),
                            "FIREFOX", firefox.get().toString()),
                    "node",
                    "firefox.mjs");
            assertEquals(
                    List.of("inserted 1, rejected 2", "inserted 1, rejected 1"),
                    ended.output().lines().toList());
        }
    }

    private static Optional<Path> firefox() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("FIREFOX")).map(Path::of),
                        Stream.of("firefox-esr", "firefox").map(name -> Path.of("/usr/bin", name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
