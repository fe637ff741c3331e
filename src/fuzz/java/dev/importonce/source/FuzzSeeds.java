package dev.importonce.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file of every format, to begin with. */
public final class FuzzSeeds {
    private FuzzSeeds() {}

    /** Writes them into the folder that the first argument names. */
    public static void main(String... args) throws IOException {
        List<List<String>> table = List.of(List.of("email", "n\u00e4me"), List.of("a@b.de", "\"x,\ny\""), List.of("c@d.de", ""));
        Path folder = Path.of(args[0]);
        write(folder, "xlsx", Formats.xlsx(table, "A", "B"));
        write(folder, "json.gz", Formats.gzip(Formats.json(table)));
        write(folder, "ndjson", Formats.ndjson(table));
        write(folder, "utf16", Formats.csv(table, ";", "\r\n", StandardCharsets.UTF_16));
        write(folder, "latin1", Formats.csv(table, "\t", "\n", StandardCharsets.ISO_8859_1));
    }

    private static void write(Path folder, String name, byte[] file) throws IOException {
        byte[] seed = new byte[file.length + 1];
        seed[0] = 5;
        System.arraycopy(file, 0, seed, 1, file.length);
        Files.write(folder.resolve(name), seed);
    }
}
