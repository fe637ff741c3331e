package dev.importonce.source.xlsx;

import dev.importonce.source.detect.Utf8;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The texts that the cells of a workbook refer to by number; any number of them in bounded memory. Each text follows its
 * length in bytes, and only the place of every eighth text is stored, so that the places of a million texts stay in memory.
 */
final class SharedStrings implements Closeable {
    private static final int STRIDE = 8;

    private final Spill texts;
    private final Spill places;
    private long count;

    SharedStrings(Spills spills) {
        texts = spills.begin();
        places = spills.begin();
    }

    void add(String text) {
        if (count++ % STRIDE == 0)
            places.append(
                    ByteBuffer.allocate(Long.BYTES).putLong(texts.length()).array());
        byte[] bytes = Utf8.of(text);
        texts.append(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        texts.append(bytes);
    }

    /** @return the text, or null when there is none with that number */
    String get(long number) {
        if (number < 0 || number >= count) return null;
        long at = ByteBuffer.wrap(places.read(number / STRIDE * Long.BYTES, Long.BYTES))
                .getLong();
        for (long before = number % STRIDE; before > 0; before--) at += Integer.BYTES + texts.readInt(at);
        return new String(texts.read(at + Integer.BYTES, texts.readInt(at)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try (texts) {
            places.close();
        }
    }
}
