package dev.importonce.source;

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
    static final Map<String, byte[]> FILES = Map.of(
            "xlsx", Formats.xlsx(TABLE, "A", "B"),
            "json.gz", Formats.gzip(Formats.json(TABLE)),
            "ndjson", Formats.ndjson(TABLE),
            "utf16", Formats.csv(TABLE, ";", "\r\n", StandardCharsets.UTF_16),
            "latin1", Formats.csv(TABLE, "\t", "\n", StandardCharsets.ISO_8859_1));

    private FuzzSeeds() {}

    /** Writes them into the folder that the first argument names, as inputs of {@link FuzzReaders}. */
    public static void main(String... args) throws IOException {
        for (var file : FILES.entrySet())
            Files.write(Path.of(args[0]).resolve(file.getKey()), FuzzReaders.input(file.getValue()));
    }
}
