package dev.importonce.source;

import java.nio.charset.StandardCharsets;

/**
 * The first bytes of a file, and what they give away about the rest.
 *
 * @param bytes at most {@link #BYTES} of them
 */
record Sample(byte[] bytes) {
    static final int BYTES = 64 * 1024;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    /** Bytes of the byte order mark: 3 or 0. */
    int markLength() {
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    /** The delimiter that gives the header the most columns; a comma if none gives any. */
    Format format() {
        String text = new String(bytes, markLength(), bytes.length - markLength(), StandardCharsets.UTF_8);
        char best = DELIMITERS[0];
        int most = 1;
        for (char candidate : DELIMITERS) {
            int columns = CsvRecords.countColumns(candidate, text);
            if (columns > most) {
                most = columns;
                best = candidate;
            }
        }
        return Format.csv(best);
    }
}
