package dev.importonce.page;

import dev.importonce.fixture.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The examples of pages with the button, as their own tools build them. */
final class Example {
    private static final Path EXAMPLES =
            Path.of("supabase-compat/client/examples").toAbsolutePath();

    private Example() {}

    /** A copy of the example's files, as they are. */
    static Path copied(String name) {
        try {
            return copied(name, Files.createTempDirectory("importonce-" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of an example after its script "build", beside the packages that it asks for. */
    static Path built(String name, Map<String, String> environment) {
        Node.button();
        Path folder = copied(name, Node.folder().resolve(name));
        Node.passes(environment, "npm", "run", "build", "--prefix", name);
        return folder;
    }

    private static Path copied(String name, Path to) {
        Path from = EXAMPLES.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
