package dev.importonce.source.xlsx;

import dev.importonce.source.detect.Utf8;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The texts that the cells of a workbook refer to by number; any number of them in bounded memory. */
final class SharedStrings implements Closeable {
    private final Spill texts;
    private final Spill ends;

    SharedStrings(Spills spills) {
        texts = spills.begin();
        ends = spills.begin();
    }

    void add(String text) {
        texts.append(Utf8.of(text));
        ends.append(ByteBuffer.allocate(Long.BYTES).putLong(texts.length()).array());
    }

    /** @return the text, or null when there is none with that number */
    String get(long number) {
        if (number < 0 || number * Long.BYTES >= ends.length()) return null;
        long start = number == 0 ? 0 : end(number - 1);
        return new String(texts.read(start, (int) (end(number) - start)), StandardCharsets.UTF_8);
    }

    private long end(long number) {
        return ByteBuffer.wrap(ends.read(number * Long.BYTES, Long.BYTES)).getLong();
    }

    @Override
    public void close() throws IOException {
        try (texts) {
            ends.close();
        }
    }
}
