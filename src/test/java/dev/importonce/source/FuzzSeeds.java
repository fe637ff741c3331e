package dev.importonce.source;

import dev.importonce.fixture.Formats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small file of every format, to begin with: two rows below a header. */
public final class FuzzSeeds {
    private static final List<List<String>> TABLE =
            List.of(List.of("email", "n\u00e4me"), List.of("a@b.de", "\"x,\ny\""), List.of("c@d.de", ""));

    /** By their names. */
    public static final Map<String, byte[]> FILES = Map.of(
            "xlsx", Formats.xlsx(TABLE, "A", "B"),
            "json.gz", Formats.gzip(Formats.json(TABLE)),
            "ndjson", Formats.ndjson(TABLE),
            "utf16", Formats.csv(TABLE, ";", "\r\n", StandardCharsets.UTF_16),
            "latin1", Formats.csv(TABLE, "\t", "\n", StandardCharsets.ISO_8859_1));

    private FuzzSeeds() {}

    /** Writes them, and the files that the other arguments name, into the folder of the first, as inputs of {@link FuzzReaders}. */
    public static void main(String... args) throws IOException {
        Path folder = Path.of(args[0]);
        for (var file : FILES.entrySet()) write(folder, file.getKey(), file.getValue());
        for (int i = 1; i < args.length; i++) {
            Path file = Path.of(args[i]);
            write(folder, file.getFileName().toString(), Files.readAllBytes(file));
        }
    }

    private static void write(Path folder, String name, byte[] file) throws IOException {
        Files.write(folder.resolve(name), FuzzReaders.input(file));
    }
}
