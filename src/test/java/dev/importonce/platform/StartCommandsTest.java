package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Wherever the service is started, it ends when it has run out of memory, and is started again. */
class StartCommandsTest {
    private static final String EXITS = "-XX:+ExitOnOutOfMemoryError";

    /** A line that starts a JAR and gives it no command, which would end by itself. */
    private static final Pattern STARTS = Pattern.compile(
            "(?m)^.*\\bjava\\S*\"?\\s.*-jar\\s+\\S*(?:quarkus-run\\.jar|\\$jar|\\$4|\\$BEFORE)\"?(.*)$");

    private static final Pattern COMMAND = Pattern.compile("^ (migrate|doctor|dedupe)\\b.*");

    /** A run that only writes an archive of classes. */
    private static final Pattern TRAINS = Pattern.compile("^ +train .*");

    private static final List<Path> FOLDERS = List.of(
            Path.of("deploy"),
            Path.of("supabase-compat"),
            Path.of("src/bench"),
            Path.of("src/docs"),
            Path.of("src/main/docker"));

    @Test
    void every_command_that_starts_the_java_package_has_the_option() throws IOException {
        List<String> without = new ArrayList<>();
        int seen = 0;
        for (Path file : files()) {
            Matcher start = STARTS.matcher(Manifests.text(file));
            while (start.find()) {
                String line = start.group();
                if (COMMAND.matcher(start.group(1)).matches()
                        || TRAINS.matcher(line).matches()) continue;
                seen++;
                // What the benchmarks start has it from service.sh.
                if (!line.contains(EXITS) && !line.contains("$JAVA_OPTIONS") && !line.contains("${options[@]}"))
                    without.add(file + ": " + line);
            }
        }
        assertEquals(List.of(), without);
        assertTrue(seen >= 8, "only " + seen);
        assertTrue(text("src/bench/service.sh").contains("JAVA_OPTIONS=\"" + EXITS + " "));
        assertTrue(text("src/bench/cold-start.sh").contains("options=(" + EXITS + " "));
    }

    @Test
    void the_images_and_units_have_it_from_the_options_in_the_image() {
        assertTrue(text("deploy/container/rootfs.sh").contains("\n" + EXITS + "\n-jar "));
        for (String started : List.of("src/main/docker/Dockerfile.jvm", "deploy/systemd/importonce.service.d/jvm.conf"))
            assertTrue(text(started).contains("@/opt/importonce/java.options"), started);
        assertTrue(text("deploy/systemd/importonce.service").contains("\nRestart=on-failure\n"));
    }

    @Test
    void the_java_runtimes_of_lambda_have_it() {
        assertEquals(EXITS, LambdaTemplate.read("template.yaml").environment().get("JAVA_TOOL_OPTIONS"));
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("README.md")));
        for (Path folder : FOLDERS)
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".png"))
                        .forEach(files::add);
            }
        return files;
    }

    private static String text(String file) {
        return Manifests.text(Path.of(file));
    }
}
