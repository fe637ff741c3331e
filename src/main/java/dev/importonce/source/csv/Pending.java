package dev.importonce.source.csv;

import java.util.Arrays;

/** Bytes that have arrived, and whose block has not ended yet. */
final class Pending {
    private byte[] bytes = new byte[64 * 1024];
    private int length;

    void append(byte[] more, int count) {
        if (length + count > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        System.arraycopy(more, 0, bytes, length, count);
        length += count;
    }

    /** Removes and returns the first bytes. */
    byte[] take(int count) {
        byte[] first = Arrays.copyOf(bytes, count);
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
        return first;
    }
}
