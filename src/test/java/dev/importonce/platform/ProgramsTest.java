package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProgramsTest {
    /** With another version of the archives this fails and shows the lines that belong into the file. */
    @Test
    void what_is_known_of_the_archives_is_what_is_in_them() throws IOException {
        Set<String> lines = new TreeSet<>();
        for (String machine : new String[] {
            "darwin-arm_64",
            "darwin-x86_64",
            "linux-arm_64",
            "linux-x86_64",
            "linux-x86_64-alpine_linux",
            "windows-x86_64"
        }) {
            String archive = "postgres-" + machine + ".txz";
            URL packed = Programs.class.getResource("/" + archive);
            try (InputStream in = packed.openStream()) {
                lines.add(Programs.hash(Programs.content(in)) + "  " + archive);
            }
        }
        try (InputStream known = Programs.class.getResourceAsStream(Programs.KNOWN)) {
            assertEquals(
                    String.join("\n", lines),
                    new String(known.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .sorted()
                            .collect(Collectors.joining("\n")));
        }
    }
}
